import type { Request } from '../argv.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';

/**
 * The request with `-` put into words: the last target of this terminal that is not the present one,
 * as `cd -` does.
 *
 * @throws AssumeError TARGET_UNKNOWN when there was none.
 */
export async function withLastTarget(request: Request, host: Host): Promise<Request> {
  if (request.operands[0] !== '-') return request;
  const { readRecentTargets } = await import('../store/recent-targets.js');
  const other = readRecentTargets(host).find((name) => name !== host.env['ASSUME_TARGET']);
  if (other !== undefined) return { ...request, operands: [other] };
  throw new AssumeError('TARGET_UNKNOWN', 'there was no other target on this terminal yet', {
    hint: 'name one: assume TARGET',
  });
}

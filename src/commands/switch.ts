import type { Request } from '../argv.js';
import { execDelivery } from '../delivery/exec.js';
import { shellDelivery } from '../delivery/shell.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readRecentTargets } from '../store/recent-targets.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';

/** `assume TARGET`, with the words that mean a target without naming it. */
export const command: Command = {
  run: (request, host) => {
    const meant =
      request.operands[0] === '-' ? { ...request, operands: [lastOther(host)] } : request;
    return handOver(deliveryOf(request), meant, host);
  },
};

function deliveryOf(request: Request) {
  return request.child === null ? shellDelivery : execDelivery;
}

/** The last target of this terminal that is not the present one, as `cd -` does. */
function lastOther(host: Host): string {
  const other = readRecentTargets(host).find((name) => name !== host.env['ASSUME_TARGET']);
  if (other !== undefined) return other;
  throw new AssumeError('TARGET_UNKNOWN', 'there was no other target on this terminal yet', {
    hint: 'name one: assume TARGET',
  });
}

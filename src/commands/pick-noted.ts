import type { Request } from '../argv.js';
import type { Host } from '../host/host.js';
import { readListing } from '../store/catalogue-index.js';
import { chooseTarget } from '../target/choose-target.js';

/**
 * Lets a person pick one of the targets that were noted when the files were read last, if nothing has
 * changed since: thousands are read sooner so.
 *
 * @returns The request with the name in it; as it is where the files have to be read.
 * @throws AssumeError CANCELLED when nothing is picked.
 */
export async function pickNoted(request: Request, host: Host): Promise<Request> {
  const { targets = [] } = readListing(host) ?? {};
  const names = new Set(targets.map(({ name }) => name));
  // One name of two would have to be explained.
  if (targets.length === 0 || names.size < targets.length) return request;
  const { name } = await chooseTarget(host, 'Which target?', targets, request.options);
  return { ...request, operands: [name] };
}

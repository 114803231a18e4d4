import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { visible } from '../visible.js';
import type { FlagValues } from './flag-values.js';
import { nearest, type Layers } from './layers.js';
import { fromVariable, type Given } from './target.js';

/**
 * The one URL that every AWS call goes to instead of AWS; `null` for AWS itself. Only the user's own
 * word counts: the flag, `ASSUME_ENDPOINT_URL` for this machine, assume's own file. What AWS's
 * tools obey besides (`AWS_ENDPOINT_URL*`, a profile's `endpoint_url`) would hand an MFA code to
 * whoever wrote it.
 *
 * @throws AssumeError USAGE when `ASSUME_ENDPOINT_URL` leaves this machine.
 */
export function findEndpoint(
  flags: FlagValues,
  layers: Layers,
  env: Environment,
): Given<string> | null {
  if (flags.endpointUrl) return flags.endpointUrl;
  const url = env['ASSUME_ENDPOINT_URL'];
  if (!url) return nearest(layers, 'endpointUrl');
  if (isLoopback(url)) return { value: url, origin: fromVariable('ASSUME_ENDPOINT_URL') };
  throw new AssumeError(
    'USAGE',
    `ASSUME_ENDPOINT_URL is for this machine only, and ${visible(url)} leaves it`,
    { hint: 'give --endpoint-url URL, or unset ASSUME_ENDPOINT_URL' },
  );
}

function isLoopback(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  );
}

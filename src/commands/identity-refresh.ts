import type { Request } from '../argv.js';
import { listAccessKeys } from '../aws/access-keys.js';
import { listMfaDevices } from '../aws/mfa-devices.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { writeLearned } from '../store/learned.js';
import { openOwner } from './identity-owner.js';
import type { IdentityRow } from './identity-rows.js';
import { sayUnlessQuiet } from './say.js';

/**
 * Asks AWS how old each key is and which device its user has, and remembers it. Where it cannot be
 * asked, one line says why.
 */
export async function refreshIdentities(
  request: Request,
  host: Host,
  rows: readonly IdentityRow[],
): Promise<void> {
  for (const { name } of rows.filter(({ isLongTerm }) => isLongTerm !== false)) {
    try {
      await learnKey(request, host, name);
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      sayUnlessQuiet(host, request.options, `${name}: ${error.message}`);
    }
  }
}

async function learnKey(request: Request, host: Host, name: string): Promise<void> {
  const { aws, keys, signUnasked } = await openOwner(request, host, name);
  const listed = await signUnasked((signer) => listAccessKeys(aws, signer));
  const { createdAt } = listed.find((key) => key.accessKeyId === keys.accessKeyId) ?? {};
  const devices = await signUnasked((signer) => listMfaDevices(aws, signer));
  const [only, second] = devices.filter(({ serial }) => !serial.includes(':u2f/'));
  writeLearned(host, keys.accessKeyId, {
    ...(createdAt && { createdAt: createdAt.toISOString() }),
    ...(only && !second && { mfaSerial: only.serial }),
  });
}

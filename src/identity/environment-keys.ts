import { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { hasOwnKeys } from '../target/ambient-specs.js';
import type { IdentitySource } from './identity-source.js';

/** The user's own keys in the environment: never credentials that we put there for a target. */
export const environmentKeys: IdentitySource = {
  read(spec, { host: { env } }) {
    if (spec.kind !== 'environment') return Promise.resolve(null);
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = env;
    if (!hasOwnKeys(env) || !id || !secret) return Promise.reject(noKeys(env['ASSUME_TARGET']));
    const token = [env['AWS_SESSION_TOKEN'], env['AWS_SECURITY_TOKEN']].find(Boolean);
    const expiration = new Date(env['AWS_CREDENTIAL_EXPIRATION'] ?? Number.NaN);
    return Promise.resolve({
      accessKeyId: id,
      secretAccessKey: new Secret(secret),
      sessionToken: token ? new Secret(token) : null,
      expiration: Number.isFinite(expiration.getTime()) ? expiration : null,
    });
  },
};

function noKeys(target: string | undefined): AssumeError {
  return target === undefined
    ? new AssumeError('IDENTITY_INVALID', 'there are no AWS keys in the environment', {
        hint: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      })
    : new AssumeError(
        'IDENTITY_INVALID',
        'the keys in this environment are those of a target that assume delivered',
        { hint: 'start from a shell that still has your own keys' },
      );
}

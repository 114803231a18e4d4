import { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { profileValue } from '../target/profile-chain.js';
import { visible } from '../visible.js';
import type { IdentityReader } from './identity-source.js';

/** Static keys of a profile in AWS's own files, read where they lie and never copied. */
export const profileKeys: IdentityReader = {
  read(source, config) {
    if (source.kind !== 'profile') return Promise.resolve(null);
    const profile = config.aws.profiles.get(source.profile);
    const id = profile && profileValue(profile, 'aws_access_key_id');
    const secret = profile && profileValue(profile, 'aws_secret_access_key');
    if (!id || !secret) {
      const problem = `profile ${visible(source.profile)} holds no keys`;
      return Promise.reject(new AssumeError('CONFIG_INVALID', problem));
    }
    const token =
      profileValue(profile, 'aws_session_token') ?? profileValue(profile, 'aws_security_token');
    return Promise.resolve({
      accessKeyId: id.value,
      secretAccessKey: new Secret(secret.value),
      sessionToken: token && new Secret(token.value),
      expiration: null,
    });
  },
};

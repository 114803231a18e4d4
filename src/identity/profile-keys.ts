import { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { profileValue } from '../target/profile-value.js';
import { visible } from '../visible.js';
import type { IdentitySource } from './identity-source.js';

/** Static keys of a profile in AWS's own files, read where they lie and never copied. */
export const profileKeys: IdentitySource = {
  read(spec, { config }) {
    if (spec.kind !== 'profile') return Promise.resolve(null);
    const profile = config.aws.profiles.get(spec.profile);
    const id = profile && profileValue(profile, 'aws_access_key_id');
    const secret = profile && profileValue(profile, 'aws_secret_access_key');
    if (!id || !secret) {
      const problem = `profile ${visible(spec.profile)} holds no keys`;
      return Promise.reject(
        new AssumeError('CONFIG_INVALID', problem, {
          hint: `add them: aws configure --profile ${visible(spec.profile)}`,
        }),
      );
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

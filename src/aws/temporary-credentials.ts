import { ACCESS_KEY_ID, Secret, SECRET_TEXT, type Credentials } from '../credentials.js';
import { notAws } from './not-aws.js';

/** Credentials that AWS has just made: with a token and an expiration. */
export interface TemporaryCredentials extends Credentials {
  readonly sessionToken: Secret;
  readonly expiration: Date;
}

/** The same as a service answers them, of which any part may be missing. */
export interface AnsweredCredentials {
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
  readonly sessionToken: string | undefined;
  readonly expiration: Date | undefined;
}

/**
 * The credentials of an answer.
 *
 * @throws AssumeError AWS_UNREACHABLE when they are not whole, or none that AWS would give.
 */
export function readCredentials(
  { accessKeyId = '', secretAccessKey = '', sessionToken = '', expiration }: AnsweredCredentials,
  wanted: string,
): TemporaryCredentials {
  const areTexts = [secretAccessKey, sessionToken].every((text) => SECRET_TEXT.test(text));
  if (
    !ACCESS_KEY_ID.test(accessKeyId) ||
    !areTexts ||
    !expiration ||
    !Number.isFinite(expiration.getTime())
  ) {
    throw notAws(wanted);
  }
  return {
    accessKeyId,
    secretAccessKey: new Secret(secretAccessKey),
    sessionToken: new Secret(sessionToken),
    expiration,
  };
}

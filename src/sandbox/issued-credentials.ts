import { randomBytes } from 'node:crypto';
import { makeAccessKeyId } from './access-key-id.js';
import type { Caller } from './caller.js';
import type { XmlObject } from './xml.js';

/** Temporary credentials, and whom they speak for. */
export interface IssuedCredentials {
  /** `ASIA…` */
  readonly accessKeyId: string;
  readonly secret: string;
  readonly sessionToken: string;
  readonly expiration: Date;
  readonly caller: Caller;
}

/** Fresh temporary credentials; the key ID names the caller's account. The token says nothing. */
export function issueCredentials(caller: Caller, expiration: Date): IssuedCredentials {
  return {
    accessKeyId: makeAccessKeyId('ASIA', caller.account.id),
    secret: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(300).toString('base64'),
    expiration,
    caller,
  };
}

/** The `Credentials` element of an answer. */
export function formatCredentials(credentials: IssuedCredentials): XmlObject {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secret,
    SessionToken: credentials.sessionToken,
    Expiration: credentials.expiration,
  };
}

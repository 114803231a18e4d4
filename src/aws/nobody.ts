import { Secret, type Credentials } from '../credentials.js';

/** AWS's own example key, for requests that nobody signs, or whose refusal is the answer. */
export const NOBODY: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: new Secret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
  sessionToken: null,
  expiration: null,
};

import { ACCESS_KEY_ID, Secret, SECRET_TEXT, type Credentials } from '../credentials.js';

/** More of a refusal would hide what happened. */
const MOST_SAID = 300;

/** Credentials, or why there are none: the end of a sentence that begins with who answered. */
export type ReadCredentials = { readonly credentials: Credentials } | { readonly problem: string };

/**
 * Reads the JSON that a credential process prints: `Version` must be the number 1; a session token
 * and an expiration may be there.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function readProcessJson(text: string): ReadCredentials {
  const object = parseObject(text);
  if (!object) return { problem: 'printed no JSON object' };
  if (object['Version'] !== 1) return { problem: 'printed no "Version": 1, the number' };
  return readKeys(object, 'SessionToken', []);
}

/**
 * Reads the JSON by which a container's endpoint and an instance's metadata answer: temporary
 * credentials, always whole.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function readEndpointJson(text: string): ReadCredentials {
  const object = parseObject(text);
  if (!object) return { problem: 'answered without a JSON object' };
  if (object['Code'] !== undefined && object['Code'] !== 'Success') {
    return { problem: `answered ${refusalIn(object)}` };
  }
  return readKeys(object, 'Token', ['Token', 'Expiration']);
}

/** What an endpoint says instead of credentials, in its own words; empty when they are no words. */
export function refusalIn(object: Readonly<Record<string, unknown>>): string {
  const words = [object['Code'], object['Message'] ?? object['message']];
  const said = words.filter((word) => typeof word === 'string' && word !== '');
  return said.join(': ').slice(0, MOST_SAID);
}

/** The object that the text is; `null` for any other. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}

function readKeys(
  object: Readonly<Record<string, unknown>>,
  tokenKey: 'SessionToken' | 'Token',
  needed: readonly string[],
): ReadCredentials {
  const { AccessKeyId: id, SecretAccessKey: secret, Expiration: end } = object;
  const token = object[tokenKey];
  for (const key of ['AccessKeyId', 'SecretAccessKey', ...needed]) {
    if (object[key] === undefined || object[key] === '') return { problem: `gave no ${key}` };
  }
  if (!isKeyId(id)) return { problem: 'gave an AccessKeyId that is none' };
  if (!isPrintable(secret)) return { problem: 'gave a SecretAccessKey that is none' };
  const hasToken = token !== undefined && token !== null && token !== '';
  if (hasToken && !isPrintable(token)) return { problem: `gave a ${tokenKey} that is none` };
  if (id.startsWith('ASIA') && !hasToken) {
    return { problem: `gave temporary credentials (ASIA…) without their ${tokenKey}` };
  }
  const expiration = typeof end === 'string' && end !== '' ? new Date(end) : null;
  const isDate = expiration === null ? !end : Number.isFinite(expiration.getTime());
  if (!isDate) return { problem: 'gave an Expiration that is no instant' };
  return {
    credentials: {
      accessKeyId: id,
      secretAccessKey: new Secret(secret),
      sessionToken: hasToken && isPrintable(token) ? new Secret(token) : null,
      expiration,
    },
  };
}

const isKeyId = (value: unknown): value is string =>
  typeof value === 'string' && ACCESS_KEY_ID.test(value);

const isPrintable = (value: unknown): value is string =>
  typeof value === 'string' && SECRET_TEXT.test(value);

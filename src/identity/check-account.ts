import { accountOfAccessKey } from '../arn/access-key-account.js';
import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { readLearnedKey } from '../store/learned.js';
import { singleFlight } from '../store/single-flight.js';
import { visible } from '../visible.js';
import type { Errand } from './identity-source.js';
import { learnCaller, learningOf } from './learn.js';

/**
 * Proves that the keys are of the account that the configuration says. What the key ID itself tells
 * is enough to agree; to refuse, AWS is asked, once.
 *
 * @throws AssumeError IDENTITY_INVALID when they are of another one.
 */
export async function checkAccount(errand: Errand, identity: Credentials): Promise<void> {
  const { target } = errand.planned;
  const wanted = target.identity.accountId;
  if (!wanted || accountOfAccessKey(identity.accessKeyId) === wanted.value) return;
  const ask = async (): Promise<string> =>
    readLearnedKey(errand.host, identity.accessKeyId).accountId?.value ??
    (await learnCaller(errand.aws, identity)).accountId;
  const actual = await singleFlight(errand, learningOf(identity), 'learn who you are', ask);
  if (actual === wanted.value) return;
  throw new AssumeError(
    'IDENTITY_INVALID',
    `the keys of ${visible(target.identity.name)} belong to account ${actual}, not to ${wanted.value} as its account_id says`,
    { hint: 'use the keys of that account, or correct account_id' },
  );
}

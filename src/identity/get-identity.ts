import { accountOfAccessKey } from '../arn/access-key-account.js';
import type { Credentials } from '../credentials.js';
import { attempt, attemptLater } from '../store/attempt.js';
import { isFresh } from '../store/freshness.js';
import { writeLearnedSource } from '../store/learned.js';
import type { EntryFacts } from '../store/cache-entry.js';
import { identityEntryName } from '../store/session-cache.js';
import { singleFlight } from '../store/single-flight.js';
import type { IdentitySpec } from '../target/identity-spec.js';
import { visible } from '../visible.js';
import type { Errand } from './identity-source.js';
import { checkIdentity, readIdentity } from './identity-sources.js';

/** Enough for every role of a chain, and what SDKs leave to a source that renews itself. */
const SIGNING_MARGIN_MS = 5 * 60_000;

/** Sources that answer at once from where they lie; all others ask something, which takes time. */
const AT_HAND: ReadonlySet<IdentitySpec['kind']> = new Set(['profile', 'environment', 'keychain']);

/**
 * The identity's own credentials. Temporary ones that something had to be asked for are kept until
 * they expire, and fetched by one process at a time; long-term keys are never kept.
 *
 * @param isGood - Tells whether kept ones will do, where they are themselves the answer.
 * @throws AssumeError as the source says.
 */
export async function getIdentity(
  errand: Errand,
  isGood: (entry: EntryFacts) => boolean,
): Promise<Credentials> {
  const { planned, cache, host } = errand;
  const { source, name } = planned.target.identity;
  if (AT_HAND.has(source.value.kind)) return readIdentity(errand);
  checkIdentity(errand);
  const entryName = identityEntryName(planned.plan);
  const isUsable = (entry: EntryFacts): boolean =>
    planned.plan.hops.length === 0 ? isGood(entry) : isFresh(entry, host.now(), SIGNING_MARGIN_MS);
  return singleFlight(errand, entryName, `get the credentials of ${visible(name)}`, async () => {
    const kept = await cache.read(entryName, isUsable);
    if (kept) return kept.credentials;
    const startedAt = host.now();
    const credentials = await readIdentity(errand);
    await keep(errand, entryName, credentials, startedAt);
    return credentials;
  });
}

async function keep(
  errand: Errand,
  name: string,
  credentials: Credentials,
  startedAt: Date,
): Promise<void> {
  const { host, cache, planned } = errand;
  const { accessKeyId, sessionToken, expiration } = credentials;
  const { identity, isCached } = planned.target;
  attempt(host, 'remember the access key', () => {
    writeLearnedSource(host, identity.source.value, {
      accessKeyId,
      isTemporary: sessionToken !== null,
    });
  });
  if (!sessionToken || !expiration || !isCached.value) return;
  await attemptLater(host, 'keep the credentials of the identity', () =>
    cache.write(name, {
      kind: 'identity',
      identity: identity.name,
      madeUnder: accessKeyId,
      target: null,
      roleArn: null,
      accountId: identity.accountId?.value ?? accountOfAccessKey(accessKeyId),
      mfaSerial: null,
      startedAt,
      keptUntil: expiration,
      credentials: { ...credentials, expiration },
    }),
  );
}

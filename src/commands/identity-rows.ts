import type { Config } from '../config/config.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { isSealed, readStoreRecord } from '../store/chosen-store.js';
import type { SealedName } from '../store/key-place.js';
import { readKeyFacts, readLearned } from '../store/learned.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { formatSpec } from '../target/identity-spec.js';
import { identityTarget } from '../target/identity-target.js';
import { hasAny } from '../target/profile-value.js';
import { fromFile, type Origin, type Target } from '../target/target.js';

/** What is known here of an identity, without asking anybody. */
export interface IdentityRow {
  readonly name: string;
  /** Where its credentials come from: `profile:base`. */
  readonly source: string;
  /** The store in use, where they come from that: `passphrase`. */
  readonly store: SealedName | null;
  /** `true` for keys that last until they are taken away; `null` where only the source can tell. */
  readonly isLongTerm: boolean | null;
  readonly accessKeyId: string | null;
  readonly accountId: string | null;
  readonly userName: string | null;
  readonly mfaSerial: string | null;
  /** When AWS made the key, as ISO 8601. */
  readonly createdAt: string | null;
  readonly rotatedAt: string | null;
  readonly origin: Origin;
  /** Why nothing can start from it, in one line; `null` for one that is well. */
  readonly problem: string | null;
}

/** Every `[identity]`, then each profile of long-term keys that none of them speaks for. */
export function readIdentityRows(config: Config, host: Host): IdentityRow[] {
  const sections = config.assume.sections
    .filter(({ kind }) => kind === 'identity')
    .map(({ name, file, line }) =>
      readRow(config, host, name, fromFile('identity', { file, line })),
    );
  const spoken = new Set(sections.map(({ source }) => source));
  const profiles = [...config.aws.profiles.values()]
    .filter((profile) => hasAny(profile, ['aws_access_key_id']))
    .filter((profile) => !hasAny(profile, ['aws_session_token', 'aws_security_token']))
    .filter((profile) => !profile.values.has(WRITTEN_MARK))
    .map(({ name, file, line }) => readRow(config, host, name, fromFile('profile', { file, line })))
    .filter(({ source }) => !spoken.has(source));
  return [...sections, ...profiles];
}

function readRow(config: Config, host: Host, name: string, origin: Origin): IdentityRow {
  try {
    return { ...rowOf(host, identityTarget(config, host, name, {})), name, origin };
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const nothing = { accessKeyId: null, accountId: null, userName: null, mfaSerial: null };
    const [problem = ''] = error.message.split('\n');
    const unknown = { isLongTerm: null, createdAt: null, rotatedAt: null };
    return { name, source: 'unknown', store: null, ...nothing, ...unknown, origin, problem };
  }
}

function rowOf(host: Host, { identity, mfaSerial }: Target): Omit<IdentityRow, 'name' | 'origin'> {
  const learned = readLearned(host, identity);
  const accessKeyId = (identity.accessKeyId ?? learned.accessKeyId)?.value ?? null;
  const facts = accessKeyId === null ? {} : readKeyFacts(host, accessKeyId);
  const isTemporary = identity.isTemporary ?? learned.isTemporary;
  return {
    source: formatSpec(identity.source.value),
    store: identity.source.value.kind === 'keychain' ? sealedStore(host) : null,
    isLongTerm: isTemporary === null ? null : !isTemporary,
    accessKeyId,
    accountId: identity.accountId?.value ?? facts.accountId ?? null,
    userName: identity.userName?.value ?? facts.userName ?? null,
    mfaSerial: mfaSerial?.value ?? facts.mfaSerial ?? null,
    createdAt: facts.createdAt ?? null,
    rotatedAt: facts.rotatedAt ?? null,
    problem: null,
  };
}

function sealedStore(host: Host): SealedName | null {
  const { current } = readStoreRecord(host);
  return isSealed(current) ? current.name : null;
}

import { createHash } from 'node:crypto';
import type { Host } from '../host/host.js';
import type { Learned } from '../plan/plan.js';
import { learnedFrom, type Given } from '../target/target.js';
import { readIfOurs } from './attempt.js';
import { ownDirectory } from '../host/own-directory.js';

/** What AWS told of an access key, kept in clear: none of it is secret. */
export interface LearnedFacts {
  readonly accountId?: string;
  readonly userName?: string;
  /** The device whose code was accepted last, or that was chosen. */
  readonly mfaSerial?: string;
}

const NOTHING: Learned = { accountId: null, userName: null, mfaSerial: null };

/** What earlier runs learned of the key; all `null` for a key never met. */
export function readLearned(host: Host, accessKeyId: string | null): Learned {
  const path = accessKeyId === null ? null : pathOf(host, accessKeyId);
  if (path === null) return NOTHING;
  const facts = readFacts(host, path);
  const given = (value: string | undefined, name: string): Given<string> | null =>
    value === undefined ? null : { value, origin: learnedFrom(name, path) };
  return {
    accountId: given(facts.accountId, 'GetCallerIdentity'),
    userName: given(facts.userName, 'GetCallerIdentity'),
    mfaSerial: given(facts.mfaSerial, 'ListMFADevices'),
  };
}

/** Adds to what is known of the key. Without a state directory it is simply not remembered. */
export function writeLearned(host: Host, accessKeyId: string, facts: LearnedFacts): void {
  const path = pathOf(host, accessKeyId);
  const directory = ownDirectory(host, 'state');
  if (path === null || directory === null) return;
  host.files.makePrivateDirectory(`${directory}/learned`);
  host.files.writePrivate(path, JSON.stringify({ ...readFacts(host, path), ...facts }));
}

function pathOf(host: Host, accessKeyId: string): string | null {
  const directory = ownDirectory(host, 'state');
  const name = createHash('sha256').update(accessKeyId).digest('hex').slice(0, 32);
  return directory === null ? null : `${directory}/learned/${name}.json`;
}

function readFacts(host: Host, path: string): LearnedFacts {
  const text = readIfOurs(host, path);
  try {
    const value: unknown = text === null ? {} : JSON.parse(text);
    const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
    return Object.fromEntries(
      entries.filter(([, fact]) => typeof fact === 'string' && fact !== ''),
    );
  } catch {
    return {};
  }
}

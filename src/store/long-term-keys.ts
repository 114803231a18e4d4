import { createHash } from 'node:crypto';
import { Secret } from '../credentials.js';
import type { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import { instantOrNull, textOrNull } from './json-record.js';
import { storeUnavailable } from './key-place.js';
import type { Fields, SecretStore } from './secret-store.js';

const KIND = 'long-term-key';

/** What may be shown of the long-term key of an identity. */
export interface KeyFacts {
  readonly identity: string;
  readonly accessKeyId: string;
  /** When it was put here. */
  readonly keptSince: Date;
}

/** The long-term key of an identity. */
export interface LongTermKey extends KeyFacts {
  readonly secretAccessKey: Secret;
}

/** Long-term keys, each under its identity's name; encrypted always. */
export interface LongTermKeys {
  /** Every key, by what needs no master key. @throws AssumeError when it cannot be looked up. */
  list(): KeyFacts[];
  /** By what needs no master key; `null` for an identity without one. */
  find(identity: string): KeyFacts | null;
  /**
   * @returns `null` for an identity without one.
   * @throws AssumeError STORE_UNAVAILABLE when the store cannot be opened, or the key was damaged.
   */
  get(identity: string): Promise<LongTermKey | null>;
  /**
   * Puts it in the place of another and proves that it comes back.
   *
   * @throws AssumeError FAILED or STORE_UNAVAILABLE; the other is then still there, or the new one is.
   */
  put(key: LongTermKey): Promise<void>;
  /** Tells whether there was one. @throws AssumeError FAILED */
  remove(identity: string): boolean;
}

/** The long-term keys of an encrypted store. */
export function makeLongTermKeys(store: SecretStore): LongTermKeys {
  const find = (identity: string): KeyFacts | null =>
    parseFacts(identity, store.facts(nameOf(identity)));
  const get = async (identity: string): Promise<LongTermKey | null> => {
    const raw = await store.read(nameOf(identity));
    const facts = parseFacts(identity, raw);
    const secret = textOrNull(raw?.['secretAccessKey']);
    return facts && secret !== null ? { ...facts, secretAccessKey: new Secret(secret) } : null;
  };
  return {
    list: () =>
      store.names().flatMap((name) => {
        const raw = store.facts(name);
        return parseFacts(textOrNull(raw?.['identity']) ?? '', raw) ?? [];
      }),
    find,
    get,
    put: async (key) => {
      const { secretAccessKey, ...facts } = key;
      await store.write(
        nameOf(key.identity),
        { version: 1, kind: KIND, name: nameOf(key.identity), ...facts },
        { secretAccessKey: secretAccessKey.reveal() },
      );
      const back = await get(key.identity);
      if (back?.secretAccessKey.reveal() === secretAccessKey.reveal()) return;
      throw notKept(key.identity);
    },
    remove: (identity) => store.remove(nameOf(identity)),
  };
}

const nameOf = (identity: string): string =>
  `${KIND}-${createHash('sha256').update(identity).digest('hex')}`;

function parseFacts(identity: string, raw: Fields | null): KeyFacts | null {
  const accessKeyId = textOrNull(raw?.['accessKeyId']);
  const keptSince = instantOrNull(raw?.['keptSince']);
  if (raw?.['version'] !== 1 || raw['kind'] !== KIND || raw['identity'] !== identity) return null;
  return accessKeyId === null || !keptSince ? null : { identity, accessKeyId, keptSince };
}

function notKept(identity: string): AssumeError {
  return storeUnavailable(
    `the key of ${visible(identity)} did not come back from the store as it was put there`,
    'see what is wrong with the disk: assume doctor',
  );
}

import { AssumeError } from '../../src/errors.js';
import type { Keychain } from '../../src/host/host.js';

/** The system's keychain in memory. */
export interface FakeKeychain extends Keychain {
  place: string | null;
  /** Why every use fails; `null` while it works. */
  problem: string | null;
  readonly secrets: Map<string, Buffer>;
  /** The calls so far, such as `get assume/1`. */
  readonly calls: string[];
}

/** One that works, at a bus of its own; `place: null` for a machine without. */
export function makeFakeKeychain(place: string | null): FakeKeychain {
  const secrets = new Map<string, Buffer>();
  const calls: string[] = [];
  const call = <T>(what: string, name: string, work: () => T): Promise<T> => {
    calls.push(`${what} ${name}`);
    const { problem } = keychain;
    if (problem === null) return Promise.resolve(work());
    return Promise.reject(
      new AssumeError('STORE_UNAVAILABLE', `cannot ${what} ${name}: ${problem}`, {
        hint: 'unlock',
      }),
    );
  };
  const keychain: FakeKeychain = {
    place,
    findPlace: () => keychain.place,
    problem: null,
    secrets,
    calls,
    whyNot: 'no D-Bus session bus',
    prove: () => {
      calls.push('prove');
      return Promise.resolve(keychain.problem);
    },
    get: (name) => call('get', name, () => secrets.get(name) ?? null),
    set: (name, secret) =>
      call('set', name, () => {
        secrets.set(name, secret);
      }),
    remove: (name) => call('remove', name, () => secrets.delete(name)),
  };
  return keychain;
}

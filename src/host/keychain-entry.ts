import type { AsyncEntry } from '@napi-rs/keyring';

/** The service that our entries belong to. */
const SERVICE = 'assume-cli';

/** What the library says in so many words, and what that means to a person. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/no result found/i, 'it has no default collection'],
  [/prompt was dismissed|is locked|UserCanceled|interaction is not allowed/i, 'it is locked'],
  [/did not receive a reply|timed? ?out/i, 'it does not answer'],
  [/dbus|zbus|autolaunch|no such file/i, 'no D-Bus session bus answers'],
  [/cannot find (module|native binding)/i, '@napi-rs/keyring is not installed'],
];

/**
 * One entry of the system's keychain. On Linux pinned to the Secret Service: the library would else
 * fall back to the kernel's keyring without a word. Throws the library's error.
 */
export async function openEntry(name: string): Promise<AsyncEntry> {
  const { AsyncEntry } = loadBinding() ?? (await import('@napi-rs/keyring'));
  return new AsyncEntry(SERVICE, name, { linux: { store: 'secret-service' } });
}

/** What the package for each system ends with, after the kind of processor. */
const ENDINGS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: '',
  linux: '-gnu',
  win32: '-msvc',
};

/**
 * The native module itself: the package around it takes longer to find out which it is than to read a
 * key. `null` where it is another, as on Alpine, or lies elsewhere: then the package finds it.
 */
function loadBinding(): typeof import('@napi-rs/keyring') | null {
  const ending = ENDINGS[process.platform];
  if (ending === undefined) return null;
  try {
    const load = require;
    return load(
      `@napi-rs/keyring-${process.platform}-${process.arch}${ending}`,
    ) as typeof import('@napi-rs/keyring');
  } catch {
    return null;
  }
}

/** What the entry holds; `null` where there is none. Throws the library's error. */
export async function secretOf(entry: AsyncEntry): Promise<Buffer | null> {
  const secret = await entry.getSecret();
  return secret ? Buffer.from(secret) : null;
}

/** Why the library failed, as words that follow "because". */
export function explainFailure(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const known = MEANINGS.find(([form]) => form.test(message));
  return known?.[1] ?? `it says: ${message}`;
}

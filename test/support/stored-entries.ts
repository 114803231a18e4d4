import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TempHome } from './temp-home.js';

/** A cached identity, session or role as it lies in the memory-backed store. */
export interface StoredEntry {
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

type Kind = 'identity' | 'session' | 'role';

/** Every entry of one kind; its instants are ISO texts. */
export function storedEntries(home: TempHome, kind: Kind): StoredEntry[] {
  return storedFiles(home)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => {
      const path = join(storeDirectory(home), name);
      return { path, value: JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> };
    });
}

/** The one entry of that kind. @throws Error when there is another number of them. */
export function storedEntry(home: TempHome, kind: Kind): StoredEntry {
  const [only, second] = storedEntries(home, kind);
  if (!only || second) throw new Error(`there is not exactly one ${kind}`);
  return only;
}

/** Overwrites some fields of an entry in place, as time would. */
export function changeEntry({ path, value }: StoredEntry, changes: object): void {
  writeFileSync(path, JSON.stringify({ ...value, ...changes }));
}

/** The names of all files that the store's directory holds. */
export function storedFiles(home: TempHome): string[] {
  const directory = storeDirectory(home);
  return existsSync(directory) ? readdirSync(directory) : [];
}

export function storeDirectory(home: TempHome): string {
  return join(home.path, 'run/assume');
}

/** An instant that many minutes from now; negative ones are past. */
export function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

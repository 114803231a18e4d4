import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLeaks } from './find-leaks.js';
import { installProgram } from './install-program.js';
import type { Ended, Practice } from './practice.js';
import { readTree } from './read-tree.js';
import { usePractice } from './use-practice.js';

/** A practice with a store that encrypts, and `assume` on PATH. */
export interface Kept {
  readonly practice: Practice;
  readonly env: Readonly<Record<string, string>>;
  readonly run: (args: readonly string[], more?: object) => Promise<Ended>;
  /** A file below HOME; empty where there is none. */
  readonly text: (path: string) => string;
  /** Where below HOME any of the secrets stands in clear; by default that of jane.doe's key. */
  readonly leaks: (secrets?: readonly string[]) => string[];
}

/** The store is behind a passphrase whose file the environment names. */
export async function useKept(): Promise<Kept> {
  const practice = await usePractice();
  const phrase = practice.write('phrase', 'correct horse battery\n');
  chmodSync(phrase, 0o600);
  const env = { ASSUME_PASSPHRASE_FILE: phrase, PATH: installProgram(practice.home) };
  const { secret } = practice.key('jane.doe');
  return {
    practice,
    env,
    run: (args, more = {}) => practice.run(args, { env: { ...env, ...more } }),
    text: (path) => {
      const full = join(practice.home.path, path);
      return existsSync(full) ? readFileSync(full, 'utf8') : '';
    },
    leaks: (secrets = [secret]) => {
      const tree = [...readTree(practice.home.path)];
      const files = tree.map(([path, { content }]) => [path, content ?? ''] as const);
      const markers = secrets.map((one) => ({ name: 'the key', secret: one }));
      return findLeaks(markers, new Map(files));
    },
  };
}

import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Practice } from './practice.js';

/** A browser that goes wherever it is sent, redirects too, and notes how it was called. */
export interface FakeBrowser {
  /** The program, for `$BROWSER`. */
  readonly path: string;
  /** The words of each call. */
  calls(): string[][];
}

/** Puts one into the practice's home. */
export function installBrowser(practice: Practice, name = 'browser'): FakeBrowser {
  const log = join(practice.home.path, `${name}.log`);
  const path = practice.write(
    `bin/${name}`,
    `#!${process.execPath}
const words = process.argv.slice(2);
require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(words) + '\\n');
fetch(words.at(-1)).catch(() => process.exit(1));
`,
  );
  chmodSync(path, 0o755);
  return {
    path,
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as string[])
        : [],
  };
}

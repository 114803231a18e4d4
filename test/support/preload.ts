import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IS_STANDALONE } from './practice.js';
import type { TempHome } from './temp-home.js';

/** An environment for the built program. */
export type Preload = Readonly<Record<string, string>>;

/**
 * The environment that makes Node (or Bun) run this CommonJS text before the built program, as a
 * debugger would stop it: the program itself knows nothing of it.
 */
export function preload(home: TempHome, name: string, text: string): Preload {
  const path = join(home.path, `${name}.cjs`);
  writeFileSync(path, text);
  return IS_STANDALONE
    ? { BUN_OPTIONS: `--preload=${path}` }
    : { NODE_OPTIONS: `--require=${path}` };
}

/** Makes every name unknown, and notes those that are looked up in a file, one a line. */
export function withoutNames(home: TempHome, noteFile: string): Preload {
  return preload(
    home,
    'without-names',
    `const { appendFileSync } = require('node:fs');
require('node:dns').lookup = (name, options, callback) => {
  appendFileSync(${JSON.stringify(noteFile)}, name + '\\n');
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND ' + name), { code: 'ENOTFOUND' });
  process.nextTick(callback ?? options, unknown);
};
`,
  );
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TempHome } from './temp-home.js';

/**
 * The environment that makes Node run this CommonJS text before the built program, as a debugger
 * would stop it: the program itself knows nothing of it.
 */
export function preload(home: TempHome, name: string, text: string): { NODE_OPTIONS: string } {
  const path = join(home.path, `${name}.cjs`);
  writeFileSync(path, text);
  return { NODE_OPTIONS: `--require=${path}` };
}

/** Makes every name unknown, and notes those that are looked up in a file, one a line. */
export function withoutNames(home: TempHome, noteFile: string): { NODE_OPTIONS: string } {
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

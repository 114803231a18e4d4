import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { ASSUME } from './practice.js';
import type { TempHome } from './temp-home.js';

/**
 * Puts `assume` on a PATH as npm does for its users, by a symbolic link, with this very Node beside
 * it.
 *
 * @returns the PATH.
 */
export function installProgram(home: TempHome): string {
  const directory = join(home.path, 'npm/bin');
  mkdirSync(directory, { recursive: true });
  for (const [file, name] of [
    [ASSUME, 'assume'],
    [process.execPath, 'node'],
  ] as const) {
    const link = join(directory, name);
    if (!existsSync(link)) symlinkSync(file, link);
  }
  return `${directory}:${home.env['PATH'] ?? '/usr/bin:/bin'}`;
}

import { createRequire } from 'node:module';

import { findTool } from '../support/tools.js';

/** The shell's program; Nushell may also lie inside the npm package `nushell`. */
export function findShell(name: string): string | null {
  return (name === 'nu' ? findNushell() : null) ?? findTool(name);
}

function findNushell(): string | null {
  const file = process.platform === 'win32' ? 'nu.exe' : 'nu';
  const build = `@nushell/${process.platform}-${process.arch}/bin/${file}`;
  try {
    return createRequire(import.meta.url).resolve(build);
  } catch {
    return null;
  }
}

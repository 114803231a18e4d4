import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where execvp(3) looks when the environment has no PATH. */
const DEFAULT_PATH = '/bin:/usr/bin';

/**
 * The file that execvp(3) would run under that PATH. A name with a slash is a path; an empty part
 * of PATH is the current directory.
 *
 * @param path - the PATH of the environment that the program will have.
 * @returns `not executable` when something of the name is there but nothing that may be run.
 */
export function findProgram(
  name: string,
  path: string | undefined,
): { file: string } | 'not found' | 'not executable' {
  if (name === '') return 'not found';
  let found: 'not found' | 'not executable' = 'not found';
  for (const candidate of candidates(name, path)) {
    const verdict = judge(candidate);
    if (verdict === 'executable') return { file: candidate };
    if (verdict === 'not executable') found = verdict;
  }
  return found;
}

function candidates(name: string, path = DEFAULT_PATH): string[] {
  const endings = process.platform === 'win32' ? ['', '.exe', '.com'] : [''];
  const isPath = name.includes('/') || (process.platform === 'win32' && name.includes('\\'));
  const files = isPath
    ? [resolve(name)]
    : path.split(delimiter).map((part) => join(resolve(part), name));
  return files.flatMap((file) => endings.map((ending) => file + ending));
}

function judge(file: string): 'executable' | 'not executable' | 'absent' {
  try {
    if (!statSync(file).isFile()) return 'not executable';
  } catch {
    return 'absent';
  }
  try {
    accessSync(file, constants.X_OK);
    return 'executable';
  } catch {
    return 'not executable';
  }
}

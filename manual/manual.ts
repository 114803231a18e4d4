import { completionFiles } from './completions.js';
import { formatPage } from './page.js';

/** What is packaged beside the program, by its path: the man page, and completion without the hook. */
export function manualFiles(version: string): Readonly<Record<string, string>> {
  return { 'man/assume.1': formatPage(version), ...completionFiles() };
}

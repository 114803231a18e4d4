import type { Options } from '../argv.js';
import { brief } from '../brief.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';

/** One line for the person at the terminal, who may want none. */
export function sayUnlessQuiet(host: Host, options: Options, text: string): void {
  if (!options.quiet) host.stderr(brief(`assume: ${visible(text)}\n`));
}

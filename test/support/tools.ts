import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Where a tool that some tests need lies; `null` when it is missing, which a test says and skips.
 *
 * @throws Error in CI, where every tool has to be there and a silent skip would hide a gap.
 */
export function findTool(name: string): string | null {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(directory, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  if (process.env['CI']) throw new Error(`CI must have ${name} installed: .ci/run installs it`);
  console.warn(`skipped: ${name} is not installed on this machine`);
  return null;
}

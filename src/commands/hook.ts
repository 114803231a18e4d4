import { hookFor } from '../delivery/shell.js';
import { HOOKED_SHELLS } from '../dialect/hook-grammar.js';
import { AssumeError } from '../errors.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';

/** Prints what a shell evaluates to become aware of assume. Reads no configuration. */
export const command: Command = {
  run: (request, host) => {
    const shell = request.operands[0] ?? '';
    const hook = hookFor(shell);
    if (hook === null) {
      throw new AssumeError('USAGE', `there is no hook for ${visible(shell)}`, {
        hint: `one of: ${HOOKED_SHELLS.join(', ')}; other shells can evaluate assume export`,
      });
    }
    host.stdout(hook);
    return Promise.resolve(0);
  },
};

import { removedVariables, type Variables } from '../delivery/aws-environment.js';
import { formatScript } from '../delivery/export.js';
import { hookedShell } from '../delivery/shell.js';
import { givenBack } from '../delivery/shell-variables.js';
import { findDialect } from '../dialect/dialects.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { DELIVERED } from '../target/own-environment.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';

/** Takes the target out of this shell and gives back what was there before. Reads no configuration. */
export const command: Command = {
  run: (request, host) => {
    const target = host.env['ASSUME_TARGET'];
    const dialect = findDialect(hookedShell(host) ?? '');
    if (!dialect) throw cannotLeave(target);
    host.stdout(formatScript(dialect, target === undefined ? {} : variablesOfLeaving(host.env)));
    if (!request.options.quiet) {
      const text =
        target === undefined ? 'this shell belongs to no target' : `left ${visible(target)}`;
      host.stderr(`assume: ${text}\n`);
    }
    return Promise.resolve(0);
  },
};

function variablesOfLeaving(env: Environment): Variables {
  const delivered = Object.fromEntries(DELIVERED.map((name) => [name, null]));
  const { ASSUME_SHELL: _shell, ASSUME_HOOK: _hook, ...removed } = removedVariables(env);
  return { ...delivered, ...removed, ...givenBack(env) };
}

function cannotLeave(target: string | undefined): AssumeError {
  return target === undefined
    ? new AssumeError('USAGE', 'this shell belongs to no target', {
        hint: 'assume one first: assume TARGET',
      })
    : new AssumeError('USAGE', `${visible(target)} was entered in a shell of its own`, {
        hint: 'type exit',
      });
}

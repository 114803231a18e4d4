import { hookedShell, shellDelivery } from '../delivery/shell.js';
import { parseOptions } from '../delivery/shell-variables.js';
import { AssumeError } from '../errors.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';
import { isRenewedByHook, renewWhenDue } from './renew-when-due.js';

/** Fresh credentials for the target of this shell, entered with the same options as before. */
export const command: Command = {
  run: (request, host) => {
    const target = host.env['ASSUME_TARGET'];
    if (hookedShell(host) === null || target === undefined || target === '') {
      const problem = target
        ? 'this shell cannot be renewed in place: it has no hook'
        : 'this shell belongs to no target';
      throw new AssumeError('USAGE', problem, {
        hint: target ? 'type exit, then assume it again' : 'assume one first: assume TARGET',
      });
    }
    const before = parseOptions(host.env['ASSUME_OPTIONS']);
    const options = { ...before, ...request.options, refresh: true as const };
    const renew = (): Promise<number> =>
      handOver(shellDelivery, { ...request, operands: [target], options }, host);
    return isRenewedByHook(host) ? renewWhenDue(host, renew) : renew();
  },
};

import { AssumeError } from '../errors.js';
import type { Environment, Host } from '../host/host.js';

/** Numbers of the processes of ours that wait for the mfa_command we run in, the outermost first. */
const VARIABLE = 'ASSUME_MFA_COMMAND';

/** One identity's code may lie behind another's; more than this is a circle. */
const LONGEST = 4;

/**
 * The environment in which mfa_command is run, so that a process of ours in it knows who waits.
 *
 * @throws AssumeError MFA_NEEDED when commands that need one another's codes go on and on.
 */
export function commandEnvironment(host: Host): Environment {
  const chain = [...chainOf(host), String(host.processes.self.pid)];
  if (chain.length > LONGEST) throw circle('each of its runs needs another');
  return { ...host.env, [VARIABLE]: chain.join(' ') };
}

/**
 * Refuses to wait for a process that itself waits for the command we run in.
 *
 * @param what - Words that follow "to".
 * @throws AssumeError MFA_NEEDED
 */
export function refuseCircle(host: Host, pid: number, what: string): void {
  if (!chainOf(host).includes(String(pid))) return;
  throw circle(`it was run to ${what}, and needs just that`);
}

function chainOf({ env }: Host): string[] {
  return env[VARIABLE]?.split(' ').filter(Boolean) ?? [];
}

function circle(how: string): AssumeError {
  return new AssumeError('MFA_NEEDED', `mfa_command goes in a circle: ${how}`, {
    hint: 'it has to print a code without credentials that need one',
  });
}

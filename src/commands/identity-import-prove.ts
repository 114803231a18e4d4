import type { Request } from '../argv.js';
import { splitCommandLine } from '../config/command-line.js';
import type { Credentials } from '../credentials.js';
import { AssumeError, EXIT_STATUS } from '../errors.js';
import type { Host, ProgramOutput } from '../host/host.js';
import { readProcessJson } from '../identity/credentials-json.js';
import { guarded } from '../identity/process-guard.js';
import { ownEnvironment } from '../target/own-environment.js';
import { visible } from '../visible.js';
import { processOf } from './identity-import-files.js';
import type { Import } from './identity-import-find.js';

/** A person may have to open the store. */
const TIMEOUT_MS = 5 * 60_000;
/** More of what it said would hide what happened. */
const MOST_SAID = 500;

/** What the process is to give. */
export type KeyPair = Pick<Credentials, 'accessKeyId' | 'secretAccessKey'>;

/**
 * Runs the process that now stands in the profile, as AWS's tools will, and compares what it gives.
 *
 * @throws AssumeError FAILED where it does not give the keys, CANCELLED where it asked a person who gave
 * up; they are still in the file then.
 */
export async function proveProcess(
  host: Host,
  { options }: Request,
  { identity, place, profile }: Import,
  keys: KeyPair,
): Promise<void> {
  const command = processOf(identity, host.platform);
  const [program = '', ...args] = splitCommandLine(command, host.platform) ?? [];
  const env = guarded(ownEnvironment(host.env), { kind: 'process', command });
  const sharesStdin = host.terminal.stdinIsTerminal && !options['no-input'];
  const limits = { timeoutMs: TIMEOUT_MS, sharesStdin };
  const output = await host.processes.output(program, args, env, limits);
  const read = readProcessJson(output.stdout);
  if ('credentials' in read) {
    const { accessKeyId, secretAccessKey, sessionToken } = read.credentials;
    const isSame =
      accessKeyId === keys.accessKeyId &&
      secretAccessKey.reveal() === keys.secretAccessKey.reveal() &&
      sessionToken === null;
    if (isSame) return;
  }
  if (isGivenUp(output)) {
    throw new AssumeError('CANCELLED', `cancelled: the keys stay in ${visible(place.file)}`, {
      hint: `to finish: assume identity import ${visible(profile)}`,
    });
  }
  throw new AssumeError(
    'FAILED',
    `the process in place of the keys ${whatItDid(output)}; they stay in ${visible(place.file)}`,
    {
      hint: `see why: ${visible(command)} > ${nowhere(host)}; then import them again`,
    },
  );
}

/** What it prints is a secret. */
const nowhere = ({ platform }: Host): string => (platform === 'win32' ? 'NUL' : '/dev/null');

/** By Ctrl-C, where it asked something. */
function isGivenUp({ end }: ProgramOutput): boolean {
  if (typeof end === 'string') return false;
  return 'signal' in end ? end.signal === 'SIGINT' : end.status === EXIT_STATUS.CANCELLED;
}

function whatItDid({ end, stderr }: ProgramOutput): string {
  if (typeof end === 'string') return end === 'too long' ? 'does not end' : 'prints without end';
  if ('signal' in end) return `was killed by ${end.signal}`;
  const said = visible(stderr.trim().split('\n')[0] ?? '').slice(0, MOST_SAID);
  if (end.status === 0) return 'gives other keys';
  return `ended with status ${String(end.status)}${said === '' ? '' : ` (${said})`}`;
}

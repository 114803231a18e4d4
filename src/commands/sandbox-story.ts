import type { ChildEnd, HeldSignals, Host } from '../host/host.js';
import type { RecordedRequest } from '../sandbox/recorded-request.js';
import type { Sandbox } from '../sandbox/server.js';
import { totpCode } from '../sandbox/totp.js';
import { visible } from '../visible.js';
import type { SandboxHome } from './sandbox-home.js';
import { SCENES } from './sandbox-scenes.js';

/**
 * Plays the story of the picture through the program itself: each command is run as it is shown, and
 * what is told of AWS is read off the requests that it received.
 *
 * @returns Status 0: a refusal is part of the story; the signal that ended it before its time.
 */
export async function playStory(
  sandbox: Sandbox,
  home: SandboxHome,
  host: Host,
  held: HeldSignals,
): Promise<ChildEnd> {
  const { Chalk } = await import('chalk');
  const isColored = host.terminal.stdoutIsTerminal && !host.env['NO_COLOR'];
  const paint = new Chalk({ level: isColored ? 1 : 0 });
  host.stdout(`${introduction(sandbox)}\n`);
  for (const { title, words, codeOf } of SCENES) {
    const code = codeOf === undefined ? null : codeNow(sandbox, codeOf, host);
    const typed = code === null ? '' : `ASSUME_MFA_CODE=${code} `;
    host.stdout(`\n${paint.bold(`# ${title}`)}\n$ ${typed}assume ${words.join(' ')}\n`);
    const before = sandbox.requests.length;
    const env = { ...home.env, ...(code !== null && { ASSUME_MFA_CODE: code }) };
    const end = await host.processes.run(`${home.directory}/bin/assume`, words, env);
    if ('signal' in end) return end;
    if (held.received !== null) return { signal: held.received };
    host.stdout(paint.dim(formatEnd(end, sandbox.requests.slice(before))));
  }
  host.stdout(`\nTo try it by hand: ${commandLine(host)} sandbox\n`);
  return { status: 0 };
}

/** Who is where, as the world has it. */
function introduction({ url, world }: Sandbox): string {
  const shared = world.accounts.filter(({ users }) => users.length > 0);
  const people = shared.flatMap(({ users }) => users.map(({ name }) => name));
  return [
    `A practice AWS on this machine, at ${url}; nothing of yours is touched.`,
    `${people.join(' and ')} have keys in its shared account; you are jane.doe.`,
    'Each command is run as it is shown; below it stands what that AWS received.',
  ].join('\n');
}

/** How this program is started here. */
function commandLine({ files, self }: Host): string {
  if (files.which('assume') !== null) return 'assume';
  const [program = '', script] = self;
  return script === undefined ? program : `node ${script}`;
}

function codeNow(sandbox: Sandbox, name: string, host: Host): string | null {
  const users = sandbox.world.accounts.flatMap((account) => account.users);
  const seed = users.find((user) => user.name === name)?.mfaDevices[0]?.seed;
  return seed ? totpCode(seed, host.now()) : null;
}

/** What AWS received meanwhile, and the exit status where it is not 0. */
function formatEnd({ status }: { status: number }, requests: readonly RecordedRequest[]): string {
  const calls = requests.map(({ action, parameters, outcome }) => {
    const code = parameters['TokenCode'] === undefined ? '' : ' with a code';
    return `${action}${code}${outcome.code === null ? '' : ` → ${outcome.code}`}`;
  });
  return [
    `  AWS received: ${calls.length === 0 ? 'nothing' : visible(calls.join(', '))}\n`,
    ...(status === 0 ? [] : [`  exit status: ${String(status)}\n`]),
  ].join('');
}

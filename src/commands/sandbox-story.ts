import type { ChildEnd, HeldSignals, Host } from '../host/host.js';
import type { RecordedRequest } from '../sandbox/recorded-request.js';
import type { Sandbox } from '../sandbox/server.js';
import { totpCode } from '../sandbox/totp.js';
import { visible } from '../visible.js';
import type { SandboxHome } from './sandbox-home.js';

interface Scene {
  readonly title: string;
  readonly words: readonly string[];
  /** Whose code is given, as their phone shows it. */
  readonly codeOf?: string;
}

const SCENES: readonly Scene[] = [
  { title: 'Who am I?', words: ['whoami'] },
  { title: 'Where can I go?', words: ['list'] },
  {
    title: 'To production, whose roles demand MFA: one code.',
    words: ['exec', 'production/prod-role', '--', 'assume', 'whoami'],
    codeOf: 'jane.doe',
  },
  {
    title: 'A second role needs no code.',
    words: ['exec', 'staging/staging-role', '--', 'assume', 'whoami'],
  },
  {
    title: 'The first role again needs nothing of AWS.',
    words: ['exec', 'production/prod-role', '--', 'printenv', 'ASSUME_ROLE_ARN'],
  },
  {
    title: 'John is a developer, and production is not for him, with or without a code.',
    words: ['exec', 'production/prod-role', '--identity', 'john.doe', '--', 'assume', 'whoami'],
    codeOf: 'john.doe',
  },
];

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
  for (const { title, words, codeOf } of SCENES) {
    const code = codeOf === undefined ? null : codeNow(sandbox, codeOf, host);
    const typed = code === null ? '' : `ASSUME_MFA_CODE=${code} `;
    host.stdout(`\n# ${title}\n$ ${typed}assume ${words.join(' ')}\n`);
    const before = sandbox.requests.length;
    const env = { ...home.env, ...(code !== null && { ASSUME_MFA_CODE: code }) };
    const end = await host.processes.run(`${home.directory}/bin/assume`, words, env);
    if ('signal' in end) return end;
    if (held.received !== null) return { signal: held.received };
    host.stdout(formatEnd(end, sandbox.requests.slice(before)));
  }
  return { status: 0 };
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

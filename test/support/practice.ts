import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePicture } from '../../src/sandbox/picture.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { totpCode } from '../../src/sandbox/totp.js';
import type { AccessKey, User } from '../../src/sandbox/world.js';
import { underOwnSharedMemory } from './own-mounts.js';
import { makeTempHome, type TempHome } from './temp-home.js';

const STANDALONE = process.env['ASSUME_TEST_PROGRAM'];

/** Tells whether the tests are run against a stand-alone executable: `npm run test:binary`. */
export const IS_STANDALONE = STANDALONE !== undefined;

/** Tells whether what is tested has no such thing, and then says that its tests are skipped for it. */
export function isWithout(thing: string): boolean {
  if (IS_STANDALONE) console.warn(`skipped: a stand-alone executable has no ${thing}`);
  return IS_STANDALONE;
}

/** The built program, as its users run it. */
export const ASSUME = STANDALONE ?? join(import.meta.dirname, '../../bin/assume.cjs');

/** What starts it, in the same process: this very Node; for a stand-alone executable nothing is needed. */
export const RUNTIME = IS_STANDALONE ? '/usr/bin/env' : process.execPath;

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to the practice's environment; `undefined` removes. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly cwd?: string;
  /** Words before the program's own, such as `setpriv --reuid=…` or a shell that sets an umask. */
  readonly under?: readonly string[];
}

/** A temporary HOME and a practice AWS, with the built program between them. */
export interface Practice {
  readonly home: TempHome;
  readonly aws: Sandbox;
  readonly env: Readonly<Record<string, string>>;
  /** Moves the clock of the practice AWS: a code is good once in 30 seconds. */
  advance(seconds: number): void;
  user(name: string): User;
  key(name: string): AccessKey;
  serial(name: string): string;
  /** The current code of that user's device, at the practice AWS's time. */
  code(name: string): string;
  /** The next code: the clock is moved one step first. */
  freshCode(name: string): string;
  write(path: string, text: string): string;
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** The actions AWS received since the last call, such as `GetSessionToken`. */
  received(): string[];
  close(): Promise<void>;
}

/** Starts one. Its AWS files hold jane.doe's keys as profile `base`, and roles beside it. */
export async function startPractice(options: { latencyMs?: number } = {}): Promise<Practice> {
  const home = makeTempHome();
  let offsetMs = 0;
  const now = (): Date => new Date(Date.now() + offsetMs);
  const aws = await startSandbox({ world: makePicture(now()), now, ...options });
  const user = (name: string): User => {
    const found = aws.world.accounts[0]?.users.find((other) => other.name === name);
    if (!found) throw new Error(`the practice has no user ${name}`);
    return found;
  };
  const key = (name: string): AccessKey => {
    const [first] = user(name).accessKeys;
    if (!first) throw new Error(`${name} has no key`);
    return first;
  };
  const device = (name: string) => {
    const [first] = user(name).mfaDevices;
    if (!first?.seed) throw new Error(`${name} has no device`);
    return { serial: first.serial, seed: first.seed };
  };
  const code = (name: string): string => totpCode(device(name).seed, now());
  const advance = (seconds: number): void => {
    offsetMs += seconds * 1000;
  };
  let seen = 0;
  const practice: Practice = {
    home,
    aws,
    env: { ...home.env, SHELL: '/bin/bash', ASSUME_ENDPOINT_URL: aws.url },
    advance,
    user,
    key,
    serial: (name) => device(name).serial,
    code,
    freshCode: (name) => {
      advance(30);
      return code(name);
    },
    write: (path, text) => {
      const full = join(home.path, path);
      mkdirSync(join(full, '..'), { recursive: true });
      writeFileSync(full, text);
      return full;
    },
    run: (args, runOptions = {}) => {
      const forgets = args[0] === 'logout' && existsSync('/dev/shm');
      const under = forgets ? underOwnSharedMemory(join(home.path, 'run')) : [];
      return runProgram(args, practice.env, home.path, { under, ...runOptions });
    },
    received: () => {
      const actions = aws.requests.slice(seen).map((request) => request.action);
      seen = aws.requests.length;
      return actions;
    },
    close: async () => {
      await aws.close();
      home.remove();
    },
  };
  practice.write('.aws/credentials', credentialsText('base', key('jane.doe')));
  practice.write('.aws/config', CONFIG.replaceAll('SERIAL', practice.serial('jane.doe')));
  return practice;
}

const CONFIG = `[profile prod-role]
role_arn = arn:aws:iam::444444444444:role/prod-role
source_profile = base
mfa_serial = SERIAL
role_session_name = jane.doe

[profile prod-readonly]
role_arn = arn:aws:iam::444444444444:role/readonly
source_profile = base
mfa_serial = SERIAL
role_session_name = jane.doe

[profile dev]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
role_session_name = jane.doe
`;

/** A section of a credentials file. */
export function credentialsText(profile: string, { id, secret }: AccessKey): string {
  return `[${profile}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
}

function runProgram(
  args: readonly string[],
  base: Readonly<Record<string, string>>,
  home: string,
  { env = {}, input = '', cwd = home, under = [] }: RunOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const entries = Object.entries({ ...base, ...env }).filter(([, value]) => value !== undefined);
    const [program = '', ...words] = [...under, RUNTIME, ASSUME, ...args];
    const child = spawn(program, words, {
      cwd,
      env: Object.fromEntries(entries),
      // No terminal, as in a script: prompts must not reach the developer's own.
      detached: true,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined).end(input);
    child.on('error', reject).on('close', (status, signal) => {
      resolve({ status, signal, stdout, stderr });
    });
  });
}

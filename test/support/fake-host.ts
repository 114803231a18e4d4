import { createHash } from 'node:crypto';
import { AssumeError } from '../../src/errors.js';
import type {
  ChildEnd,
  Environment,
  Host,
  OutputLimits,
  ProcessRecord,
  Processes,
  ProgramOutput,
  Terminal,
} from '../../src/host/host.js';
import { listenOnLoopback } from '../../src/host/loopback.js';
import { makeFakeClock, type FakeClock } from './fake-clock.js';
import { makeFakeKeychain, type FakeKeychain } from './fake-keychain.js';
import { makeFakeFiles, type FakeFiles } from './fake-files.js';

/** Columns of a terminal in which nothing has to be cut. */
const WIDE = 500;

/** What to answer to one question: text (or a choice's name), or Ctrl-C. */
export type Answer = string | typeof CTRL_C;
export const CTRL_C = Symbol('Ctrl-C');

export interface FakeHostOptions {
  readonly env?: Environment;
  /** Text by path; every other file and directory is absent. */
  readonly files?: Readonly<Record<string, string>>;
  readonly now?: Date;
  readonly platform?: NodeJS.Platform;
  readonly argv?: readonly string[];
  /** Makes `sleep` move the clock by itself instead of waiting for `clock.advance`. */
  readonly sleepsPass?: boolean;
  /** In order; without them there is no terminal to ask at. */
  readonly answers?: readonly Answer[];
  readonly stdin?: string;
  /** How a child that is run ends; status 0 by default. */
  readonly child?: (command: string, args: readonly string[], env: Environment) => ChildEnd;
  /** What a program that is run for its output prints; without it there is no such program. */
  readonly output?: (run: ProgramRun) => ProgramOutput;
  /** What a captured command prints, by its command line; any other fails. */
  readonly commands?: Readonly<Record<string, string>>;
  /** Paths of the programs on PATH, by name. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Where its keychain may be reached; by default nowhere. */
  readonly keychain?: string;
  readonly terminal?: Partial<Pick<Terminal, 'canAsk' | 'whyNot' | 'name'>>;
}

/** A program that was run for its output. */
export interface ProgramRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly limits: OutputLimits;
}

/** A host in memory, and what was done to it. */
export interface FakeHost extends Host {
  readonly clock: FakeClock;
  readonly files: FakeFiles;
  readonly keychain: FakeKeychain;
  /** All that was written so far. */
  readonly written: { stdout: string; stderr: string };
  readonly asked: { kind: 'hidden' | 'text' | 'choose'; question: string }[];
  readonly ran: { command: string; args: readonly string[]; env: Environment }[];
  /** Programs of the desktop that were started, with their arguments. */
  readonly launched: string[][];
  /** Command lines that were captured. */
  readonly captured: string[];
  /** States of other processes by number; one that is not named is dead. */
  readonly states: Map<number, 'running' | 'stopped' | 'dead' | 'unknown'>;
}

/** What `endAs` throws here, since it may not return. */
export class Ended extends Error {
  readonly end: ChildEnd;

  constructor(end: ChildEnd) {
    super(`ended as ${JSON.stringify(end)}`);
    this.end = end;
  }
}

/** Every test's own machine: nothing in it moves unless the test moves it. */
export function fakeHost(options: FakeHostOptions = {}): FakeHost {
  const clock = makeFakeClock(options.now ?? new Date('2026-01-02T03:04:05Z'), options.sleepsPass);
  const written = { stdout: '', stderr: '' };
  const seen: Pick<FakeHost, 'asked' | 'ran' | 'launched' | 'captured' | 'states'> = {
    asked: [],
    ran: [],
    launched: [],
    captured: [],
    states: new Map(),
  };
  const env = options.env ?? { HOME: '/home/jane', PATH: '/usr/bin:/bin' };
  const platform = options.platform ?? 'linux';
  return {
    ...seen,
    clock,
    written,
    platform,
    nodeVersion: 'v20.17.0',
    argv: options.argv ?? [],
    env,
    homeDirectory: env['HOME'] ?? null,
    userId: 1000,
    currentDirectory: '/work',
    self: ['/usr/bin/node', '/usr/lib/assume/bin/assume.cjs'],
    files: makeFakeFiles(clock, options.files ?? {}, options.programs ?? {}, platform),
    terminal: makeTerminal(options, seen.asked),
    processes: makeProcesses(options, seen),
    keychain: makeFakeKeychain(options.keychain ?? null),
    now: () => clock.now(),
    monotonicMs: () => clock.elapsedMs(),
    sleep: (milliseconds) => clock.sleep(milliseconds),
    randomBytes: makeRandomBytes(),
    stdout: (text) => {
      written.stdout += text;
    },
    stderr: (text) => {
      written.stderr += text;
    },
    readStdinLine: makeReader(options.stdin ?? ''),
    listen: listenOnLoopback,
  };
}

/** Two hosts with one disk, one clock and one table of processes: two processes of one machine. */
export function secondProcess(first: FakeHost, pid: number): FakeHost {
  const self = { ...first.processes.self, pid };
  return { ...first, processes: { ...first.processes, self }, randomBytes: makeRandomBytes(pid) };
}

function makeRandomBytes(seed = 0): (count: number) => Buffer {
  let calls = 0;
  return (count) => {
    const text = createHash('sha512').update(`${seed.toString()}:${(calls++).toString()}`).digest();
    return Buffer.alloc(count, text);
  };
}

function makeReader(stdin: string): () => string | null {
  let rest = stdin;
  return () => {
    if (rest === '') return null;
    const [line = ''] = rest.split('\n', 1);
    rest = rest.slice(line.length + 1);
    return line;
  };
}

function makeTerminal(options: FakeHostOptions, asked: FakeHost['asked']): Terminal {
  const answers = [...(options.answers ?? [])];
  const answer = (kind: FakeHost['asked'][number]['kind'], question: string): string => {
    asked.push({ kind, question });
    const next = answers.shift();
    if (next === CTRL_C) throw new AssumeError('CANCELLED', 'cancelled');
    if (next === undefined) throw new Error(`the test has no answer to "${question}"`);
    return next;
  };
  const canAsk = options.terminal?.canAsk ?? options.answers !== undefined;
  return {
    canAsk,
    whyNot: options.terminal?.whyNot ?? 'there is no terminal',
    stdinIsTerminal: options.stdin === undefined,
    stdoutIsTerminal: canAsk,
    stderrIsTerminal: canAsk,
    name: options.terminal?.name ?? (canAsk ? '/dev/pts/7' : null),
    stdoutColumns: canAsk ? 80 : null,
    rows: canAsk ? 24 : null,
    show: () => undefined,
    askHidden: async (question) => Promise.resolve(answer('hidden', question)),
    askText: async (question) => Promise.resolve(answer('text', question)),
    choose: async (question, choices, layout) => {
      const name = answer('choose', question);
      const lines = layout?.(WIDE) ?? choices.map((choice) => choice.name);
      const chosen = choices[lines.indexOf(name)];
      if (!chosen) throw new Error(`"${name}" is none of ${lines.join(', ')}`);
      return Promise.resolve(chosen.value);
    },
  };
}

function makeProcesses(
  options: FakeHostOptions,
  { ran, launched, captured, states }: Pick<FakeHost, 'ran' | 'launched' | 'captured' | 'states'>,
): Processes {
  const self: ProcessRecord = { pid: 1000, startTime: '1', bootId: 'boot', hostName: 'machine' };
  const run: Processes['run'] = async (command, args, env) => {
    ran.push({ command, args, env });
    return Promise.resolve(options.child?.(command, args, env) ?? { status: 0 });
  };
  return {
    self,
    state: ({ pid, hostName }) =>
      hostName === self.hostName ? (states.get(pid) ?? 'dead') : 'unknown',
    run,
    become: run,
    holdSignals: () => ({ received: null, letGo: () => undefined }),
    endAs: async (end) => Promise.reject(new Ended(end)),
    launch: async (command, args) => {
      launched.push([command, ...args]);
      return Promise.resolve(true);
    },
    unlessCancelled: (work) => work,
    capture: async (commandLine) => {
      captured.push(commandLine);
      const output = options.commands?.[commandLine];
      if (output !== undefined) return Promise.resolve(output);
      throw new AssumeError('FAILED', `the command ${commandLine} failed: its status was 1`);
    },
    output: async (command, args, env, limits) => {
      const output = options.output?.({ command, args, env, limits });
      if (output) return Promise.resolve(output);
      throw new AssumeError('NOT_FOUND', `cannot run ${command}: there is no such program`);
    },
  };
}

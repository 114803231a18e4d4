import { spawn } from 'node:child_process';

/** A whole process, as a user would start it. */
export interface Timed {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** How many of them are started at once. */
  readonly count: number;
  /** It is over once this is shown at the terminal that it is started in. */
  readonly until?: string;
}

/** What a row of the bench measured. */
export interface Measured {
  /** The median of all rounds' ratios of wall time. */
  readonly ratio: number;
  /** Medians, in milliseconds. */
  readonly ms: number;
  readonly floorMs: number;
}

/**
 * Runs two commands in turn, the machine being shared and noisy: only the ratio of neighbours says
 * something.
 *
 * @throws Error when either fails.
 */
export async function timePairs(command: Timed, floor: Timed, rounds: number): Promise<Measured> {
  await wallMs(command);
  const pairs: { readonly ms: number; readonly floorMs: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const floorMs = await wallMs(floor);
    pairs.push({ floorMs, ms: await wallMs(command) });
  }
  return {
    ratio: median(pairs.map(({ ms, floorMs }) => ms / floorMs)),
    ms: median(pairs.map(({ ms }) => ms)),
    floorMs: median(pairs.map(({ floorMs }) => floorMs)),
  };
}

async function wallMs(timed: Timed): Promise<number> {
  const begun = process.hrtime.bigint();
  await Promise.all(Array.from({ length: timed.count }, () => ended(timed)));
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

function ended(timed: Timed): Promise<void> {
  return timed.until === undefined ? run(timed) : runUntil(timed, timed.until);
}

/** Stdout is a pipe, as programs have it. */
function run({ words: [program = '', ...args], env, cwd }: Timed): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject).on('close', (status, signal) => {
      if (status === 0) resolve();
      else reject(new Error(`${args.join(' ')}: ${String(status ?? signal)}\n${said}`));
    });
  });
}

/** The terminal takes a millisecond or two, of the floor's time too. Without a text, until the end. */
function runUntil({ words, env, cwd }: Timed, until: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', line, '/dev/null'], { env, cwd, detached: true });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text;
      if (until === '' || !shown.includes(until)) return;
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    });
    child.on('error', reject).on('close', () => {
      if (shown.includes(until)) resolve();
      else reject(new Error(`${line}: ${shown}`));
    });
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

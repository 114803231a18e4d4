import { spawn } from 'node:child_process';

/** A whole process, as a user would start it. */
export interface Timed {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** How many of them are started at once. */
  readonly count: number;
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

function ended({ words: [program = '', ...args], env, cwd }: Timed): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject).on('close', (status, signal) => {
      if (status === 0) resolve();
      else reject(new Error(`${args.join(' ')}: ${String(status ?? signal)}\n${said}`));
    });
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

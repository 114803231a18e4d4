import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findLeaks, type Marker } from '../support/find-leaks.js';
import { holdNext } from '../support/hold-next.js';
import type { Practice } from '../support/practice.js';
import { startProgram } from '../support/started-program.js';
import { usePractice, withCode } from '../support/use-practice.js';

const PROD = ['credential-process', 'prod-role'];
const FILTER = '/proc/self/coredump_filter';

/** A directory for dumps, and the words under which they are written there, however large. */
function dumpsOf({ home }: Practice): { directory: string; under: string[] } {
  const directory = join(home.path, 'dumps');
  mkdirSync(directory);
  return {
    directory,
    under: ['sh', '-c', `cd '${directory}' && ulimit -c unlimited && exec "$@"`, 'sh'],
  };
}

/** What has been written there, by name. */
function dumped(directory: string): Map<string, Buffer> {
  return new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))]));
}

/** Where the system keeps core dumps elsewhere, such as with systemd, none can be looked at. */
const HAS_CORES = ((): boolean => {
  if (!existsSync(FILTER)) return false;
  return /^core\b[^/|]*$/.test(readFileSync('/proc/sys/kernel/core_pattern', 'utf8').trim());
})();
if (!HAS_CORES) console.warn('skipped: this system writes no core dumps into the directory');

/** Ends the program by that signal while it holds an MFA session and waits for a role. */
async function endHolding(
  practice: Practice,
  under: readonly string[],
  signal: NodeJS.Signals,
  env: Record<string, string> = {},
): Promise<Marker[]> {
  const hold = holdNext(practice, 'AssumeRole');
  const options = { ...withCode(practice).env, ...env };
  const program = startProgram(practice, PROD, options, under);
  await hold.received;
  process.kill(program.pid, signal);
  expect((await program.ended).signal).toBe(signal);
  hold.release();
  const [session] = readdirSync(join(practice.home.path, 'run/assume'));
  const entry = readFileSync(join(practice.home.path, 'run/assume', session ?? ''), 'utf8');
  const { secretAccessKey, sessionToken } = JSON.parse(entry) as Record<string, string>;
  return [
    { name: 'long-term secret key', secret: practice.key('jane.doe').secret },
    { name: 'secret key of the session', secret: secretAccessKey ?? '' },
    { name: 'token of the session', secret: sessionToken ?? '' },
  ];
}

describe.skipIf(!HAS_CORES)('a core dump', () => {
  it('holds no secret', async () => {
    const practice = await usePractice();
    const { directory, under } = dumpsOf(practice);
    const markers = await endHolding(practice, under, 'SIGABRT');
    const files = dumped(directory);
    expect(files.size).toBe(1);
    expect(findLeaks(markers, files)).toEqual([]);
  });

  it('of any other program would hold it', async () => {
    const practice = await usePractice();
    const { directory, under } = dumpsOf(practice);
    const secret = practice.key('jane.doe').secret;
    const script = `globalThis.kept = require('fs').readFileSync(process.env.HOME + '/.aws/credentials'); process.abort()`;
    spawnSync('env', [...under, process.execPath, '-e', script], { env: practice.env });
    expect(findLeaks([{ name: 'secret', secret }], dumped(directory))).not.toEqual([]);
  });
});

describe.skipIf(!existsSync(FILTER))('a program that is run as a target', () => {
  it.each([
    ['as it was', '33'],
    ['as somebody chose', '7'],
  ])('dumps what it would without us: %s', async (_, filter) => {
    const practice = await usePractice();
    const under = ['sh', '-c', `echo 0x${filter} > ${FILTER}; exec "$@"`, 'sh'];
    const ended = await practice.run(['exec', 'dev', '--', 'cat', FILTER], { under });
    expect(ended).toMatchObject({ status: 0, stdout: `${filter.padStart(8, '0')}\n` });
  });
});

describe.skipIf(process.platform === 'win32')('a diagnostic report', () => {
  const asking = (directory: string): Record<string, string> => ({
    NODE_OPTIONS: `--report-on-signal --report-directory=${directory}`,
  });

  it('is not made, though NODE_OPTIONS asks for it', async () => {
    const practice = await usePractice();
    const { directory, under } = dumpsOf(practice);
    await endHolding(practice, under, 'SIGUSR2', asking(directory));
    expect(readdirSync(directory)).toEqual([]);
  });

  it('of any other program would be', async () => {
    const practice = await usePractice();
    const { directory } = dumpsOf(practice);
    const script =
      'process.kill(process.pid, "SIGUSR2"); setTimeout(() => 0, 60_000).unref(); setInterval(() => { if (require("fs").readdirSync(process.argv[1]).length) process.exit() }, 10)';
    spawnSync(process.execPath, ['-e', script, directory], {
      env: { ...practice.env, ...asking(directory) },
      timeout: 20_000,
    });
    expect(readdirSync(directory)).toHaveLength(1);
  });
});

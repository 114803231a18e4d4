import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readTree } from '../support/read-tree.js';
import { spread, tellFigures } from '../support/figures.js';
import { holdNext } from '../support/hold-next.js';
import { KILLS, killAfter, KILLS_TIMEOUT_MS, litter, timed } from '../support/kill-sometime.js';
import { preload } from '../support/preload.js';
import { startPractice, type Practice } from '../support/practice.js';
import { callAws } from '../sandbox/aws-call.js';
import {
  printed,
  type Printed,
  usePractice,
  withCode,
  withFreshCode,
} from '../support/use-practice.js';

/**
 * Starts the program and kills it at a random moment of the time that a whole run takes, or of that
 * which begins when AWS is asked for the role: what is written is written then.
 *
 * @returns How long it took, where it ended before; `null` when it was killed.
 */
async function killSometime(
  practice: Practice,
  args: readonly string[],
  { wholeMs, isLate }: { readonly wholeMs: number; readonly isLate: boolean },
  env: Record<string, string> = {},
): Promise<number | null> {
  const { received, release } = holdNext(practice, 'AssumeRole');
  release();
  const ms = Math.random() * wholeMs * (isLate ? 0.1 : 1);
  return killAfter(practice, args, ms, env, isLate ? received : undefined);
}

/** Whether AWS takes the credentials for those of the role. */
async function isTaken({ aws }: Practice, given: Printed): Promise<boolean> {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secret,
    SessionToken: sessionToken = '',
  } = given;
  const keys = { accessKeyId, secret, sessionToken };
  const { text } = await callAws(aws.url, 'GetCallerIdentity', {}, { keys, at: new Date() });
  return text.includes('assumed-role/prod-role/jane.doe');
}

describe(`killed ${KILLS.toString()} times at random moments`, () => {
  const SECTION =
    /\n\[assume-prod-role\]\naws_access_key_id = ASIA\w{16}\naws_secret_access_key = \S{40}\naws_session_token = \S+\naws_account_id = 4{12}\nx_assume_target = prod-role\nx_assume_expires = \S+Z\n/;

  it(
    'write leaves the old file or the new, and nothing in the way',
    { timeout: KILLS_TIMEOUT_MS },
    async () => {
      const practice = await usePractice();
      const args = ['write', 'prod-role', '--quiet', '--refresh'];
      const path = join(practice.home.path, '.aws/credentials');
      const theirs = readFileSync(path, 'utf8');
      expect(await practice.run(args, withCode(practice))).toMatchObject({ status: 0 });
      let { tookMs: wholeMs } = await timed(() => practice.run(args));
      const nextMs: number[] = [];
      let [killed, changed] = [0, 0];
      for (let runs = 0; killed < KILLS; runs++) {
        const before = readFileSync(path, 'utf8');
        const endedMs = await killSometime(practice, args, { wholeMs, isLate: runs % 2 === 1 });
        const after = readFileSync(path, 'utf8');
        if (endedMs !== null) wholeMs = (wholeMs + endedMs) / 2;
        else killed++;
        if (endedMs === null && after !== before) changed++;
        expect(after).toMatch(SECTION);
        expect(after.replace(SECTION, '')).toBe(theirs);
        const next = await timed(() => practice.run(args));
        expect(next.ended).toMatchObject({ status: 0, stderr: '' });
        nextMs.push(next.tookMs);
        expect(readdirSync(join(path, '..')).sort()).toEqual(['config', 'credentials']);
        expect(litter(practice)).toEqual([]);
      }
      tellFigures(
        `write: killed ${killed.toString()} times, ${changed.toString()} of them with the new file; next run ${spread(nextMs)}`,
      );
    },
  );

  it(
    'a new session and role are there whole or not at all',
    { timeout: KILLS_TIMEOUT_MS },
    async () => {
      const args = ['credential-process', 'prod-role'];
      const whole = await usePractice();
      let { tookMs: wholeMs } = await timed(() => whole.run(args, withCode(whole)));
      const nextMs: number[] = [];
      let [killed, cached] = [0, 0];
      for (let runs = 0; killed < KILLS; runs++) {
        const practice = await startPractice();
        onTestFinished(() => practice.close());
        const { env } = withCode(practice);
        const moment = { wholeMs, isLate: runs % 2 === 1 };
        const endedMs = await killSometime(practice, args, moment, env);
        if (endedMs !== null) wholeMs = (wholeMs + endedMs) / 2;
        else killed++;
        practice.received();
        const next = await timed(() => practice.run(args, withFreshCode(practice)));
        nextMs.push(next.tookMs);
        if (endedMs === null && practice.received().length === 0) cached++;
        expect(await isTaken(practice, printed(next.ended))).toBe(true);
        expect(litter(practice)).toEqual([]);
        await practice.close();
      }
      tellFigures(
        `session and role: killed ${killed.toString()} times, ${cached.toString()} of them with both kept; next run ${spread(nextMs)}`,
      );
    },
  );
});

it('leaves nothing of a proof that a directory can be written, killed in the middle of it', async () => {
  const practice = await usePractice();
  const kills = `const fs = require('node:fs');
const { writeSync } = fs;
fs.writeSync = (...args) =>
  args[1]?.length === 4096 ? process.kill(process.pid, 'SIGKILL') : writeSync(...args);
`;
  const { signal } = await practice.run(['doctor'], {
    env: preload(practice.home, 'kills', kills),
  });
  expect(signal).toBe('SIGKILL');
  const { path } = practice.home;
  const left = [path, join(path, 'run')].flatMap((place) => [...readTree(place).keys()]);
  expect(left.filter((name) => name.includes('probe'))).toEqual([]);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { IS_FULL, spread, tellFigures } from '../support/figures.js';
import { killAfter, KILLS_TIMEOUT_MS, litter, momentIn, timed } from '../support/kill-sometime.js';
import { ASSUME, credentialsText, type Practice, RUNTIME } from '../support/practice.js';
import { notedRotations } from '../support/rotations.js';
import { useKept } from '../support/use-kept.js';
import { printed, usePractice } from '../support/use-practice.js';

const ROTATE = ['identity', 'rotate', 'base', '--delete'];
const OTHERS = '# mine\n[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\n';
const [KILLS_OF_FILES, KILLS_OF_STORE] = IS_FULL ? [50, 50] : [40, 8];

/** A practice in which jane.doe may do all with her keys alone. */
async function useOpenPractice(): Promise<Practice> {
  const practice = await usePractice();
  openToKeys(practice);
  practice.write('.aws/config', '');
  practice.write('.aws/credentials', OTHERS + credentialsText('base', practice.key('jane.doe')));
  return practice;
}

function openToKeys(practice: Practice): void {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const document = { Version: '2012-10-17', Statement };
  const user = practice.user('jane.doe');
  user.policies = [{ name: 'all', document }];
  user.mfaDevices = [];
}

const credentials = ({ home }: Practice): string =>
  readFileSync(join(home.path, '.aws/credentials'), 'utf8');

/** Starts a rotation and kills it; resolves when it has ended. */
async function killed(practice: Practice, when: Promise<unknown>): Promise<void> {
  const { env, home } = practice;
  const child = spawn(RUNTIME, [ASSUME, ...ROTATE], {
    cwd: home.path,
    env,
    stdio: 'ignore',
  });
  const ended = once(child, 'close');
  await Promise.race([when, ended]);
  child.kill('SIGKILL');
  await ended;
}

/** The key that is in use is one that AWS takes, whatever has happened. */
function requireWorkingKey(practice: Practice): void {
  const text = credentials(practice);
  const [, id = '', secret = ''] =
    /\[base\]\naws_access_key_id = (.*)\naws_secret_access_key = (.*)\n/.exec(text) ?? [];
  const found = practice.user('jane.doe').accessKeys.find((key) => key.id === id);
  expect([found?.isActive, found?.secret]).toEqual([true, secret]);
  expect(text.startsWith(OTHERS)).toBe(true);
}

/** The next run leaves one key, nothing of the old ones, and no notes. */
async function requireFinish(practice: Practice): Promise<void> {
  const { status, stderr } = await practice.run(ROTATE);
  expect([status, stderr]).toMatchObject([0, expect.any(String)]);
  const { accessKeys } = practice.user('jane.doe');
  expect(accessKeys).toHaveLength(1);
  expect([notedRotations(practice), stderr]).toEqual([[], expect.any(String)]);
  expect(credentials(practice)).toBe(OTHERS + credentialsText('base', practice.key('jane.doe')));
  expect(readdirSync(join(practice.home.path, '.aws'))).toEqual(['config', 'credentials']);
}

it('is finished or undone by the next run, whichever request it was killed at', async () => {
  const practice = await useOpenPractice();
  const complete = await practice.run(ROTATE);
  expect(complete).toMatchObject({ status: 0 });
  const requests = practice.received();
  for (const [index] of requests.entries()) {
    for (const isAnswered of [false, true]) {
      let left = index;
      const reached = new Promise<void>((resolve) => {
        practice.aws.beforeAnswer = async () => {
          if (left-- !== 0) return;
          if (!isAnswered) await new Promise<void>((answer) => setImmediate(answer));
          resolve();
          // Killed before it gets an answer, or just after.
          if (!isAnswered) await ended;
        };
      });
      const ended: Promise<void> = killed(practice, reached);
      await ended;
      practice.aws.beforeAnswer = null;
      requireWorkingKey(practice);
      await requireFinish(practice);
    }
  }
}, 240_000);

it(
  `loses no key of a file in ${String(KILLS_OF_FILES)} kills at random moments`,
  { timeout: KILLS_TIMEOUT_MS },
  async () => {
    const practice = await useOpenPractice();
    const begun = Date.now();
    expect(await practice.run(ROTATE)).toMatchObject({ status: 0 });
    const wholeMs = Date.now() - begun;
    const nextMs: number[] = [];
    for (let kills = 0; kills < KILLS_OF_FILES; kills++) {
      // Most of the time goes by before the first request.
      const afterMs = wholeMs * (0.3 + 0.8 * Math.random());
      await killed(practice, new Promise((resolve) => setTimeout(resolve, afterMs)));
      requireWorkingKey(practice);
      if (kills % 5 === 4) nextMs.push(await timedMs(() => requireFinish(practice)));
    }
    await requireFinish(practice);
    tellFigures(
      `rotate in a file: killed ${String(KILLS_OF_FILES)} times; next run ${spread(nextMs)}`,
    );
  },
);

it(
  `loses no key of the store in ${String(KILLS_OF_STORE)} kills at random moments`,
  { timeout: KILLS_TIMEOUT_MS },
  async () => {
    const kept = await useKept();
    const { practice, run, env } = kept;
    openToKeys(practice);
    practice.write('.aws/config', '');
    const first = practice.key('jane.doe');
    expect(await run(['identity', 'import', 'base'])).toMatchObject({ status: 0 });
    let { tookMs: wholeMs } = await timed(() => run(ROTATE));
    const made = [first.secret];
    const nextMs: number[] = [];
    let ended = 0;
    for (let kills = 0; kills < KILLS_OF_STORE;) {
      const endedMs = await killAfter(practice, ROTATE, momentIn(wholeMs), env);
      if (endedMs === null) kills++;
      else wholeMs = (wholeMs + endedMs) / 2;
      if (endedMs !== null) ended++;
      const { accessKeys } = practice.user('jane.doe');
      made.push(...accessKeys.map(({ secret }) => secret));
      const raw = printed(await run(['credential-process', 'base', '--long-term']));
      const inUse = accessKeys.find(({ id }) => id === raw.AccessKeyId);
      expect([inUse?.isActive, inUse?.secret]).toEqual([true, raw.SecretAccessKey]);
      // Some runs are killed while they take up what a killed one has left.
      if (kills % 2 === 1) continue;
      const next = await timed(() => run(ROTATE));
      expect(next.ended).toMatchObject({ status: 0 });
      nextMs.push(next.tookMs);
      expect(practice.user('jane.doe').accessKeys).toHaveLength(1);
      expect([notedRotations(practice), litter(practice)]).toEqual([[], []]);
      expect(kept.leaks(made)).toEqual([]);
    }
    tellFigures(
      `rotate in the store: killed ${String(KILLS_OF_STORE)} times, ${String(ended)} ended before; next run ${spread(nextMs)}`,
    );
  },
);

async function timedMs(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ASSUME, credentialsText, type Practice } from '../support/practice.js';
import { notedRotations } from '../support/rotations.js';
import { usePractice } from '../support/use-practice.js';

const ROTATE = ['identity', 'rotate', 'base', '--delete'];
const OTHERS = '# mine\n[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\n';
const KILLS = process.env['ASSUME_TEST_FULL'] ? 500 : 100;

/** A practice in which jane.doe may do all with her keys alone. */
async function useOpenPractice(): Promise<Practice> {
  const practice = await usePractice();
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const document = { Version: '2012-10-17', Statement };
  const user = practice.user('jane.doe');
  user.policies = [{ name: 'all', document }];
  user.mfaDevices = [];
  practice.write('.aws/config', '');
  practice.write('.aws/credentials', OTHERS + credentialsText('base', practice.key('jane.doe')));
  return practice;
}

const credentials = ({ home }: Practice): string =>
  readFileSync(join(home.path, '.aws/credentials'), 'utf8');

/** Starts a rotation and kills it; resolves when it has ended. */
async function killed(practice: Practice, when: Promise<unknown>): Promise<void> {
  const { env, home } = practice;
  const child = spawn(process.execPath, [ASSUME, ...ROTATE], {
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

it(`loses no key in ${String(KILLS)} kills at random moments`, async () => {
  const practice = await useOpenPractice();
  const begun = Date.now();
  expect(await practice.run(ROTATE)).toMatchObject({ status: 0 });
  const wholeMs = Date.now() - begun;
  for (let kills = 0; kills < KILLS; kills++) {
    // Most of the time goes by before the first request.
    const afterMs = wholeMs * (0.3 + 0.8 * Math.random());
    await killed(practice, new Promise((resolve) => setTimeout(resolve, afterMs)));
    requireWorkingKey(practice);
    if (kills % 5 === 4) await requireFinish(practice);
  }
  await requireFinish(practice);
}, 1_800_000);

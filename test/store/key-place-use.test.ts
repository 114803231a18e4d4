import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBarrier } from '../support/barrier.js';
import { hasKeyring, useKeyring } from '../support/keyring.js';
import { startProgram } from '../support/started-program.js';
import { useKept } from '../support/use-kept.js';
import { printed, usePractice, withCode } from '../support/use-practice.js';
import { canWatch, watchKeyring } from '../support/watch-keyring.js';

const PROD = ['credential-process', 'prod-role'];
const FIRST_RUNS = 12;

describe.skipIf(!hasKeyring || !canWatch)('the key in the keychain', () => {
  it('is read once by a process, however much it opens and keeps', async () => {
    const { practice, run } = await useKept();
    const keyring = await useKeyring();
    await keyring.start('unlocked');
    const calls = await watchKeyring(keyring);
    expect(await run(['identity', 'import', 'base'], keyring.env)).toMatchObject({ status: 0 });
    expect((await calls()).made).toContainEqual(expect.stringMatching(/^assume\//));
    // The long-term key is opened, the session and the role are sealed and written.
    printed(await run(PROD, { ...keyring.env, ...withCode(practice).env }));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(await calls()).toEqual({ reads: 1, made: [] });
    printed(await run(PROD, keyring.env));
    expect(await calls()).toEqual({ reads: 1, made: [] });
    await run(['list'], keyring.env);
    await run(['status'], keyring.env);
    expect(await calls()).toEqual({ reads: 0, made: [] });
  });

  it('is made once, by one of all first runs, which then keep in one store', async () => {
    const practice = await usePractice();
    const keyring = await useKeyring();
    await keyring.start('unlocked');
    const calls = await watchKeyring(keyring);
    const barrier = makeBarrier(practice.home);
    const env = { ...barrier.env, ...keyring.env, ...withCode(practice).env };
    const targets = ['prod-role', 'prod-readonly'];
    const programs = Array.from({ length: FIRST_RUNS }, (_, index) =>
      startProgram(practice, ['credential-process', targets[index % 2] ?? ''], env),
    );
    await barrier.open(FIRST_RUNS);
    for (const { ended } of programs) printed(await ended);
    const { made } = await calls();
    expect(made.filter((name) => name.startsWith('assume/'))).toHaveLength(1);
    const stores = readdirSync(join(practice.home.path, '.cache/assume'));
    const id = made.find((name) => name.startsWith('assume/'))?.slice('assume/'.length) ?? '';
    expect(stores.filter((name) => name.startsWith('sealed-'))).toEqual([`sealed-${id}`]);
    practice.received();
    for (const target of targets) {
      printed(await practice.run(['credential-process', target], { env: keyring.env }));
    }
    expect(practice.received()).toEqual([]);
  });
});

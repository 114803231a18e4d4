import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInMemory } from '../../src/host/is-in-memory.js';
import { NEW_SHARED_MEMORY, SHARED_MEMORY_ON_DISK, underOwnMounts } from '../support/own-mounts.js';
import type { Practice, RunOptions } from '../support/practice.js';
import { makeTempHome } from '../support/temp-home.js';
import { usePractice, withCode } from '../support/use-practice.js';

const IN_MEMORY = underOwnMounts(NEW_SHARED_MEMORY, 'sh');
const SHARED = '/dev/shm/assume-0';

/** Whether the homes of these tests lie on a disk at all. */
const HAS_DISK = ((): boolean => {
  const home = makeTempHome();
  home.remove();
  return !isInMemory(join(home.path, '..'));
})();
if (!HAS_DISK) console.warn('skipped: the temporary directory here lies in memory');

/** A directory on a disk, 0700, as another runtime directory. */
function makeDisk(practice: Practice): string {
  const disk = join(practice.home.path, 'disk');
  mkdirSync(disk, { mode: 0o700 });
  return disk;
}

/** Assumes a role behind a code, then says where sessions are kept. */
async function whereKept(
  practice: Practice,
  { env, under = [] }: RunOptions,
  prepare = 'true',
): Promise<unknown> {
  // All in one namespace: what the first keeps, the second has to find.
  const script = `${prepare} && "$@" exec prod-role -- true && "$@" status --json`;
  const ended = await practice.run([], {
    env: { ...withCode(practice).env, ...env },
    under: [...under, 'sh', '-c', script, 'sh'],
  });
  expect(ended).toMatchObject({ status: 0 });
  const { store, sessions } = JSON.parse(ended.stdout) as { store: object; sessions: unknown[] };
  return { ...store, kept: sessions.length };
}

describe.skipIf(!HAS_DISK || IN_MEMORY === null)('sessions in clear', () => {
  it('are not kept in a runtime directory on a disk', async () => {
    const practice = await usePractice();
    const disk = makeDisk(practice);
    const options = { env: { XDG_RUNTIME_DIR: disk }, under: IN_MEMORY ?? [] };
    expect(await whereKept(practice, options)).toMatchObject({ path: SHARED, kept: 2 });
    expect(readdirSync(disk)).toEqual([]);
  });

  it('are not kept where a link in the runtime directory leads', async () => {
    const practice = await usePractice();
    const disk = makeDisk(practice);
    const options = { env: { XDG_RUNTIME_DIR: '/dev/shm/run' }, under: IN_MEMORY ?? [] };
    const link = `mkdir -m 700 /dev/shm/run && ln -s '${disk}' /dev/shm/run/assume`;
    expect(await whereKept(practice, options, link)).toMatchObject({ path: SHARED, kept: 2 });
    expect(readdirSync(disk)).toEqual([]);
  });

  it.each([
    ['not kept at all where nothing lives in memory', '', null, 0],
    ['kept on the disk where store = plain says so', 'store = plain\n', '.cache/assume', 2],
  ])('are %s', async (_, settings, place, kept) => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', `[settings]\n${settings}`);
    const disk = makeDisk(practice);
    const under = underOwnMounts(SHARED_MEMORY_ON_DISK, disk) ?? [];
    const path = place && join(practice.home.path, place);
    const options = { env: { XDG_RUNTIME_DIR: disk }, under };
    expect(await whereKept(practice, options)).toMatchObject({ path, kept });
    expect(readdirSync(disk)).toEqual([]);
  });
});

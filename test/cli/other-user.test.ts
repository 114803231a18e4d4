import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdNext } from '../support/hold-next.js';
import type { Practice } from '../support/practice.js';
import { readTree } from '../support/read-tree.js';
import { startProgram } from '../support/started-program.js';
import { findTool } from '../support/tools.js';
import { usePractice, withCode } from '../support/use-practice.js';

const SETPRIV = process.getuid?.() === 0 ? findTool('setpriv') : null;
if (SETPRIV === null) console.warn('skipped: only root can look as another user');

/** Which of the paths another user can open or list. */
function openTo(paths: readonly string[]): string[] {
  const script = `
const { closeSync, openSync, readFileSync } = require('node:fs');
const isOpen = (path) => { try { closeSync(openSync(path)); return true; } catch { return false; } };
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).filter(isOpen)));`;
  const user = ['--reuid=5010', '--regid=5010', '--clear-groups'];
  const looking = spawnSync(SETPRIV ?? '', [...user, process.execPath, '-e', script], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    cwd: '/',
  });
  if (looking.status !== 0) throw new Error(looking.stderr);
  return JSON.parse(looking.stdout) as string[];
}

/** Every path in the home and where its `run` leads, which others may enter as in many a system. */
function everything({ home }: Practice): string[] {
  return [home.path, join(home.path, 'run')].flatMap((place) =>
    [...readTree(place).keys()].map((path) => join(place, path)),
  );
}

async function openHome(): Promise<Practice> {
  const practice = await usePractice();
  mkdirSync(join(practice.home.path, 'tmp'), { mode: 0o777 });
  for (const place of ['', 'run']) chmodSync(join(practice.home.path, place), 0o755);
  return practice;
}

describe.skipIf(SETPRIV === null)('another user', () => {
  it.each([
    ['000', ''],
    ['777', ''],
    ['000', 'store = plain\n'],
  ])('opens nothing of a whole day under umask %s, settings %j', async (umask, settings) => {
    const practice = await openHome();
    practice.write('.config/assume/assume.ini', `[settings]\n${settings}`);
    const before = new Set(everything(practice));
    const under = ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'];
    const env = { TMPDIR: join(practice.home.path, 'tmp'), ...withCode(practice).env };
    for (const args of [
      ['exec', 'prod-role', '--', 'true'],
      ['write', 'prod-role'],
      ['login'],
      ['exec', 'dev', '--', 'true'],
      ['write', 'dev'],
    ]) {
      expect(await practice.run(args, { env, under })).toMatchObject({ status: 0 });
    }
    const made = everything(practice).filter((path) => !before.has(path));
    expect(made.filter((path) => /\/role-\w+\.json$/.test(path))).toHaveLength(2);
    expect(openTo([...made, join(practice.home.path, '.aws/credentials')])).toEqual([]);
    expect(openTo([practice.home.path])).toEqual([practice.home.path]);
  });

  it('learns nothing from the process while it holds a session', async () => {
    const practice = await openHome();
    const hold = holdNext(practice, 'AssumeRole');
    const program = startProgram(
      practice,
      ['credential-process', 'prod-role'],
      withCode(practice).env,
    );
    await hold.received;
    const proc = `/proc/${String(program.pid)}`;
    expect(openTo([`${proc}/cmdline`, `${proc}/environ`, `${proc}/mem`, `${proc}/fd`])).toEqual([
      `${proc}/cmdline`,
    ]);
    hold.release();
    expect((await program.ended).status).toBe(0);
  });
});

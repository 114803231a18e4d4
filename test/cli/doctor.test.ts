import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/commands/doctor-finding.js';
import type { Practice, RunOptions } from '../support/practice.js';
import { readTree } from '../support/read-tree.js';
import { findTool } from '../support/tools.js';
import { usePractice } from '../support/use-practice.js';

const NOBODY = 65_534;
const SETPRIV = process.getuid?.() === 0 ? findTool('setpriv') : null;
const AS_NOBODY = [
  SETPRIV ?? '',
  `--reuid=${String(NOBODY)}`,
  `--regid=${String(NOBODY)}`,
  '--clear-groups',
];

/** A home that nothing is wrong with. */
async function useHealthy(settings = ''): Promise<Practice> {
  const practice = await usePractice();
  for (const path of ['.aws/credentials', '.aws/config'])
    chmodSync(join(practice.home.path, path), 0o600);
  practice.write('.bashrc', 'eval "$(assume hook bash)"\n');
  mkdirSync(join(practice.home.path, '.config/assume'), { recursive: true, mode: 0o700 });
  if (settings !== '') chmodSync(practice.write('.config/assume/assume.ini', settings), 0o600);
  return practice;
}

/** Everything of the home becomes that of the user `nobody`. */
function giveAway({ home }: Practice): void {
  for (const path of ['', ...readTree(home.path).keys()]) {
    chownSync(join(home.path, path), NOBODY, NOBODY);
  }
}

/** What is not good, and the status. Every such finding says what to type. */
async function examine(practice: Practice, options: RunOptions = {}) {
  const { status, stdout } = await practice.run(['doctor', '--json'], options);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  const told = findings.filter(({ state }) => state !== 'good');
  expect(told.filter(({ advice }) => !advice)).toEqual([]);
  return {
    status,
    told: told.map(
      ({ topic, state, text, advice }) => `${state} ${topic}: ${text} → ${advice ?? ''}`,
    ),
  };
}

/** What may stand where a directory of ours should be, and what is said of it. */
const SPOILT: readonly [
  what: string,
  plant: (path: string) => void,
  found: (path: string) => string,
][] = [
  [
    'a link',
    (path) => {
      mkdirSync(`${path}.led-to`, { mode: 0o700 });
      symlinkSync(`${path}.led-to`, path);
    },
    (path) =>
      `${path} must be a directory, not a link or a file → Move it away: mv '${path}' '${path}.old'`,
  ],
  [
    'a file',
    (path) => {
      writeFileSync(path, '');
    },
    (path) =>
      `${path} must be a directory, not a link or a file → Move it away: mv '${path}' '${path}.old'`,
  ],
  [
    'open to others',
    (path) => {
      mkdirSync(path);
      chmodSync(path, 0o755);
    },
    (path) =>
      `${path} is open to other users (mode 0755) → See what lies in it, then close it: chmod 700 '${path}'`,
  ],
];
const FOREIGN: (typeof SPOILT)[number] = [
  "another user's",
  (path) => {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, 5010, 5010);
  },
  (path) =>
    `${path} belongs to another user (uid 5010) → Check HOME and the XDG variables; if it is a leftover of sudo: sudo rm -r '${path}'`,
];
const ROWS = process.getuid?.() === 0 ? [...SPOILT, FOREIGN] : SPOILT;

describe('doctor finds that the directory', () => {
  it.each(ROWS)('of the store on disk is %s', async (_, plant, found) => {
    const practice = await useHealthy('[settings]\nstore = plain\n');
    const path = join(practice.home.path, '.cache/assume');
    mkdirSync(join(path, '..'), { mode: 0o700 });
    plant(path);
    const { status, told } = await examine(practice);
    expect(status).toBe(1);
    expect(told).toContain(`wrong store: ${found(path)}`);
  });

  it.each(ROWS)('of the store in memory is %s, and passed over', async (_, plant, found) => {
    const practice = await useHealthy();
    const path = join(practice.home.path, 'run/assume');
    plant(path);
    const { told } = await examine(practice);
    expect(told).toEqual([`odd store: ${found(path)}`]);
  });

  it.each(ROWS)('of what is remembered is %s', async (_, plant, found) => {
    const practice = await useHealthy();
    const path = join(practice.home.path, '.local/state/assume');
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    plant(path);
    const { status, told } = await examine(practice);
    expect(status).toBe(1);
    expect(told).toEqual([`wrong state: ${found(path)}`]);
  });

  it.skipIf(SETPRIV === null)('of the store is closed to its own user', async () => {
    const practice = await useHealthy('[settings]\nstore = plain\n');
    const cache = join(practice.home.path, '.cache/assume');
    mkdirSync(cache, { recursive: true, mode: 0o500 });
    giveAway(practice);
    const { status, told } = await examine(practice, { under: AS_NOBODY });
    expect(status).toBe(1);
    expect(told).toEqual([
      `wrong store: ${cache} is closed to yourself: 0500 → chmod 700 ${cache}`,
    ]);
  });

  it('above them takes nothing', async () => {
    const practice = await useHealthy('[settings]\nstore = plain\n');
    const env = { XDG_CACHE_HOME: '/proc/nope', XDG_STATE_HOME: '/proc/nope' };
    const { status, told } = await examine(practice, { env });
    expect(status).toBe(1);
    expect(told).toEqual([
      expect.stringMatching(
        /^wrong store: cannot write in \/proc: .* → .*ls -ld '\/proc'; df -h '\/proc'$/,
      ),
      expect.stringMatching(/^wrong state: cannot write in \/proc: .* → /),
    ]);
  });

  it.skipIf(SETPRIV === null)('may not even be looked at', async () => {
    const practice = await useHealthy();
    const closed = join(practice.home.path, 'closed');
    giveAway(practice);
    mkdirSync(closed, { mode: 0o700 });
    const env = { XDG_STATE_HOME: join(closed, 'state') };
    const { status, told } = await examine(practice, { env, under: AS_NOBODY });
    expect(status).toBe(1);
    expect(told).toEqual([
      `wrong state: cannot look at ${closed}/state/assume: permission denied (EACCES) → See who may enter it: ls -ld '${closed}/state'`,
    ]);
  });
});

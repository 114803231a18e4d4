import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KEYS } from '../support/configured-host.js';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { makeTempHome, type TempHome } from '../support/temp-home.js';

const LONG = 'x'.repeat(5_000_000);
const WORDS = 'x '.repeat(2_500_000);
/** Linux takes no longer word in a command line. */
const LONGEST_ARGUMENT = 'x'.repeat(128 * 1024 - 40);
const MOST_OF_A_LINE = 5000;

let home: TempHome;

beforeEach(() => {
  home = makeTempHome();
});

afterEach(() => {
  home.remove();
});

/** Runs the program, and proves that nobody has to read more of a line than fits a page. */
function run(words: readonly string[], files: Readonly<Record<string, string>>, env = {}) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(home.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
  }
  const options = { env: { ...home.env, ...env }, encoding: 'utf8', maxBuffer: 1024 ** 3 } as const;
  const { status, stdout, stderr } = spawnSync(RUNTIME, [ASSUME, ...words], options);
  const longest = Math.max(...stderr.split('\n').map((line) => line.length));
  expect(longest).toBeLessThan(MOST_OF_A_LINE);
  return { status, stdout, stderr };
}

const CHECK = ['config', 'check'];
const CONFIG = '.aws/config';
const INI = '.config/assume/assume.ini';
const BASE = `[profile base]\n${KEYS}`;
const ROLE = 'role_arn = arn:aws:iam::222222222222:role/r\nsource_profile = base\n';

const profile = (line: string): string => `${BASE}[profile p]\n${ROLE}${line}\n`;

it.each<[what: string, text: string, place: string]>([
  ['role_arn', `${BASE}[profile p]\nrole_arn = ${LONG}\nsource_profile = base\n`, ':5:12'],
  ['role_arn of many words', `[profile p]\nrole_arn = ${WORDS}\nsource_profile = p\n`, ':2:12'],
  ['region', profile(`region = -${LONG}`), ':7:10'],
  ['duration_seconds', profile(`duration_seconds = ${LONG}`), ':7:20'],
  [
    'source_profile',
    `[profile p]\nrole_arn = arn:aws:iam::222222222222:role/r\nsource_profile = ${LONG}\n`,
    ':3:18',
  ],
  [
    'sso_session',
    `[profile p]\nsso_session = ${LONG}\nsso_account_id = 222222222222\nsso_role_name = r\n`,
    ':2:15',
  ],
  ['profile name', `[profile ${LONG}]\nrole_arn = nonsense\n`, ':2:12'],
  ['header', `[${LONG}\n`, ':1'],
  ['key', `[profile p]\n${LONG}\n`, ':2'],
])('of a %s of five megabytes the beginning is told, and its place', (_, text, place) => {
  const { status, stderr } = run(CHECK, { [CONFIG]: text });
  expect(status).toBe(3);
  expect(stderr).toContain(`${home.path}/${CONFIG}${place}`);
});

it.each<[what: string, text: string, line: number]>([
  ['key', `[settings]\n${LONG} = x\n`, 2],
  ['section', `[account ${LONG}]\nid = 1\n`, 2],
  ['duration', `[settings]\nduration = ${LONG}\n`, 2],
  ['identity', `[settings]\nidentity = ${LONG}\n`, 2],
])('the same of a %s of assume.ini', (_, text, line) => {
  const { status, stderr } = run(CHECK, { [INI]: text });
  expect(status).toBe(3);
  expect(stderr).toContain(`${home.path}/${INI}:${String(line)}`);
});

it('and of a section that some tool reads otherwise', () => {
  const { status, stderr } = run(CHECK, { [CONFIG]: `${BASE}[${LONG}]\nregion = eu-west-1\n` });
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning: .*config:4/);
});

it.each<[what: string, words: readonly string[], status: number]>([
  ['target', ['plan', LONGEST_ARGUMENT], 4],
  ['command’s word', ['config', LONGEST_ARGUMENT], 2],
  ['option', [`--${LONGEST_ARGUMENT}`], 2],
  ['region', ['plan', 'base', '--region', `-${LONGEST_ARGUMENT}`], 2],
  ['duration', ['plan', 'base', '--duration', LONGEST_ARGUMENT], 2],
  ['ARN', ['plan', `arn:aws:iam::222222222222:role/${LONGEST_ARGUMENT}`], 4],
  ['word to look for', ['list', LONGEST_ARGUMENT], 0],
])('and of a %s that was typed', (_, words, status) => {
  const ended = run(words, { [CONFIG]: BASE });
  expect(ended.status).toBe(status);
});

it('and of a variable', () => {
  const ended = run(['whoami'], { [CONFIG]: BASE }, { AWS_PROFILE: LONGEST_ARGUMENT });
  expect(ended.status).toBe(3);
  expect(ended.stderr).toContain('which AWS_PROFILE names');
});

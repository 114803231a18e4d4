import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEYS } from '../support/configured-host.js';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { makeTempHome, type TempHome } from '../support/temp-home.js';

const BASE = `[profile base]\n${KEYS}`;
const ROLE = 'role_arn = arn:aws:iam::222222222222:role/r\n';
const DEV = `[profile dev]\n${ROLE}source_profile = base\n`;

let home: TempHome;

beforeEach(() => {
  home = makeTempHome();
  mkdirSync(join(home.path, '.aws'));
});

afterEach(() => {
  home.remove();
});

/** Runs the program on a config file; places in what it says are without their directory. */
function run(config: string, ...words: string[]) {
  writeFileSync(join(home.path, '.aws/config'), config, { mode: 0o600 });
  const { status, stdout, stderr } = spawnSync(RUNTIME, [ASSUME, ...words], {
    env: home.env,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  return { status, stdout, stderr: stderr.replaceAll(`${home.path}/.aws/`, '') };
}

/** The lines of `config check` that tell what is wrong; it says nothing else. */
function problemsOf(config: string): string[] {
  const { status, stdout, stderr } = run(config, 'config', 'check');
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  const lines = stderr.trimEnd().split('\n');
  expect(lines.pop()).toBe('  correct it, then run: assume config check');
  return lines.map((line) => line.replace(/^assume: /, ''));
}

describe('config check, of profiles in a circle', () => {
  const ring = (key: string, size: number): string =>
    Array.from(
      { length: size },
      (_, index) => `[profile p${String(index)}]\n${ROLE}${key} = p${String((index + 1) % size)}\n`,
    ).join('');

  test.each([
    ['source_profile', 'one of them must name a profile that holds keys'],
    ['include_profile', 'correct include_profile, or remove it'],
  ])('tells of one circle of %s once', (key, hint) => {
    const [first, ...others] = problemsOf(ring(key, 3));
    expect(first).toMatch(
      new RegExp(
        `^${key} goes in a circle: p0 → p1 → p2 → p0 \\(config:3:\\d+, config:6:\\d+, .*\\) \\(${hint}\\)$`,
      ),
    );
    expect(others).toEqual([]);
  });

  test('tells of each of two circles, and not of those who lead into them', () => {
    const leading = `[profile q]\n${ROLE}source_profile = r\n[profile r]\n${ROLE}source_profile = p1\n`;
    const other = `[profile s]\n${ROLE}source_profile = s\n`;
    expect(problemsOf(leading + ring('source_profile', 2) + other)).toEqual([
      expect.stringContaining('in a circle: p0 → p1 → p0 (config:9:18, config:12:18)') as string,
      expect.stringContaining('in a circle: s → s (config:15:18)') as string,
    ]);
  });

  test.each(['source_profile', 'include_profile'])(
    'is brief about one of three thousand by %s',
    (key) => {
      const told = problemsOf(ring(key, 3000));
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/: p0 → p1 → p2 → p3 → p4 → 2995 more \(config:3:\d+, .*2995 more\)/);
      expect(told[0]?.length).toBeLessThan(400);
    },
    120_000,
  );

  test('tells of callbacks that lead to each other once', () => {
    const callback = (name: string, to: string): string =>
      `[profile ${name}]\ncredential_process = assume credential-process ${to}\n`;
    expect(problemsOf(callback('a', 'b') + callback('b', 'c') + callback('c', 'a'))).toEqual([
      expect.stringContaining('credential_process goes in a circle: a → b → c → a') as string,
    ]);
  });

  test('does not take a profile with keys of its own for one', () => {
    const itself = `[profile a]\n${KEYS}${ROLE}source_profile = a\n`;
    expect(run(itself, 'config', 'check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('config check, of a profile with several wrong values', () => {
  test('tells of each', () => {
    const wrong = [
      'role_arn = nonsense',
      'source_profile = base',
      'external_id = a b',
      'duration_seconds = 60',
      'source_identity = x',
      'mfa_serial = 12',
      'region = x y',
      'sts_regional_endpoints = near',
      'ca_bundle = /nonexistent/ca.pem',
    ].join('\n');
    const told = problemsOf(`[profile dev]\n${wrong}\n${BASE}`);
    expect(told.map((line) => /config:\d+/.exec(line)?.[0])).toEqual(
      [2, 4, 5, 6, 7, 8, 9, 10].map((line) => `config:${String(line)}`),
    );
  });

  test('tells of each of a role of IAM Identity Center', () => {
    const sso =
      '[profile a]\nsso_session = corp\nsso_account_id = 12\nsso_role_name = a b\nregion = x y\n';
    expect(problemsOf(sso)).toEqual([
      expect.stringContaining('config:3:18: sso_account_id of profile a') as string,
      expect.stringContaining('config:4:17: sso_role_name of profile a') as string,
      expect.stringContaining('config:5') as string,
    ]);
  });

  test('tells of them where its source is not there', () => {
    const lost = `[profile dev]\n${ROLE}source_profile = nobody\nexternal_id = a b\n`;
    expect(problemsOf(lost)).toEqual([
      expect.stringContaining('config:4:15: external_id of profile dev') as string,
      expect.stringContaining('there is no profile nobody') as string,
    ]);
  });
});

describe('config check, of files that a profile names', () => {
  test.each([
    ['half a quote', 'credential_process = keys "of jane', /config:2.*half a quote/],
    [
      'an absent program',
      'credential_process = /nonexistent/keys x',
      /no file \/nonexistent\/keys/,
    ],
    ['an absent CA bundle', `${KEYS}ca_bundle = /nonexistent/ca.pem`, /no file \/nonexistent\/ca/],
  ])('tells of %s', (_, lines, told) => {
    const problems = problemsOf(`[profile a]\n${lines}\n`);
    expect(problems).toEqual([expect.stringMatching(told) as string]);
    expect(run(`[profile a]\n${lines}\n`, 'exec', 'a', 'true').status).toBe(3);
  });

  test('tells of it once where others start from it', () => {
    const process = '[profile base]\ncredential_process = "\n';
    expect(problemsOf(process + DEV)).toHaveLength(1);
  });
});

describe('config check, of an sso-session that its profile contradicts', () => {
  const session =
    '[sso-session corp]\nsso_start_url = https://corp.example/start\nsso_region = eu-west-1\n';
  const profile = (line: string): string =>
    `${session}[profile p]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = r\n${line}\n`;

  test.each([
    ['sso_region = us-east-1', '8:14', '3:14'],
    ['sso_start_url = https://other.example/start', '8:17', '2:17'],
  ])('names both lines: %s', (line, own, other) => {
    const key = line.split(' ')[0] ?? '';
    expect(problemsOf(profile(line))).toEqual([
      `config:${own}: ${key} of profile p is not that of [sso-session corp] (config:${other}), which it names (remove ${key} from the profile, or write the same in both)`,
    ]);
  });

  test('does not hold what it includes against it, which the AWS CLI does not read', () => {
    const common = '[profile common]\nsso_region = us-east-1\n';
    const text = common + profile('include_profile = common');
    expect(run(text, 'config', 'check')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(
      problemsOf(common + profile('include_profile = common\nsso_region = us-east-1')),
    ).toEqual([expect.stringContaining('config:11:14: sso_region of profile p') as string]);
  });

  test('is silent where it says the same', () => {
    const text = profile('sso_region = eu-west-1');
    expect(run(text, 'config', 'check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

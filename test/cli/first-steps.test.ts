import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { SCHEMA } from '../../src/config/assume-schema.js';
import type { Practice } from '../support/practice.js';
import { usePractice } from '../support/use-practice.js';

const INI = '.config/assume/assume.ini';

let practice: Practice;

beforeEach(async () => {
  practice = await usePractice();
});

/** What `config --help` shows to be put into a file, without its indent. */
async function shownFile(about: RegExp): Promise<string> {
  const { stdout } = await practice.run(['config', '--help']);
  const [, text = ''] =
    new RegExp(`${about.source}[^\n]*:\n\n((?: {2}.*\n|\n)+)`).exec(stdout) ?? [];
  return text.replaceAll(/^ {2}/gm, '');
}

describe('where nothing is configured', () => {
  beforeEach(() => {
    practice.write('.aws/config', '');
    practice.write('.aws/credentials', '');
  });

  const firstSteps = (): string[] => [
    'nothing is configured yet; to try it on a practice AWS: assume sandbox',
    `  to use AWS profiles: add them to ${practice.home.path}/.aws/config; assume config --help shows one`,
    `  to list accounts and roles: write ${practice.home.path}/${INI}; assume config --help shows one`,
  ];

  test('assume prints three lines: the sandbox, profiles, a file of its own', async () => {
    expect(await practice.run([])).toMatchObject({
      status: 4,
      stdout: '',
      stderr: `assume: ${firstSteps().join('\n')}\n`,
    });
  });

  test('an empty list prints the same', async () => {
    expect(await practice.run(['list'])).toMatchObject({
      status: 0,
      stdout: '',
      stderr: `assume: ${firstSteps().join('\n')}\n`,
    });
  });

  test('a target that is not there is told with the same next steps', async () => {
    const { status, stderr } = await practice.run(['export', 'zzzzz']);
    expect(status).toBe(4);
    expect(stderr).toBe(`assume: there is no target zzzzz\n  ${firstSteps().join('\n')}\n`);
  });
});

describe('what config --help shows', () => {
  test('makes a target of a profile', async () => {
    practice.write('.aws/config', await shownFile(/~\/\.aws\/config/));
    const ended = await practice.run(['plan', 'prod-role', '--json']);
    expect(ended).toMatchObject({ status: 0 });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      roleArn: 'arn:aws:iam::444444444444:role/prod-role',
    });
  });

  test('makes targets of an account, as assume.ini', async () => {
    practice.write('.aws/config', '');
    practice.write(INI, await shownFile(/assume\.ini/));
    expect((await practice.run(['config', 'check'])).status).toBe(0);
    const { stdout } = await practice.run(['list', '--names']);
    expect(stdout).toBe('production/prod-role\nproduction/readonly\nbase\n');
    const plan = await practice.run(['plan', 'production/prod-role', '--json']);
    expect(JSON.parse(plan.stdout)).toMatchObject({
      roleArn: 'arn:aws:iam::444444444444:role/prod-role',
      identity: { name: 'shared', source: 'profile:base' },
    });
  });

  test('has every key, what it says, and the sections that may hold it', async () => {
    const { stdout } = await practice.run(['config', '--help']);
    for (const [key, { description }] of Object.entries(SCHEMA)) {
      expect(stdout).toMatch(new RegExp(`^  ${key} +\\S`, 'm'));
      expect(stdout).toContain(description);
    }
    expect(stdout).toMatch(/^ {2}identity +any but identity +/m);
    expect(stdout).toMatch(/^ {2}role_name +role, target +/m);
    expect(stdout).toMatch(/^ {2}region +any +/m);
  });
});

describe('a list that no target matches', () => {
  test.each([
    [['zzz'], 'no target matches zzz', 'see all: assume list'],
    [['prodd-role'], 'no target matches prodd-role', 'nearest: prod-role'],
    [['READ', 'prod-rloe'], 'no target matches READ prod-rloe', 'nearest to prod-rloe: prod-role'],
    [['dev', 'readonly'], 'no target matches dev readonly', 'fewer words match more'],
  ])('says what comes near, or how to see more: %j', async (words, message, hint) => {
    const { status, stdout, stderr } = await practice.run(['list', ...words]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    const [first, second] = stderr.split('\n');
    expect(first).toBe(`assume: ${message}`);
    expect(second).toContain(hint);
  });

  test('says nothing of it to a program', async () => {
    for (const form of ['--json', '--csv', '--names']) {
      expect((await practice.run(['list', 'zzz', form])).stderr).toBe('');
    }
  });

  test('shows what is typed without its invisible characters', async () => {
    const { stderr } = await practice.run(['list', 'z\u202ez']);
    expect(stderr).toContain('no target matches z\\u{202e}z');
  });
});

test('the paths that are shown are those that are read', async () => {
  practice.write('.aws/config', '');
  practice.write('.aws/credentials', '');
  const env = { ASSUME_CONFIG: join(practice.home.path, 'x.ini'), AWS_CONFIG_FILE: '/nowhere/c' };
  const { stderr } = await practice.run([], { env });
  expect(stderr).toContain(`write ${practice.home.path}/x.ini;`);
  expect(stderr).toContain('add them to /nowhere/c;');
});

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

import { findShell } from '../dialect/find-shell.js';
import { installProgram } from '../support/install-program.js';
import { parseEnvironment } from '../support/parse-environment.js';
import { startPractice, type Practice } from '../support/practice.js';

const run = promisify(execFile);

const SET = [
  'ASSUME_ACCOUNT_ID',
  'ASSUME_EXPIRATION',
  'ASSUME_ROLE_ARN',
  'ASSUME_TARGET',
  'AWSUME_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_EXPIRATION',
  'AWS_SESSION_TOKEN',
];

const REMOVED =
  `AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCOUNT_ID AWS_CREDENTIAL_SCOPE
  AWS_CREDENTIAL_FILE AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI
  AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE AWS_VAULT
  AWSUME_EXPIRATION GRANTED_SSO ASSUME_COLOR`.split(/\s+/);

let practice: Practice;
let env: Record<string, string>;
beforeAll(async () => {
  practice = await startPractice();
  const config = readFileSync(join(practice.home.path, '.aws/config'), 'utf8');
  practice.write('.aws/config', config.replace('prod-role]\n', 'prod-role]\nregion = eu-west-1\n'));
  const first = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env: first })).toMatchObject({ status: 0 });
  const stale = Object.fromEntries(REMOVED.map((name) => [name, 'stale']));
  env = { ...practice.env, ...stale, PATH: installProgram(practice.home) };
});
afterAll(() => practice.close());

const OF_US = /^(AWS|AWSUME|GRANTED|ASSUME)_/;
const KEPT = ['ASSUME_ENDPOINT_URL'];

/** The program, its arguments before the script, and the script that loads and then runs `env -0`. */
const posix = (name: string): string => `eval "$(assume export prod-role --shell ${name})"\nenv -0`;
const SHELLS: readonly (readonly [program: string, words: readonly string[], script: string])[] = [
  ['sh', ['-c'], posix('sh')],
  ['bash', ['-c'], posix('bash')],
  ['zsh', ['-fc'], posix('zsh')],
  ['dash', ['-c'], posix('dash')],
  ['ksh93', ['-c'], posix('ksh')],
  ['mksh', ['-c'], posix('mksh')],
  ['busybox', ['sh', '-c'], posix('busybox')],
  ['yash', ['-c'], posix('yash')],
  ['fish', ['--no-config', '-c'], 'assume export prod-role --shell fish | source; env -0'],
  [
    'tcsh',
    ['-fc'],
    'assume export prod-role --shell tcsh >"$HOME/out.csh"; source "$HOME/out.csh"; env -0',
  ],
  ['elvish', ['-norc', '-c'], 'eval (assume export prod-role --shell elvish | slurp)\nenv -0'],
  ['xonsh', ['--no-rc', '-c'], 'execx($(assume export prod-role --shell xonsh))\nenv -0'],
  ['nu', ['--no-config-file', '-c'], 'source out.nu; ^env -0'],
];

describe('assume export', () => {
  describe.each(SHELLS)('%s', (program, words, script) => {
    const path = findShell(program);
    it.skipIf(path === null)(
      'sets exactly the variables of a target and removes the rest',
      async () => {
        // Nushell reads what it sources before it runs anything.
        const written = await practice.run(['export', 'prod-role', '--shell', 'nu'], { env });
        practice.write('out.nu', written.stdout);
        const { stdout } = await run(path ?? '', [...words, script], {
          env,
          cwd: practice.home.path,
        });
        const found = parseEnvironment(stdout);
        const ours = Object.keys(found).filter((name) => OF_US.test(name) && !KEPT.includes(name));
        expect(ours.sort()).toEqual(SET);
        const json = await practice.run(['export', 'prod-role', '--format', 'json']);
        const wanted = JSON.parse(json.stdout) as Record<string, string | null>;
        expect(Object.fromEntries(SET.map((name) => [name, found[name]]))).toEqual(
          Object.fromEntries(SET.map((name) => [name, wanted[name]])),
        );
      },
    );
  });

  it('gives JSON an object of exactly the variables, null where one has to go', async () => {
    const { stdout } = await practice.run(['export', 'prod-role', '--format', 'json'], { env });
    const variables = JSON.parse(stdout) as Record<string, string | null>;
    expect(
      Object.keys(variables)
        .filter((name) => variables[name] !== null)
        .sort(),
    ).toEqual(SET);
    expect(
      Object.keys(variables)
        .filter((name) => variables[name] === null)
        .sort(),
    ).toEqual([...REMOVED, 'ASSUME_MFA_CODE'].sort());
  });

  it('gives a target without a region no region, and takes the last target’s away', async () => {
    const inTarget = { ASSUME_TARGET: 'prod-role', AWS_REGION: 'eu-west-1' };
    const words = ['export', 'prod-readonly', '--format', 'json'];
    const { stdout } = await practice.run(words, { env: inTarget });
    expect(JSON.parse(stdout)).toMatchObject({ AWS_REGION: null, AWS_DEFAULT_REGION: null });
  });

  it('gives dotenv only what is set, one a line, without quotes', async () => {
    const { stdout } = await practice.run(['export', 'prod-role', '--format', 'dotenv'], { env });
    const rows = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split('=', 1)[0]).sort()).toEqual(SET);
    expect(stdout).not.toMatch(/['"\s]\n|= /);
  });

  test.each([
    [{ SHELL: '/usr/bin/fish' }, /^set -gx AWS_REGION /m],
    [{ SHELL: '/usr/bin/fish', ASSUME_SHELL: 'bash' }, /^export AWS_REGION=/m],
    [{ SHELL: '/bin/tcsh' }, /^setenv AWS_REGION /m],
    [{ SHELL: '/opt/unheard-of' }, /^export AWS_REGION=/m],
    [{ SHELL: undefined }, /^export AWS_REGION=/m],
  ])('writes for the shell of %j, ended by the sentinel', async (variables, line) => {
    const { stdout } = await practice.run(['export', 'prod-role'], { env: variables });
    expect(stdout).toMatch(line);
    expect(stdout).toMatch(/\n(# assume: end|unsetenv 'assume: end')\n$/);
  });

  describe.each([
    ['bash', 'eval "$(assume export nowhere)"; echo "status $?"; env -0'],
    ['zsh', 'eval "$(assume export nowhere)"; echo "status $?"; env -0'],
    ['fish', 'assume export nowhere --shell fish | source; echo "status $status"; env -0'],
  ])('%s', (name, script) => {
    const path = findShell(name);
    it.skipIf(path === null)('sees that it failed, and is as it was', async () => {
      const { stdout } = await run(path ?? '', ['-c', script], { env, cwd: practice.home.path });
      expect(stdout).toMatch(/^status 4\n/);
      const after = parseEnvironment(stdout.slice(stdout.indexOf('\n') + 1));
      const stale = Object.fromEntries(REMOVED.map((variable) => [variable, 'stale']));
      expect(after).toMatchObject(stale);
      expect(after).not.toHaveProperty('AWS_ACCESS_KEY_ID');
    });
  });

  const BROKEN = { ASSUME_CONFIG: 'broken.ini' };
  const ELVISH = { SHELL: '/usr/bin/elvish' };
  const FAIL_2 = "if $true { fail 'assume export failed with status 2' }\n";
  it.each([
    ['a target that is none', 'nowhere', {}, 4, "sh -c 'exit 4' >&2\n"],
    ['a code that nobody gives', 'prod-role --no-cache', {}, 5, "sh -c 'exit 5' >&2\n"],
    ['files that are wrong', 'prod-role', BROKEN, 3, "sh -c 'exit 3' >&2\n"],
    ['an option that is none', 'prod-role --nonsense', {}, 2, "sh -c 'exit 2' >&2\n"],
    ['an option that is none, in front', '--nonsense=1 prod-role', {}, 2, "sh -c 'exit 2' >&2\n"],
    ['an option without its value', 'prod-role --region', {}, 2, "sh -c 'exit 2' >&2\n"],
    ['a word too many', 'prod-role prod-role', ELVISH, 2, FAIL_2],
    ['a word too many, by --shell', 'a b --shell elvish', {}, 2, FAIL_2],
    ['the same before --shell', 'a b --nonsense --shell elvish', {}, 2, FAIL_2],
    ['a shell that is none', 'prod-role --shell bsh', {}, 2, "sh -c 'exit 2' >&2\n"],
    ['a shell that is none, in Elvish', 'prod-role --shell bsh', ELVISH, 2, FAIL_2],
    ['a format that is none', 'prod-role --format xml', {}, 2, "sh -c 'exit 2' >&2\n"],
    ['JSON', 'nowhere --format json', {}, 4, ''],
    ['dotenv', 'nowhere --format dotenv', {}, 4, ''],
  ])('after a failure stdout fails too: %s', async (_, words, variables, status, stdout) => {
    practice.write('broken.ini', '[settings]\nregoin = eu-west-1\n');
    const ended = await practice.run(['export', ...words.split(' ')], { env: variables });
    expect(ended).toMatchObject({ status, stdout });
    expect(ended.stderr).toMatch(/^assume: /);
  });
});

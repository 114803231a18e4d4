import { appendFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/grammar.js';
import { credentialsText, startPractice, type Practice } from '../support/practice.js';
import { describeTree, readTree } from '../support/read-tree.js';

const INI = '.config/assume/assume.ini';

let practice: Practice;

beforeEach(async () => {
  practice = await startPractice();
});

afterEach(() => practice.close());

interface PlanJson {
  readonly [field: string]: unknown;
  readonly remarks: readonly string[];
  readonly origins: Readonly<
    Record<string, { file: string | null; line: number | null; name: string }>
  >;
  readonly hops: readonly Readonly<Record<string, unknown>>[];
}

async function plan(...words: string[]): Promise<PlanJson> {
  const ended = await practice.run(['plan', ...words, '--json']);
  expect(ended).toMatchObject({ status: 0 });
  return JSON.parse(ended.stdout) as PlanJson;
}

const ORDER = ['target a/r', 'account a', 'customer c', 'role r', 'identity i', 'settings'];
const FIXED: Readonly<Record<string, string>> = {
  'account a': 'id = 444444444444\ncustomer = c\nroles = r\n',
  'identity i': 'credentials = profile:base\nuser_name = jane\n',
};

/** A file in which each of the sections says its own of the key, and the line of each. */
function layered(values: Readonly<Record<string, string>>): string {
  const sections = ORDER.map(
    (name) =>
      `[${name.replace('target a', 'target c/a')}]\n${FIXED[name] ?? ''}${values[name] ?? ''}\n`,
  );
  return sections.join('');
}

function lineOf(text: string, wanted: string): number {
  return text.split('\n').indexOf(wanted) + 1;
}

describe('a value is looked up from the nearest section outwards', () => {
  test('command line, target, account, customer, role, identity, settings', async () => {
    const say = (name: string): string => `session_name = from-${name.replace(/\W/g, '-')}`;
    const present = [...ORDER];
    const flagged = practice.write(
      INI,
      layered(Object.fromEntries(present.map((name) => [name, say(name)]))),
    );
    expect(flagged).toContain(INI);
    expect((await plan('a/r', '--session-name', 'typed')).hops[0]?.['sessionName']).toBe('typed');
    while (present.length > 0) {
      const text = layered(Object.fromEntries(present.map((name) => [name, say(name)])));
      practice.write(INI, text);
      const told = await plan('a/r');
      const [nearest = ''] = present;
      expect(`session_name = ${String(told.hops[0]?.['sessionName'])}`).toBe(say(nearest));
      expect(told.origins['hops.0.sessionName']?.line).toBe(lineOf(text, say(nearest)));
      present.shift();
    }
  });
});

describe('safety keys take the strictest, wherever it stands', () => {
  test.each(ORDER)('and no nearer section loosens what [%s] demands', async (strict) => {
    const loose = 'protected = no\ncache = yes\nmfa_max_age = 8h';
    const demanding = 'protected = yes\ncache = no\nmfa_max_age = 7m';
    const text = layered(
      Object.fromEntries(ORDER.map((name) => [name, name === strict ? demanding : loose])),
    );
    practice.write(INI, text);
    const told = await plan('a/r');
    expect(told).toMatchObject({ protected: true, cache: false, mfa: { maxAgeSeconds: 420 } });
    expect(told.origins['protected']?.line).toBe(lineOf(text, 'protected = yes'));
    expect(told.origins['cache']?.line).toBe(lineOf(text, 'cache = no'));
    expect(told.origins['mfa.maxAgeSeconds']?.line).toBe(lineOf(text, 'mfa_max_age = 7m'));
  });

  test.each(['target a/r', 'account a', 'customer c', 'role r'])(
    'the duration of [%s] caps all others, the flag too',
    async (strict) => {
      const text = layered(
        Object.fromEntries(
          ORDER.map((name) => [name, name === strict ? 'duration = 20m' : 'duration = 1h']),
        ),
      );
      practice.write(INI, text);
      const told = await plan('a/r', '--duration', '50m');
      expect(told.hops[0]?.['durationSeconds']).toBe(1200);
      expect(told.origins['hops.0.durationSeconds']?.line).toBe(lineOf(text, 'duration = 20m'));
      expect(told.remarks.join()).toMatch(/--duration 50m is capped to 20m/);
    },
  );

  test('a role that is not cached asks AWS each time; a protected one says so', async () => {
    practice.write(INI, '[account d]\nid = 222222222222\nroles = dev-role\ncache = no\n');
    for (let run = 0; run < 2; run += 1)
      await practice.run(['exec', 'd/dev-role', '--session-name', 'jane', '--', 'true']);
    expect(practice.received()).toEqual(['AssumeRole', 'AssumeRole']);
  });

  test('long roles that settings forbid last an hour, and that is told', async () => {
    practice.write(INI, '[settings]\nlong_roles = never\n');
    const told = await plan('dev', '--duration', '2h');
    expect(told.hops[0]?.['durationSeconds']).toBe(3600);
    expect(told.remarks.join()).toContain('long_roles = never');
  });
});

describe('with broken configuration', () => {
  const broken = ['[settings]\nregoin = x\n', '[account\n', '\u0000\u0001'];

  test.each(broken)(
    'help, hook, leave, logout, doctor and config path still work: %j',
    async (text) => {
      practice.write(INI, text);
      practice.write('.aws/config', 'broken\n');
      const hooked = { ASSUME_SHELL: 'bash', ASSUME_HOOK: '1', ASSUME_TARGET: 'x' };
      for (const words of [
        ['--help'],
        ['--version'],
        ['hook', 'bash'],
        ['logout'],
        ['config', 'path'],
      ])
        expect(await practice.run(words)).toMatchObject({ status: 0 });
      expect(await practice.run(['leave'], { env: hooked })).toMatchObject({ status: 0 });
      const doctor = await practice.run(['doctor']);
      expect(doctor.status).toBe(1);
      expect(doctor.stdout).toMatch(/wrong configuration: .*\.aws\/config:1/);
      for (const words of [['list'], ['config', 'check'], ['write', 'dev'], ['status']])
        expect(await practice.run(words)).toMatchObject({ status: 3, stdout: '' });
    },
  );

  test.each(Object.keys(COMMANDS))('%s --help has its two examples', async (command) => {
    practice.write(INI, 'broken');
    const { status, stdout } = await practice.run([command, '--help']);
    expect(status).toBe(0);
    const [, examples = ''] = stdout.split('Examples:\n');
    expect(examples.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('config', () => {
  test('check is silent and 0 on good files, and tells every error of bad ones at once', async () => {
    practice.write(INI, '[account d]\nid = 222222222222\nroles = dev-role\n');
    const before = describeTree(readTree(practice.home.path));
    expect(await practice.run(['config', 'check'])).toEqual({
      status: 0,
      signal: null,
      stdout: '',
      stderr: '',
    });
    expect(describeTree(readTree(practice.home.path))).toEqual(before);
    practice.write(INI, '[account d]\nid = 2\ncolour = red\n[nope]\n');
    const { stderr } = await practice.run(['config', 'check']);
    for (const line of [2, 3, 4]) expect(stderr).toContain(`${INI}:${String(line)}:`);
  });

  test('path takes an empty HOME for none', async () => {
    const env = { XDG_CONFIG_HOME: undefined, HOME: undefined };
    const unset = await practice.run(['config', 'path'], { env });
    expect(unset.stdout).toContain('/.aws/config');
    const empty = await practice.run(['config', 'path'], { env: { ...env, HOME: '' } });
    expect(empty).toEqual(unset);
  });

  test('path names the files, and which are not there', async () => {
    const { stdout } = await practice.run(['config', 'path']);
    const home = practice.home.path;
    expect(stdout.split('\n')).toEqual([
      `${home}/${INI} (not there)`,
      `${home}/.config/assume/conf.d (not there)`,
      `${home}/.aws/config`,
      `${home}/.aws/credentials`,
      '',
    ]);
  });
});

describe('list', () => {
  const text = `[customer acme]
color = red
[account prod]
id = 444444444444
customer = acme
roles = prod-role, readonly
region = eu-west-1
tags = env==1+1, tier=gold
protected = yes
[account a b]
id = 222222222222
roles = dev-role
`;

  beforeEach(() => {
    practice.write(INI, text);
  });

  test('every typed word must match some field', async () => {
    const names = async (...words: string[]): Promise<string> =>
      (await practice.run(['list', '--names', ...words])).stdout;
    expect(await names('acme', 'GOLD', 'readonly')).toBe('prod/readonly\n');
    expect(await names('acme', 'dev-role')).toBe('');
    expect(await names('eu-west-1', '4444')).toBe('prod/prod-role\nprod/readonly\n');
  });

  test('--names gives only what every shell takes as it is', async () => {
    const { stdout } = await practice.run(['list', '--names']);
    expect(stdout.split('\n')).toEqual([
      ...['prod/prod-role', 'prod/readonly', 'prod-role', 'prod-readonly', 'dev', 'base', ''],
    ]);
  });

  test('--json has every field of a target', async () => {
    await practice.run(['exec', 'dev', '--', 'true']);
    const { stdout } = await practice.run(['list', '--json']);
    const { version, targets } = JSON.parse(stdout) as {
      version: number;
      targets: Record<string, unknown>[];
    };
    expect(version).toBe(1);
    expect(targets[0]).toEqual({
      name: 'prod/prod-role',
      kind: 'catalogue',
      accountId: '444444444444',
      accountName: 'prod',
      roleName: 'prod-role',
      roleArn: 'arn:aws:iam::444444444444:role/prod-role',
      customer: 'acme',
      tags: { env: '=1+1', tier: 'gold' },
      region: 'eu-west-1',
      color: 'red',
      protected: true,
      expiration: null,
      origin: { file: join(practice.home.path, INI), line: 3 },
    });
    expect(targets.find(({ name }) => name === 'dev')?.['expiration']).toMatch(/^2.*Z$/);
  });

  test('--csv holds nothing that a spreadsheet runs', async () => {
    practice.write(
      INI,
      text.replace('[account a b]', '[account =cmd|x!A0]').replace('tags = env', 'tags = @env'),
    );
    const { stdout } = await practice.run(['list', '--csv']);
    const rows = stdout.split('\r\n');
    expect(rows[0]).toBe(
      'name,kind,accountId,accountName,roleName,roleArn,customer,region,tags,protected,expiration',
    );
    expect(stdout).toContain("'=cmd|x!A0/dev-role");
    for (const row of rows)
      for (const field of row.split(',')) expect(field).not.toMatch(/^"?[=+@\t-]/);
  });
});

describe('status', () => {
  test('tells the shell and every live session as JSON, and calls nothing', async () => {
    await practice.run(['exec', 'prod-role', '--', 'true'], {
      env: { ASSUME_MFA_CODE: practice.code('jane.doe') },
    });
    practice.received();
    const env = {
      ASSUME_TARGET: 'prod-role',
      ASSUME_ROLE_ARN: 'arn:aws:iam::444444444444:role/prod-role',
      ASSUME_ACCOUNT_ID: '444444444444',
      ASSUME_EXPIRATION: '2099-01-01T00:00:00Z',
    };
    const { stdout } = await practice.run(['status', '--json'], { env });
    const told = JSON.parse(stdout) as { sessions: { expiration: string }[] };
    expect(told).toMatchObject({
      version: 1,
      shell: {
        target: 'prod-role',
        roleArn: env.ASSUME_ROLE_ARN,
        accountId: '444444444444',
        expiration: env.ASSUME_EXPIRATION,
      },
      sessions: [
        { kind: 'session', identity: 'base', target: null, roleArn: null },
        { kind: 'role', identity: 'base', target: 'prod-role', roleArn: env.ASSUME_ROLE_ARN },
      ],
      store: { name: 'plain', path: join(practice.home.path, 'run/assume') },
    });
    for (const { expiration } of told.sessions) expect(expiration).toMatch(/^\d{4}-.*Z$/);
    const bare = JSON.parse((await practice.run(['status', '--json'])).stdout) as {
      shell: unknown;
    };
    expect(bare.shell).toBeNull();
    expect(practice.received()).toEqual([]);
  });
});

describe('login and logout', () => {
  const two = (): void => {
    appendFileSync(
      join(practice.home.path, '.aws/credentials'),
      credentialsText('john', practice.key('john.doe')),
    );
    practice.write(
      INI,
      `[settings]\nidentity = jane\n[identity jane]\ncredentials = profile:base\nmfa_serial = ${practice.serial('jane.doe')}\n[identity john]\ncredentials = profile:john\nmfa_serial = ${practice.serial('john.doe')}\n`,
    );
  };
  const code = (name: string): { env: Record<string, string> } => ({
    env: { ASSUME_MFA_CODE: practice.freshCode(name) },
  });

  test('login starts the session of the chosen identity, once', async () => {
    two();
    expect(await practice.run(['login'], code('jane.doe'))).toMatchObject({
      status: 0,
      stdout: '',
    });
    expect((await practice.run(['login'])).stderr).toMatch(/jane has an MFA session already/);
    expect(await practice.run(['login', 'john'], code('john.doe'))).toMatchObject({ status: 0 });
    const both = await practice.run(['login', '--all', '--no-input']);
    expect(both).toMatchObject({ status: 0 });
    expect(practice.received()).toEqual(['GetSessionToken', 'GetSessionToken']);
    expect(
      await practice.run(['login', '--refresh', '--mfa-code', '-'], {
        input: `${practice.freshCode('jane.doe')}\n`,
      }),
    ).toMatchObject({ status: 0 });
    expect(practice.received()).toEqual(['GetSessionToken']);
  });

  test('logout forgets one identity, asks which of several, or forgets all', async () => {
    two();
    await practice.run(['login'], code('jane.doe'));
    await practice.run(['login', 'john'], code('john.doe'));
    const which = await practice.run(['logout']);
    expect(which).toMatchObject({ status: 2 });
    expect(which.stderr).toMatch(/name one of (jane, john|john, jane), or say --all/);
    const one = await practice.run(['logout', 'john']);
    expect(one.stderr).toMatch(
      /forgot 1 cached sessions?; credentials already handed out live at AWS until \d{4}-/,
    );
    expect((await practice.run(['status'])).stdout).not.toContain('john');
    expect((await practice.run(['status'])).stdout).toContain('MFA session of jane');
    practice.write('run/assume/role-damaged.json', '{"sessionToken":"half');
    expect(await practice.run(['logout', '--all'])).toMatchObject({ status: 0 });
    expect((await practice.run(['logout', '--all'])).stderr).toContain('nothing to forget');
    expect(
      [...readTree(join(practice.home.path, 'run/assume')).keys()].filter((name) =>
        name.endsWith('.json'),
      ),
    ).toEqual([]);
  });
});

describe('doctor', () => {
  interface Finding {
    readonly topic: string;
    readonly state: string;
    readonly text: string;
    readonly advice: string | null;
  }
  const findings = async (env: Record<string, string> = {}): Promise<readonly Finding[]> => {
    const { stdout } = await practice.run(['doctor', '--json'], { env });
    return (JSON.parse(stdout) as { findings: Finding[] }).findings;
  };
  const about = async (
    topic: string,
    env: Record<string, string> = {},
  ): Promise<readonly Finding[]> =>
    (await findings(env)).filter((finding) => finding.topic === topic);

  beforeEach(() => {
    for (const path of ['.aws/credentials', '.aws/config'])
      chmodSync(join(practice.home.path, path), 0o600);
  });

  test('finds nothing wrong where nothing is', async () => {
    practice.write('.bashrc', 'eval "$(assume hook bash)"\n');
    const ended = await practice.run(['doctor']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect((await findings()).filter(({ state }) => state !== 'good')).toEqual([]);
  });

  test('files that others can read, and how to close them', async () => {
    const path = join(practice.home.path, '.aws/credentials');
    chmodSync(path, 0o644);
    expect(await about('modes')).toMatchObject([{ state: 'odd', advice: `chmod 600 ${path}` }]);
  });

  test.each([
    [{ AWS_VAULT: 'x' }, /AWS_VAULT/],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, /AWS_ENDPOINT_URL/],
    [
      { AWS_PROFILE: 'base', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' },
      /AWS_PROFILE and AWS_ACCESS_KEY_ID/,
    ],
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, /differ/],
  ])('variables that conflict: %o', async (env, text) => {
    expect((await about('environment', env))[0]?.text).toMatch(text);
  });

  test.each([
    ['.bashrc', '/bin/bash', 'x=1\n\n\n# comment\n\nalias assume=". assume"\n', 6],
    ['.zshrc', '/bin/zsh', 'alias assume="source /opt/granted/assume"\n', 1],
    ['.bashrc', '/bin/bash', '\n\n  alias assume=". assume"\n', 3],
  ])("another tool's alias in %s, by its line", async (file, shell, text, line) => {
    practice.write(file, text);
    const [found] = await about('alias', { SHELL: shell });
    expect(found).toMatchObject({ state: 'wrong' });
    expect(found?.text).toContain(`${practice.home.path}/${file}:${String(line)} `);
    expect(found?.advice).toContain('unalias assume');
  });

  test.each([
    [1200, 'behind'],
    [-1200, 'ahead of'],
  ])('a clock that is %i s off', async (seconds, words) => {
    practice.advance(seconds);
    const [found] = await about('clock');
    expect(found).toMatchObject({ state: 'wrong' });
    expect(found?.text).toMatch(new RegExp(`^(119\\d|120\\d) s ${words} AWS$`));
    expect((await practice.run(['doctor'])).status).toBe(1);
  });

  test('an AWS that is not there', async () => {
    await practice.aws.close();
    expect((await about('AWS'))[0]).toMatchObject({ state: 'wrong' });
  });
});

import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CONTAINER_PATH, useContainerEndpoint } from '../support/container-endpoint.js';
import { issueMachineRole, MACHINE_ROLE } from '../support/machine-role.js';
import {
  ASSUME,
  credentialsText,
  startPractice,
  type Ended,
  type Practice,
  RUNTIME,
} from '../support/practice.js';
import { useWebIdentitySts } from '../support/web-identity-sts.js';

const INI = '.config/assume/assume.ini';
const JANE = 'arn:aws:iam::111111111111:user/jane.doe';
const DEV = 'arn:aws:sts::222222222222:assumed-role/dev-role/jane.doe';
const READONLY = 'arn:aws:sts::444444444444:assumed-role/readonly/jane.doe';

let practice: Practice;

beforeEach(async () => {
  practice = await startPractice();
});

afterEach(() => practice.close());

type Env = Readonly<Record<string, string | undefined>>;

const whoami = (env: Env = {}): Promise<Ended> => practice.run(['whoami'], { env });

/** The same, asked inside the target. */
const inTarget = (target: string, env: readonly string[] = []): Promise<Ended> =>
  practice.run(['exec', target, '--', 'env', ...env, RUNTIME, ASSUME, 'whoami']);

const keysOf = (name: string): Env => {
  const { id, secret } = practice.key(name);
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
};

describe('whoami is whom the AWS CLI would be here', () => {
  test('by keys in the environment, before any profile', async () => {
    const { stdout } = await whoami({ ...keysOf('john.doe'), AWS_PROFILE: 'dev' });
    expect(stdout).toBe(
      'arn:aws:iam::111111111111:user/john.doe\naccount 111111111111, by keys in the environment\n',
    );
    expect(practice.received()).toEqual(['GetCallerIdentity']);
  });

  test('by the role of AWS_PROFILE, which is assumed, with a code where it takes one', async () => {
    const code = { ASSUME_MFA_CODE: practice.code('jane.doe') };
    const { stdout } = await whoami({ AWS_PROFILE: 'prod-readonly', ...code });
    expect(stdout).toBe(
      `${READONLY}\naccount 444444444444, by profile prod-readonly (AWS_PROFILE)\n`,
    );
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole', 'GetCallerIdentity']);
    expect((await whoami({ AWS_PROFILE: 'prod-readonly' })).stdout).toBe(stdout);
    expect(practice.received()).toEqual(['GetCallerIdentity']);
  });

  test.each<[what: string, env: Env, arn: string, by: string]>([
    ['the keys of AWS_PROFILE', { AWS_PROFILE: 'base' }, JANE, 'profile base (AWS_PROFILE)'],
    [
      'AWS_DEFAULT_PROFILE',
      { AWS_DEFAULT_PROFILE: 'dev' },
      DEV,
      'profile dev (AWS_DEFAULT_PROFILE)',
    ],
    [
      'AWS_PROFILE before it',
      { AWS_PROFILE: 'dev', AWS_DEFAULT_PROFILE: 'base' },
      DEV,
      'profile dev (AWS_PROFILE)',
    ],
    [
      'a profile that only calls us',
      { AWS_PROFILE: 'calls-us' },
      DEV,
      'profile calls-us (AWS_PROFILE)',
    ],
    ['[default]', {}, DEV, 'profile default'],
  ])('by %s', async (_what, env, arn, by) => {
    appendFileSync(
      join(practice.home.path, '.aws/config'),
      `[profile calls-us]
credential_process = assume credential-process dev
[default]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
role_session_name = jane.doe
`,
    );
    const { stdout } = await whoami(env);
    expect(stdout).toBe(`${arn}\naccount ${arn.split(':')[4] ?? ''}, by ${by}\n`);
  });

  test.each<[what: string, env: Env, told: string]>([
    [
      'told where the other variable names another profile',
      { AWS_PROFILE: 'base', AWS_DEFAULT_PROFILE: 'dev' },
      'assume: AWS_PROFILE (base) is taken, as the AWS CLI v2 does; the AWS CLI v1 and boto3 take AWS_DEFAULT_PROFILE (dev)\n',
    ],
    ['not told where both agree', { AWS_PROFILE: 'base', AWS_DEFAULT_PROFILE: 'base' }, ''],
    ['not told where one is empty', { AWS_PROFILE: 'base', AWS_DEFAULT_PROFILE: '' }, ''],
  ])('which of the two variables is taken is %s', async (_what, env, told) => {
    const { status, stderr } = await whoami(env);
    expect(status).toBe(0);
    const lines = stderr.split(/(?<=\n)/);
    expect(lines.filter((line) => line.includes('AWS_PROFILE')).join('')).toBe(told);
    expect((await practice.run(['whoami', '--quiet'], { env })).stderr).toBe('');
  });

  test('and neither variable is spoken of where keys in the environment go first', async () => {
    const env = { ...keysOf('jane.doe'), AWS_PROFILE: 'base', AWS_DEFAULT_PROFILE: 'dev' };
    expect((await whoami(env)).stderr).not.toContain('AWS_PROFILE');
  });

  test('by a profile that assume wrote', async () => {
    await practice.run(['write', 'dev']);
    expect((await whoami({ AWS_PROFILE: 'assume-dev' })).stdout).toContain(`${DEV}\n`);
  });

  test('and not by an identity of assume.ini, where a profile is chosen', async () => {
    const john = credentialsText('john', practice.key('john.doe'));
    appendFileSync(join(practice.home.path, '.aws/credentials'), john);
    practice.write(INI, '[identity me]\ncredentials = profile:john\n');
    expect((await whoami({ AWS_PROFILE: 'base' })).stdout).toContain(`${JANE}\n`);
  });

  test('and where the AWS CLI would be nobody, who starts, said so', async () => {
    expect(await whoami()).toMatchObject({
      status: 0,
      stdout: `${JANE}\naccount 111111111111, identity base; this shell itself has no credentials\n`,
    });
    const asJson = await practice.run(['whoami', '--json']);
    expect(JSON.parse(asJson.stdout)).toEqual({
      version: 1,
      target: null,
      accountId: '111111111111',
      arn: JANE,
      source: 'identity:base',
    });
  });

  test.each<[what: string, env: Env, message: RegExp, hint: RegExp]>([
    ['a profile that is not there', { AWS_PROFILE: 'bsae' }, /bsae.*AWS_PROFILE/, /nearest: base/],
    [
      'a profile that the files leave out',
      { AWS_PROFILE: 'left' },
      /no profile left, which AWS_PROFILE names/,
      /config:\d+ has \[left\].*\[profile left\]/,
    ],
  ])('and says that it cannot tell of %s', async (_what, env, message, hint) => {
    appendFileSync(join(practice.home.path, '.aws/config'), '[left]\nregion = eu-west-1\n');
    const { status, stdout, stderr } = await whoami(env);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(hint);
    expect(practice.received()).toEqual([]);
  });
});

describe('whoami of a machine is whom the AWS CLI would be', () => {
  const MACHINE = 'arn:aws:sts::111111111111:assumed-role/machine/i-0123456789abcdef0';
  const CONTAINER = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
  const TOKEN = 'AWS_WEB_IDENTITY_TOKEN_FILE';

  /** Both kinds of credentials that a machine's environment can name, each of its own. */
  async function useMachine() {
    const sts = await useWebIdentitySts(practice, issueMachineRole(practice), 'a.b.c');
    const endpoint = await useContainerEndpoint(issueMachineRole(practice));
    const token = practice.write('token', 'a.b.c');
    const web = { AWS_ROLE_ARN: MACHINE_ROLE, [TOKEN]: token };
    const container = { [CONTAINER]: `${endpoint.url}${CONTAINER_PATH}` };
    const asked = () => [
      ...sts.received().map((fields) => `web identity ${fields['RoleSessionName'] ?? ''}`),
      ...endpoint.received().map(() => 'container'),
    ];
    const ask = (env: Env): Promise<Ended> => whoami({ ASSUME_ENDPOINT_URL: sts.url, ...env });
    return { token, web, container, asked, ask };
  }

  const WEB = `${MACHINE}\naccount 111111111111, by web identity (${TOKEN})\n`;
  const TASK = `${MACHINE}\naccount 111111111111, by container endpoint (${CONTAINER})\n`;

  test('by a web identity, before a container', async () => {
    const { web, container, asked, ask } = await useMachine();
    const env = { ...web, ...container, AWS_ROLE_SESSION_NAME: 'pod-1' };
    expect((await ask(env)).stdout).toBe(WEB);
    expect(asked()).toEqual(['web identity pod-1']);
    expect((await ask(env)).stdout).toBe(WEB);
    expect(asked()).toEqual([]);
  });

  test('by a container, where nothing else is', async () => {
    const { container, asked, ask } = await useMachine();
    expect((await ask(container)).stdout).toBe(TASK);
    expect(asked()).toEqual(['container']);
    const asJson = await practice.run(['whoami', '--json'], { env: container });
    expect(JSON.parse(asJson.stdout)).toMatchObject({ arn: MACHINE, source: 'container' });
  });

  test.each<[what: string, profile: string, source: 'web' | 'container', stdout: RegExp]>([
    [
      'a role of the profile goes before a web identity',
      'role_arn = arn:aws:iam::222222222222:role/dev-role\nsource_profile = base\nrole_session_name = jane.doe\n',
      'web',
      /by profile p \(AWS_PROFILE\)/,
    ],
    [
      'a web identity goes before the keys of a profile',
      'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = fake\n',
      'web',
      /by web identity/,
    ],
    [
      'a web identity of the environment goes before that of a profile',
      `role_arn = ${MACHINE_ROLE}\nweb_identity_token_file = /nonexistent\nrole_session_name = pod-p\n`,
      'web',
      /by web identity/,
    ],
    [
      'the credentials of a profile go before a container',
      'role_arn = arn:aws:iam::222222222222:role/dev-role\nsource_profile = base\nrole_session_name = jane.doe\n',
      'container',
      /by profile p/,
    ],
    [
      'a container serves a profile that names no credentials',
      'region = eu-west-1\n',
      'container',
      /by container endpoint/,
    ],
  ])('%s', async (_what, profile, source, stdout) => {
    const machine = await useMachine();
    appendFileSync(join(practice.home.path, '.aws/config'), `[profile p]\n${profile}`);
    const ended = await machine.ask({ ...machine[source], AWS_PROFILE: 'p' });
    expect(ended.stdout).toMatch(stdout);
  });

  test('a role of the environment serves the token file of a profile', async () => {
    const { token, asked, ask } = await useMachine();
    appendFileSync(
      join(practice.home.path, '.aws/config'),
      `[profile p]\nrole_arn = arn:aws:iam::111111111111:role/other\nweb_identity_token_file = ${token}\nrole_session_name = pod-p\n`,
    );
    const ended = await ask({ AWS_ROLE_ARN: MACHINE_ROLE, AWS_PROFILE: 'p' });
    expect(ended.stdout).toContain('by web identity (AWS_ROLE_ARN)');
    expect(asked()).toEqual(['web identity pod-p']);
  });

  test('tells of a container that does not answer', async () => {
    const ended = await whoami({ [CONTAINER]: 'http://127.0.0.1:1/x' });
    expect(ended).toMatchObject({ status: 7, stdout: '' });
    expect(ended.stderr).toContain(
      `cannot get the credentials of container (${CONTAINER}): nothing answers at http://127.0.0.1:1`,
    );
  });

  test('refuses a token without a role, as the AWS CLI does', async () => {
    const ended = await whoami({ [TOKEN]: '/token' });
    expect(ended).toMatchObject({ status: 6, stdout: '' });
    expect(ended.stderr).toContain(`${TOKEN} names a token, but no AWS_ROLE_ARN`);
    expect(ended.stderr).toMatch(/set AWS_ROLE_ARN/);
    expect(practice.received()).toEqual([]);
  });

  test.each<[what: string, env: Env]>([
    ['the shell', { AWS_REGION: 'eu-central-1' }],
    ['its profile', { AWS_PROFILE: 'p' }],
  ])('is asked of AWS in the region of %s', async (_what, env) => {
    const { container, ask } = await useMachine();
    appendFileSync(join(practice.home.path, '.aws/config'), '[profile p]\nregion = eu-central-1\n');
    await ask({ ...container, ...env });
    const { action, region } = practice.aws.requests.at(-1) ?? {};
    expect([action, region]).toEqual(['GetCallerIdentity', 'eu-central-1']);
  });
});

test("whoami knows a token by the AWS CLI's older name for it", async () => {
  const script = `AWS_SECURITY_TOKEN=$AWS_SESSION_TOKEN AWS_SESSION_TOKEN= exec "$0" "$@"`;
  const words = ['sh', '-c', script, RUNTIME, ASSUME, 'whoami'];
  expect((await practice.run(['exec', 'dev', '--', ...words])).stdout).toContain(`${DEV}\n`);
});

describe('whoami in the shell of a target', () => {
  test('names the target when AWS agrees', async () => {
    expect((await inTarget('dev')).stdout).toBe(`${DEV}\naccount 222222222222, target dev\n`);
  });

  test.each<[what: string, env: readonly string[]]>([
    ['another role', ['ASSUME_ROLE_ARN=arn:aws:iam::222222222222:role/readonly']],
    ['a role of another account', ['ASSUME_ROLE_ARN=arn:aws:iam::444444444444:role/dev-role']],
    ['another account', ['ASSUME_ACCOUNT_ID=444444444444']],
    [
      'a role, where the keys are a user’s',
      ['AWS_ACCESS_KEY_ID={ID}', 'AWS_SECRET_ACCESS_KEY={SECRET}', '--unset=AWS_SESSION_TOKEN'],
    ],
  ])('says plainly what the shell is when its variables speak of %s', async (_what, env) => {
    const { id, secret } = practice.key('john.doe');
    const words = env.map((word) => word.replace('{ID}', id).replace('{SECRET}', secret));
    const sorted = [...words].sort(
      (a, b) => Number(b.startsWith('--')) - Number(a.startsWith('--')),
    );
    const { status, stdout, stderr } = await inTarget('dev', sorted);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^arn:aws:(sts|iam)::\d{12}:\S+\naccount \d{12}, by keys in the environment\n$/,
    );
    expect(stderr).toMatch(
      /assume: the variables of this shell do not match its credentials: .*dev/,
    );
    expect(stderr).toMatch(/assume dev.*assume leave/);
  });

  test('gives a program no target that AWS does not confirm', async () => {
    const env = {
      ...keysOf('jane.doe'),
      ASSUME_TARGET: 'prod-role',
      ASSUME_ACCOUNT_ID: '444444444444',
    };
    const { status, stdout } = await practice.run(['whoami', '--json'], { env });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ target: null, arn: JANE, source: 'environment' });
  });
});

test('whoami tells of an endpoint that it asks instead of AWS', async () => {
  expect((await whoami()).stderr).toBe(
    `assume: using endpoint ${practice.aws.url} (ASSUME_ENDPOINT_URL)\n`,
  );
  expect((await practice.run(['whoami', '--quiet'])).stderr).toBe('');
});

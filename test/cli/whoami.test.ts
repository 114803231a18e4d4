import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ASSUME,
  credentialsText,
  startPractice,
  type Ended,
  type Practice,
} from '../support/practice.js';

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
  practice.run(['exec', target, '--', 'env', ...env, process.execPath, ASSUME, 'whoami']);

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
      'a container’s credentials',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/x' },
      /AWS_CONTAINER_CREDENTIALS_FULL_URI/,
      /aws sts get-caller-identity/,
    ],
    [
      'a web identity',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' },
      /AWS_WEB_IDENTITY_TOKEN_FILE/,
      /aws sts get-caller-identity/,
    ],
  ])('and says that it cannot tell of %s', async (_what, env, message, hint) => {
    const { status, stdout, stderr } = await whoami(env);
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(hint);
    expect(practice.received()).toEqual([]);
  });
});

test("whoami knows a token by the AWS CLI's older name for it", async () => {
  const script = `AWS_SECURITY_TOKEN=$AWS_SESSION_TOKEN AWS_SESSION_TOKEN= exec "$0" "$@"`;
  const words = ['sh', '-c', script, process.execPath, ASSUME, 'whoami'];
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

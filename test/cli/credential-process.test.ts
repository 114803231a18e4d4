import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  startAwsClients,
  type AwsClients,
  type ClientEnvironment,
} from '../support/aws-clients.js';
import { installProgram } from '../support/install-program.js';
import { startPractice, type Practice } from '../support/practice.js';

const PROD = 'arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe';

let practice: Practice;
let clients: AwsClients | null;
let env: ClientEnvironment;
beforeAll(async () => {
  practice = await startPractice();
  clients = await startAwsClients();
  const { home, aws } = practice;
  env = {
    ...practice.env,
    PATH: installProgram(home),
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const config = `[profile production]
credential_process = assume credential-process prod-role
[profile debugged]
credential_process = assume --debug credential-process prod-role
[profile self]
credential_process = assume credential-process self
[profile one]
credential_process = assume credential-process two
[profile two]
credential_process = assume credential-process one
[profile dead]
credential_process = assume credential-process no-such-role
[profile no-such-role]
role_arn = arn:aws:iam::444444444444:role/no-such-role
source_profile = base
role_session_name = jane.doe
`;
  practice.write('.aws/config', readFileSync(join(home.path, '.aws/config'), 'utf8') + config);
  const first = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env: first })).toMatchObject({ status: 0 });
});
afterAll(async () => {
  clients?.close();
  await practice.close();
});

describe('assume credential-process', () => {
  it.each([[[]], [['--debug']], [['--refresh']], [['--quiet']]])(
    'prints the JSON of the contract and nothing else, with %j',
    async (options) => {
      const ended = await practice.run(['credential-process', 'prod-role', ...options]);
      expect(ended.status).toBe(0);
      expect(ended.stdout.endsWith('}\n')).toBe(true);
      const answer = JSON.parse(ended.stdout) as Record<string, unknown>;
      expect(answer).toEqual({
        Version: 1,
        AccessKeyId: expect.stringMatching(/^ASIA/) as string,
        SecretAccessKey: expect.any(String) as string,
        SessionToken: expect.any(String) as string,
        Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        AccountId: '444444444444',
      });
    },
  );

  it.each(['production', 'debugged'])('serves every client as the process of %s', async (name) => {
    if (clients === null) return;
    const all = { boto3: PROD, cli: PROD, js: PROD };
    expect(await clients.whoAmI(env, name)).toEqual(all);
    expect(await clients.whoAmI({ ...env, AWS_PROFILE: name })).toEqual(all);
  });

  it.each(['self', 'one', 'two'])('never runs itself for profile %s', async (name) => {
    practice.received();
    const ended = await practice.run(['credential-process', name], { env });
    expect(ended.status).not.toBe(0);
    expect(ended.stdout).toBe('');
    expect(practice.received()).toEqual([]);
  });

  it('has its reason in the client’s error', async () => {
    if (clients === null) return;
    const told = await clients.whoAmI(env, 'dead');
    expect(told.boto3).toMatch(/AWS refused .*no-such-role/);
    expect(told.cli).toMatch(/AWS refused .*no-such-role/);
  });

  it('says what it needs, without a target: status 2', async () => {
    expect(await practice.run(['credential-process'])).toMatchObject({ status: 2, stdout: '' });
  });

  it('works through an absolute path, too', async () => {
    const file = join(practice.home.path, 'npm/bin/assume');
    const { stdout } = await promisify(execFile)(file, ['credential-process', 'prod-role'], {
      env,
    });
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1 });
  });
});

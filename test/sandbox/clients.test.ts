import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { IAMClient, paginateListMFADevices } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';
import { makePicture } from '../../src/sandbox/picture.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { totpCode } from '../../src/sandbox/totp.js';

import { findTool } from '../support/tools.js';

const run = promisify(execFile);
const PROD_ROLE = 'arn:aws:iam::444444444444:role/prod-role';
const SERIAL = 'arn:aws:iam::111111111111:mfa/jane.doe';

interface Jane {
  readonly sandbox: Sandbox;
  readonly code: () => string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly env: Record<string, string>;
}

/** The picture under the real clock, since real clients sign with it, and a HOME with nothing in it. */
async function startForJane(): Promise<Jane> {
  const sandbox = await startSandbox({ world: makePicture(new Date()) });
  const home = mkdtempSync(join(tmpdir(), 'assume-clients-'));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(home, { recursive: true });
  });
  const jane = sandbox.world.accounts[0]?.users.find(({ name }) => name === 'jane.doe');
  if (!jane) throw new Error('the picture has no jane.doe');
  const [key] = jane.accessKeys;
  const credentials = { accessKeyId: key?.id ?? '', secretAccessKey: key?.secret ?? '' };
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  return {
    sandbox,
    credentials,
    env,
    code: () => totpCode(jane.mfaDevices[0]?.seed ?? '', new Date()),
  };
}

const aws = findTool('aws');
test.skipIf(aws === null)('the AWS CLI works with it', async () => {
  const { sandbox, env, code } = await startForJane();
  const cli = async (args: string[], changes: Record<string, string> = {}): Promise<unknown> => {
    const all = ['--endpoint-url', sandbox.url, '--output', 'json', ...args];
    const { stdout } = await run(aws ?? '', all, { env: { ...env, ...changes } });
    return JSON.parse(stdout) as unknown;
  };
  expect(await cli(['sts', 'get-caller-identity'])).toMatchObject({
    Account: '111111111111',
    Arn: 'arn:aws:iam::111111111111:user/jane.doe',
  });
  expect(await cli(['iam', 'list-mfa-devices'])).toMatchObject({
    MFADevices: [{ UserName: 'jane.doe', SerialNumber: SERIAL }],
  });
  const withCode = ['--serial-number', SERIAL, '--token-code', code()];
  const session = (await cli(['sts', 'get-session-token', ...withCode])) as {
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  };
  const role = ['sts', 'assume-role', '--role-arn', PROD_ROLE, '--role-session-name', 'jane.doe'];
  await expect(cli(role)).rejects.toThrow(
    /\(AccessDenied\) when calling the AssumeRole operation: User: arn:aws:iam::111111111111:user\/jane\.doe is not authorized/,
  );
  expect(
    await cli([...role, '--tags', 'Key=team,Value=a b=c', '--source-identity', 'jane'], {
      AWS_ACCESS_KEY_ID: session.Credentials.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: session.Credentials.SecretAccessKey,
      AWS_SESSION_TOKEN: session.Credentials.SessionToken,
    }),
  ).toMatchObject({
    SourceIdentity: 'jane',
    AssumedRoleUser: { Arn: 'arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe' },
  });
});

const BOTO3 = `
import boto3, json, sys
from botocore.exceptions import ClientError
url, serial, code, role = sys.argv[1:]
sts = boto3.client('sts', endpoint_url=url)
session = sts.get_session_token(SerialNumber=serial, TokenCode=code)['Credentials']
held = boto3.Session(session['AccessKeyId'], session['SecretAccessKey'], session['SessionToken'])
answer = held.client('sts', endpoint_url=url).assume_role(
    RoleArn=role, RoleSessionName='jane', Tags=[{'Key': 'project name', 'Value': 'grün/+@'}])
try:
    sts.assume_role(RoleArn=role, RoleSessionName='a b', DurationSeconds=900)
    refusal = None
except ClientError as error:
    refusal = [error.response['ResponseMetadata']['HTTPStatusCode'], error.response['Error']['Code']]
pages = held.client('iam', endpoint_url=url).get_paginator('list_mfa_devices').paginate()
print(json.dumps({
    'arn': answer['AssumedRoleUser']['Arn'],
    'minutes': round((answer['Credentials']['Expiration'] - session['Expiration']).total_seconds() / 60),
    'refusal': refusal,
    'serials': [device['SerialNumber'] for page in pages for device in page['MFADevices']]}))
`;

const python = findTool('python3');
test.skipIf(python === null)('boto3 works with it', async ({ skip }) => {
  const { sandbox, env, code } = await startForJane();
  const hasBoto3 = await run(python ?? '', ['-c', 'import boto3'], { env }).then(
    () => true,
    () => false,
  );
  skip(!hasBoto3 && !process.env['CI'], 'boto3 is not installed on this machine');
  const args = ['-c', BOTO3, sandbox.url, SERIAL, code(), PROD_ROLE];
  const { stdout } = await run(python ?? '', args, { env });
  expect(JSON.parse(stdout)).toEqual({
    arn: 'arn:aws:sts::444444444444:assumed-role/prod-role/jane',
    minutes: 60 - 720,
    refusal: [400, 'ValidationError'],
    serials: [SERIAL],
  });
  expect(sandbox.requests.map(({ region }) => region)).toContain('eu-west-1');
});

test('the JavaScript SDK works with it', async () => {
  const { sandbox, credentials, code } = await startForJane();
  const options = { endpoint: sandbox.url, region: 'eu-central-1' };
  const sts = new STSClient({ ...options, credentials });
  const who = await sts.send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe('arn:aws:iam::111111111111:user/jane.doe');
  const { Credentials: session } = await sts.send(
    new GetSessionTokenCommand({ SerialNumber: SERIAL, TokenCode: code() }),
  );
  const held = {
    accessKeyId: session?.AccessKeyId ?? '',
    secretAccessKey: session?.SecretAccessKey ?? '',
    sessionToken: session?.SessionToken ?? '',
  };
  const request = new AssumeRoleCommand({ RoleArn: PROD_ROLE, RoleSessionName: 'jane.doe' });
  const role = await new STSClient({ ...options, credentials: held }).send(request);
  expect(role.AssumedRoleUser?.Arn).toBe(
    'arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe',
  );
  expect(role.Credentials?.Expiration).toBeInstanceOf(Date);
  await expect(sts.send(request)).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
    message: expect.stringMatching(/because no role trust policy allows/) as string,
  });
  expect(sandbox.requests.at(-1)?.userAgent).toMatch(/aws-sdk-js/);
});

test('the JavaScript SDK walks through pages of devices', async () => {
  const { sandbox, credentials } = await startForJane();
  const [jane] = sandbox.world.accounts.flatMap(({ users }) => users).slice(1);
  jane?.mfaDevices.push({ serial: 'GAHT12345678', seed: null, enabled: new Date(0) });
  sandbox.world.pageSize = 1;
  const client = new IAMClient({ endpoint: sandbox.url, region: 'us-east-1', credentials });
  const serials: (string | undefined)[] = [];
  for await (const page of paginateListMFADevices({ client }, {}))
    serials.push(...(page.MFADevices ?? []).map((device) => device.SerialNumber));
  expect(serials).toEqual([SERIAL, 'GAHT12345678']);
});

test('the JavaScript SDK sees a throttled call through', async () => {
  const { sandbox, credentials } = await startForJane();
  sandbox.faults.push({ kind: 'throttled', action: null, times: 1 });
  const sts = new STSClient({ endpoint: sandbox.url, region: 'us-east-1', credentials });
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111111111111');
  expect(sandbox.requests.map(({ outcome }) => outcome.code)).toEqual(['Throttling', null]);
});

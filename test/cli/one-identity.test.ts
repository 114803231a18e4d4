import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startAwsClients, type AwsClients } from '../support/aws-clients.js';
import { installProgram } from '../support/install-program.js';
import { parseEnvironment } from '../support/parse-environment.js';
import { credentialsText, startPractice, type Practice } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';

const PROD = 'arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe';
const PROD_REGION = 'eu-west-1';
const REGION = { AWS_REGION: PROD_REGION, AWS_DEFAULT_REGION: PROD_REGION };
const isFull = process.env['ASSUME_TEST_FULL'] === '1';

type Variables = Record<string, string>;

interface Dirt {
  readonly name: string;
  /** What stands in the shell before; `keys` are another user's. */
  readonly env: (keys: { id: string; secret: string }, place: Place) => Variables;
  /** Who is misled when credentials are only added to it; nobody, where the dirt is a leftover. */
  readonly misleads: 'boto3' | 'js' | null;
}

interface Place {
  readonly home: string;
  readonly containerUrl: string;
}

const DIRT: readonly Dirt[] = [
  { name: '[default] keys of another user', env: () => ({}), misleads: null },
  { name: 'AWS_PROFILE of another user', env: () => ({ AWS_PROFILE: 'john' }), misleads: 'js' },
  { name: 'AWS_PROFILE of nobody', env: () => ({ AWS_PROFILE: 'gone' }), misleads: 'boto3' },
  {
    name: 'AWS_DEFAULT_PROFILE',
    env: () => ({ AWS_DEFAULT_PROFILE: 'gone' }),
    misleads: 'boto3',
  },
  { name: 'AWS_SECURITY_TOKEN', env: () => ({ AWS_SECURITY_TOKEN: 'stale' }), misleads: null },
  {
    name: 'AWS_CREDENTIAL_EXPIRATION',
    env: () => ({ AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' }),
    misleads: 'boto3',
  },
  {
    name: 'a web identity',
    env: (_keys, { home }) => ({
      AWS_ROLE_ARN: 'arn:aws:iam::222222222222:role/dev-role',
      AWS_ROLE_SESSION_NAME: 'pod',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token'),
    }),
    misleads: null,
  },
  {
    name: 'a container’s credentials',
    env: (_keys, { containerUrl }) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: containerUrl,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
    }),
    misleads: null,
  },
  {
    name: 'leftovers of other switchers',
    env: () => ({
      AWS_VAULT: 'other',
      AWSUME_PROFILE: 'other',
      AWSUME_EXPIRATION: '2020-01-01T00:00:00',
      GRANTED_SSO: 'true',
      AWS_CREDENTIAL_SCOPE: 'us-west-2',
      AWS_ACCOUNT_ID: '999999999999',
    }),
    misleads: null,
  },
  {
    name: 'another target of ours',
    env: ({ id, secret }) => ({
      AWS_ACCESS_KEY_ID: id,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_SESSION_TOKEN: 'of the other target',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
      AWS_REGION: 'us-west-2',
      AWS_DEFAULT_REGION: 'us-west-2',
      ASSUME_TARGET: 'dev',
      ASSUME_ROLE_ARN: 'arn:aws:iam::222222222222:role/dev-role',
      ASSUME_ACCOUNT_ID: '222222222222',
      ASSUME_COLOR: 'green',
      ASSUME_RENEW_AT: '1',
    }),
    misleads: 'boto3',
  },
  {
    name: 'a user’s own keys',
    env: ({ id, secret }) => ({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }),
    misleads: null,
  },
];

/** The environment that a delivery leaves a program with, and the profile it names to its client. */
interface Delivered {
  readonly env: Variables;
  readonly profile?: string;
}

type Deliver = (practice: Practice, env: Variables) => Promise<Delivered>;

const DELIVERIES: readonly (readonly [name: string, deliver: Deliver])[] = [
  ['exec', (practice, env) => inBash(practice, env, 'exec assume exec prod-role -- env -0')],
  [
    'eval of export',
    (practice, env) => inBash(practice, env, 'eval "$(assume export prod-role)"; exec env -0'),
  ],
  ['subshell', inSubshell],
  [
    'hook',
    (practice, env) =>
      inBash(practice, env, 'eval "$(assume hook bash)"; assume prod-role || exit; exec env -0'),
  ],
  [
    'write',
    async (practice, env) => {
      expect(await practice.run(['write', 'prod-role'], { env })).toMatchObject({ status: 0 });
      return { env: { ...REGION, ...env }, profile: 'assume-prod-role' };
    },
  ],
  [
    'credential-process',
    (_practice, env) => Promise.resolve({ env: { ...REGION, ...env }, profile: 'by-process' }),
  ],
];

async function inBash(practice: Practice, env: Variables, script: string): Promise<Delivered> {
  const options = { env, cwd: practice.home.path };
  const { stdout } = await promisify(execFile)('bash', ['-c', script], options);
  return { env: parseEnvironment(stdout) };
}

async function inSubshell(practice: Practice, env: Variables): Promise<Delivered> {
  const file = join(practice.home.path, 'environment');
  const terminal = openTerminal('assume', ['prod-role'], { env, cwd: practice.home.path });
  try {
    await terminal.waitFor('[prod-role] ');
    terminal.type(`env -0 >${file}; exit\r`);
    await terminal.end();
  } finally {
    await terminal.close();
  }
  return { env: parseEnvironment(readFileSync(file, 'utf8')) };
}

let clients: AwsClients | null = null;
let container: Server;
let containerUrl = '';
const practices: Practice[] = [];
beforeAll(async () => {
  clients = await startAwsClients();
  container = createServer((_request, response) => {
    const john = practices.at(-1)?.key('john.doe');
    const Expiration = '2099-01-01T00:00:00Z';
    const answer = { AccessKeyId: john?.id, SecretAccessKey: john?.secret, Token: '', Expiration };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => container.listen(0, '127.0.0.1', resolve));
  const address = container.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  containerUrl = `http://127.0.0.1:${String(port)}/`;
});
afterAll(async () => {
  clients?.close();
  container.close();
  await Promise.all(practices.map((practice) => practice.close()));
});

/** A practice with another user's keys beside, and the target's role in the cache. */
async function startDirty(dirt: Dirt): Promise<{ practice: Practice; env: Variables }> {
  const practice = await startPractice();
  practices.push(practice);
  const { home, aws } = practice;
  const john = practice.key('john.doe');
  practice.write(
    '.aws/credentials',
    ['default', 'john'].map((name) => credentialsText(name, john)).join('') +
      credentialsText('base', practice.key('jane.doe')),
  );
  const config = readFileSync(join(home.path, '.aws/config'), 'utf8');
  practice.write(
    '.aws/config',
    config.replace('[profile prod-role]\n', `[profile prod-role]\nregion = ${PROD_REGION}\n`) +
      '[profile by-process]\ncredential_process = assume credential-process prod-role\n',
  );
  practice.write('token', 'not a token');
  const clean = {
    ...practice.env,
    PATH: installProgram(home),
    AWS_ENDPOINT_URL: aws.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const first = { ...clean, ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env: first })).toMatchObject({ status: 0 });
  return { practice, env: { ...clean, ...dirt.env(john, { home: home.path, containerUrl }) } };
}

/** In the short run every delivery meets every third dirt, each time others. */
function isTried(dirt: number, delivery: number): boolean {
  return isFull || (dirt + delivery) % 3 === 0;
}

const LEFT =
  /^(AWS_(PROFILE|DEFAULT_PROFILE|SECURITY|ACCOUNT|CREDENTIAL_(SCOPE|FILE)|ROLE|WEB|CONTAINER|VAULT)|GRANTED_|AWSUME_(?!PROFILE)|ASSUME_(MFA_CODE|COLOR))/;

describe.skipIf(findTerminal() === null)('one identity', () => {
  test.each(DIRT.map((dirt, index) => [dirt.name, dirt, index] as const))(
    'for every client, whatever was there: %s',
    { timeout: 60_000 },
    async (_name, dirt, index) => {
      const { practice, env } = await startDirty(dirt);
      if (clients === null) return;
      for (const [delivery, [name, deliver]] of DELIVERIES.entries()) {
        if (!isTried(index, delivery)) continue;
        const delivered = await deliver(practice, env);
        const told = await clients.whoAmI(delivered.env, delivered.profile);
        expect({ name, ...told }).toEqual({ name, boto3: PROD, cli: PROD, js: PROD });
        if (delivered.profile !== undefined) continue;
        const left = Object.keys(delivered.env).filter((variable) => LEFT.test(variable));
        expect({ name, left }).toEqual({ name, left: [] });
        expect(delivered.env).toMatchObject({
          AWS_REGION: PROD_REGION,
          AWS_DEFAULT_REGION: PROD_REGION,
          ASSUME_TARGET: 'prod-role',
          ASSUME_ROLE_ARN: 'arn:aws:iam::444444444444:role/prod-role',
          ASSUME_ACCOUNT_ID: '444444444444',
        });
      }
    },
  );

  test.each(DIRT.filter(({ misleads }) => misleads !== null))(
    'would not be had by adding keys to $name',
    async (dirt) => {
      const { practice, env } = await startDirty(dirt);
      if (clients === null || dirt.misleads === null) return;
      const clean = await practice.run(['export', 'prod-role', '--format', 'json']);
      const delivered = JSON.parse(clean.stdout) as Record<string, string | null>;
      const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
      const added = Object.fromEntries(keys.map((key) => [key, delivered[key] ?? '']));
      const told = await clients.whoAmI({ ...REGION, ...env, ...added });
      expect(told[dirt.misleads]).not.toBe(PROD);
    },
  );
});

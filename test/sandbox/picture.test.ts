import { expect, test } from 'vitest';
import { accountOfAccessKeyId } from '../../src/sandbox/access-key-id.js';
import { makePicture } from '../../src/sandbox/picture.js';
import { totpCode } from '../../src/sandbox/totp.js';
import type { User, World } from '../../src/sandbox/world.js';
import { callAws, keysOf, outcomeOf, type Keys } from './aws-call.js';
import { NOON } from './small-world.js';
import { start, type TestSandbox } from './start-sandbox.js';

function findUser(world: World, name: string): User {
  const user = world.accounts.flatMap((account) => account.users).find((one) => one.name === name);
  if (!user) throw new Error(`there is no ${name}`);
  return user;
}

function keysOfUser(user: User): Keys {
  const [key] = user.accessKeys;
  return { accessKeyId: key?.id ?? '', secret: key?.secret ?? '' };
}

async function logIn({ url, world }: TestSandbox, name: string): Promise<Keys> {
  const user = findUser(world, name);
  const [device] = user.mfaDevices;
  const parameters = {
    SerialNumber: device?.serial ?? '',
    TokenCode: totpCode(device?.seed ?? '', NOON),
  };
  return keysOf(await callAws(url, 'GetSessionToken', parameters, { keys: keysOfUser(user) }));
}

const ACCOUNTS = {
  development: '222222222222',
  staging: '333333333333',
  production: '444444444444',
};

test.each([
  ['jane.doe', 'with a code', { development: 200, staging: 200, production: 200, readonly: 200 }],
  ['jane.doe', 'without one', { development: 200, staging: 200, production: 403, readonly: 403 }],
  ['john.doe', 'with a code', { development: 200, staging: 200, production: 403, readonly: 200 }],
  ['john.doe', 'without one', { development: 200, staging: 200, production: 403, readonly: 403 }],
])('what %s may assume %s', async (name, how, wanted) => {
  const sandbox = await start(makePicture(NOON));
  const keys =
    how === 'with a code' ? await logIn(sandbox, name) : keysOfUser(findUser(sandbox.world, name));
  const status = async (accountId: string, roleName: string): Promise<number> => {
    const RoleArn = `arn:aws:iam::${accountId}:role/${roleName}`;
    const parameters = { RoleArn, RoleSessionName: name };
    return (await callAws(sandbox.url, 'AssumeRole', parameters, { keys })).status;
  };
  expect({
    development: await status(ACCOUNTS.development, 'dev-role'),
    staging: await status(ACCOUNTS.staging, 'staging-role'),
    production: await status(ACCOUNTS.production, 'prod-role'),
    readonly: await status(ACCOUNTS.production, 'readonly'),
  }).toEqual(wanted);
});

test('john.doe hears that it is his own policy that stops him', async () => {
  const sandbox = await start(makePicture(NOON));
  const keys = await logIn(sandbox, 'john.doe');
  const RoleArn = 'arn:aws:iam::444444444444:role/prod-role';
  const parameters = { RoleArn, RoleSessionName: 'john.doe' };
  expect(outcomeOf(await callAws(sandbox.url, 'AssumeRole', parameters, { keys }))).toBe(
    `403 AccessDenied: User: arn:aws:iam::111111111111:user/john.doe is not authorized to perform: sts:AssumeRole on resource: ${RoleArn} because no identity-based policy allows the sts:AssumeRole action`,
  );
});

test('both find their own device and not the other one', async () => {
  const { url, world } = await start(makePicture(NOON));
  const keys = keysOfUser(findUser(world, 'john.doe'));
  const list = (parameters: Record<string, string>) =>
    callAws(url, 'ListMFADevices', parameters, { service: 'iam', keys });
  expect((await list({})).value('SerialNumber')).toBe('arn:aws:iam::111111111111:mfa/john.doe');
  expect((await list({ UserName: 'jane.doe' })).status).toBe(403);
});

test('keys name the shared account, and no two pictures share a secret', () => {
  const [one, other] = [makePicture(NOON), makePicture(NOON)].map((world) =>
    world.accounts
      .flatMap(({ users }) => users)
      .flatMap((user) => [
        ...user.accessKeys.flatMap(({ id, secret }) => [id, secret]),
        ...user.mfaDevices.map(({ seed }) => seed),
      ]),
  );
  expect(new Set([...(one ?? []), ...(other ?? [])]).size).toBe(12);
  expect(accountOfAccessKeyId(String(one?.[0]))).toBe('111111111111');
});

test('a view-only session of an administrator role may not read users', async () => {
  const sandbox = await start(makePicture(NOON));
  const keys = keysOfUser(findUser(sandbox.world, 'jane.doe'));
  const parameters = {
    RoleArn: 'arn:aws:iam::222222222222:role/dev-role',
    RoleSessionName: 'jane.doe',
    'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
  };
  const role = keysOf(await callAws(sandbox.url, 'AssumeRole', parameters, { keys }));
  const get = await callAws(
    sandbox.url,
    'GetUser',
    { UserName: 'x' },
    { service: 'iam', keys: role },
  );
  expect(outcomeOf(get)).toMatch(/because no session policy allows the iam:GetUser action$/);
  const list = await callAws(
    sandbox.url,
    'ListAccessKeys',
    { UserName: 'x' },
    { service: 'iam', keys: role },
  );
  expect(outcomeOf(list)).toMatch(/^404 NoSuchEntity/);
});

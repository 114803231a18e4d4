import { expect, test } from 'vitest';
import { totpCode } from '../../src/sandbox/totp.js';
import { callAws, keysOf, outcomeOf, type Keys } from './aws-call.js';
import {
  ALICE_SERIAL,
  ASSUME_ANYTHING,
  AWAY,
  HOME,
  makeRole,
  makeUser,
  makeWorld,
  NOON,
  SEED,
  trust,
} from './small-world.js';
import { start, type TestSandbox } from './start-sandbox.js';

const INVALID_CODE =
  '403 AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code.';
const INVALID_SERIAL =
  '403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.';
const INCOMPLETE =
  '403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.';
const ROLE = `arn:aws:iam::${AWAY}:role/vault`;
const FRESH_MFA = {
  Bool: { 'aws:MultiFactorAuthPresent': 'true' },
  NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
};
const REFUSED = `403 AccessDenied: User: arn:aws:iam::${HOME}:user/alice is not authorized to perform: sts:AssumeRole on resource: ${ROLE} because no role trust policy allows the sts:AssumeRole action`;

const session = (sandbox: TestSandbox, code: string | null, serial: string | null = ALICE_SERIAL) =>
  callAws(
    sandbox.url,
    'GetSessionToken',
    { ...(serial && { SerialNumber: serial }), ...(code && { TokenCode: code }) },
    { at: sandbox.now() },
  );
const codeAt = (seconds: number): string =>
  totpCode(SEED, new Date(NOON.getTime() + seconds * 1000));

test('a code is good once, and so is the next', async () => {
  const sandbox = await start(makeWorld({}));
  expect(outcomeOf(await session(sandbox, codeAt(0)))).toBe('200');
  expect(outcomeOf(await session(sandbox, codeAt(0)))).toBe(INVALID_CODE);
  sandbox.pass(30);
  expect(outcomeOf(await session(sandbox, codeAt(0)))).toBe(INVALID_CODE);
  expect(outcomeOf(await session(sandbox, codeAt(30)))).toBe('200');
});

test('a code that was refused is not used up', async () => {
  const sandbox = await start(makeWorld({}));
  expect(outcomeOf(await session(sandbox, codeAt(60)))).toBe(INVALID_CODE);
  sandbox.pass(60);
  expect(outcomeOf(await session(sandbox, codeAt(60)))).toBe('200');
});

test.each([
  ['no code', null, ALICE_SERIAL, INCOMPLETE],
  ['no serial', codeAt(0), null, INCOMPLETE],
  ['a device that nobody has', codeAt(0), `arn:aws:iam::${HOME}:mfa/nobody`, INVALID_SERIAL],
  ['the device of another user', codeAt(0), `arn:aws:iam::${HOME}:mfa/bob`, INVALID_SERIAL],
  ['a FIDO device', codeAt(0), `arn:aws:iam::${HOME}:u2f/user/alice/key`, INVALID_SERIAL],
  ['a code from long ago', codeAt(-600), ALICE_SERIAL, INVALID_CODE],
])('with %s the session is refused', async (_, code, serial, outcome) => {
  const world = makeWorld({
    alice: {
      mfaDevices: [
        { serial: ALICE_SERIAL, seed: SEED, enabled: NOON },
        { serial: `arn:aws:iam::${HOME}:u2f/user/alice/key`, seed: null, enabled: NOON },
      ],
    },
  });
  const bobs = { serial: `arn:aws:iam::${HOME}:mfa/bob`, seed: SEED, enabled: NOON };
  world.accounts[0]?.users.push(makeUser('bob', { mfaDevices: [bobs] }));
  expect(outcomeOf(await session(await start(world), code, serial))).toBe(outcome);
});

test('one session opens a role that wants MFA until the code is too old', async () => {
  const trustPolicy = trust(`arn:aws:iam::${HOME}:root`, FRESH_MFA);
  const sandbox = await start(makeWorld({ roles: [makeRole('vault', trustPolicy)] }));
  const keys = keysOf(await session(sandbox, codeAt(0)));
  const enter = async (): Promise<string> =>
    outcomeOf(
      await callAws(
        sandbox.url,
        'AssumeRole',
        { RoleArn: ROLE, RoleSessionName: 'alice' },
        { keys, at: sandbox.now() },
      ),
    );
  expect(await enter()).toBe('200');
  sandbox.pass(3599);
  expect(await enter()).toBe('200');
  sandbox.pass(1);
  expect(await enter()).toBe(REFUSED);
});

test('a code in the request itself opens it too, a session without a code does not', async () => {
  const trustPolicy = trust(`arn:aws:iam::${HOME}:root`, FRESH_MFA);
  const { url } = await start(makeWorld({ roles: [makeRole('vault', trustPolicy)] }));
  const parameters = { RoleArn: ROLE, RoleSessionName: 'alice' };
  const withCode = { ...parameters, SerialNumber: ALICE_SERIAL, TokenCode: codeAt(0) };
  const keys = keysOf(await callAws(url, 'GetSessionToken'));
  expect(outcomeOf(await callAws(url, 'AssumeRole', parameters))).toBe(REFUSED);
  expect(outcomeOf(await callAws(url, 'AssumeRole', parameters, { keys }))).toBe(REFUSED);
  expect(outcomeOf(await callAws(url, 'AssumeRole', withCode))).toBe('200');
  expect(outcomeOf(await callAws(url, 'AssumeRole', withCode))).toBe(INVALID_CODE);
});

test('MFA does not go with a role: what it opens in turn sees none', async () => {
  const open = makeRole('open', trust('*'), { policies: [ASSUME_ANYTHING] });
  const vault = makeRole('vault', trust('*', FRESH_MFA));
  const sandbox = await start(makeWorld({ roles: [open, vault] }));
  const assume = (name: string, keys: Keys) => {
    const RoleArn = `arn:aws:iam::${AWAY}:role/${name}`;
    return callAws(sandbox.url, 'AssumeRole', { RoleArn, RoleSessionName: 'alice' }, { keys });
  };
  const withMfa = keysOf(await session(sandbox, codeAt(0)));
  expect((await assume('vault', withMfa)).status).toBe(200);
  const role = keysOf(await assume('open', withMfa));
  expect((await assume('vault', role)).status).toBe(403);
});

test.each([
  ['Bool', 'false', { key: '200', session: '403', role: '403' }],
  ['BoolIfExists', 'false', { key: '403', session: '403', role: '403' }],
  ['Null', 'true', { key: '403', session: '200', role: '200' }],
])('a deny on %s MFA %s tells keys from sessions as AWS does', async (operator, value, wanted) => {
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sts:AssumeRole',
    Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } },
  };
  const allow = { Effect: 'Allow', Principal: '*', Action: 'sts:*' };
  const everything = {
    name: 'all',
    document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  };
  const open = makeRole(
    'open',
    { Version: '2012-10-17', Statement: [allow] },
    { policies: [everything] },
  );
  const vault = makeRole('vault', { Version: '2012-10-17', Statement: [allow, deny] });
  const { url } = await start(makeWorld({ roles: [open, vault] }));
  const assume = (name: string, keys?: ReturnType<typeof keysOf>) =>
    callAws(
      url,
      'AssumeRole',
      { RoleArn: `arn:aws:iam::${AWAY}:role/${name}`, RoleSessionName: 'alice' },
      keys && { keys },
    );
  const sessionKeys = keysOf(await callAws(url, 'GetSessionToken'));
  const roleKeys = keysOf(await assume('open'));
  const status = async (keys?: ReturnType<typeof keysOf>): Promise<string> =>
    (await assume('vault', keys)).status.toString();
  expect({
    key: await status(),
    session: await status(sessionKeys),
    role: await status(roleKeys),
  }).toEqual(wanted);
});

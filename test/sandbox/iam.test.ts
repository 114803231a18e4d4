import { expect, test } from 'vitest';
import { totpCode } from '../../src/sandbox/totp.js';
import { callAws, keysOf, outcomeOf, type Keys } from './aws-call.js';
import {
  ALICE_KEY,
  ALICE_SERIAL,
  ASSUME_ANYTHING,
  AWAY,
  HOME,
  inline,
  makeRole,
  makeUser,
  makeWorld,
  NOON,
  SEED,
  trust,
} from './small-world.js';
import { start } from './start-sandbox.js';

const OWN = inline('Allow', {
  Action: 'iam:*',
  Resource: `arn:aws:iam::*:user/\${aws:username}`,
});
const ANY = inline('Allow', { Action: 'iam:*', Resource: '*' });
const iam = (url: string, action: string, parameters: Record<string, string> = {}, keys?: Keys) =>
  callAws(url, action, parameters, { service: 'iam', ...(keys && { keys }) });
const notAllowed = (action: string, user: string): string =>
  `403 AccessDenied: User: arn:aws:iam::${HOME}:user/alice is not authorized to perform: iam:${action} on resource: arn:aws:iam::${HOME}:user/${user} because no identity-based policy allows the iam:${action} action`;

test('without a user name it is about the caller', async () => {
  const { url } = await start(makeWorld({ alice: { policies: [OWN] } }));
  const user = await iam(url, 'GetUser');
  expect(user.value('UserName')).toBe('alice');
  expect(user.value('Arn')).toBe(`arn:aws:iam::${HOME}:user/alice`);
  expect((await iam(url, 'ListMFADevices')).value('SerialNumber')).toBe(ALICE_SERIAL);
  const keys = await iam(url, 'ListAccessKeys');
  expect([keys.value('AccessKeyId'), keys.value('Status')]).toEqual([ALICE_KEY.id, 'Active']);
});

test('answers are of the IAM namespace', async () => {
  const { url } = await start(makeWorld({ alice: { policies: [OWN] } }));
  expect((await iam(url, 'GetUser')).text).toMatch(
    /^<GetUserResponse xmlns="https:\/\/iam\.amazonaws\.com\/doc\/2010-05-08\/">/,
  );
});

test.each([
  ['her own policy, about herself', OWN, 'alice', '200'],
  ['her own policy, about bob', OWN, 'bob', notAllowed('ListMFADevices', 'bob')],
  ['no policy, about herself', ASSUME_ANYTHING, 'alice', notAllowed('ListMFADevices', 'alice')],
  ['a wide policy, about bob', ANY, 'bob', '200'],
  [
    'a wide policy, about nobody',
    ANY,
    'eve',
    '404 NoSuchEntity: The user with name eve cannot be found.',
  ],
])('with %s', async (_, policy, UserName, outcome) => {
  const world = makeWorld({ alice: { policies: [policy] } });
  world.accounts[0]?.users.push(makeUser('bob'));
  const { url } = await start(world);
  expect(outcomeOf(await iam(url, 'ListMFADevices', { UserName }))).toBe(outcome);
});

const serial = (index: number): string =>
  index % 4 === 3
    ? `arn:aws:iam::${HOME}:u2f/user/alice/key${index.toString()}`
    : `arn:aws:iam::${HOME}:mfa/phone${index.toString()}`;

test.each([
  ['the page asked for', { MaxItems: '3' }, 100, [3, 3, 2]],
  ["the service's own page", {}, 5, [5, 3]],
  ['the smaller of both', { MaxItems: '1000' }, 4, [4, 4]],
  ['all at once', {}, 100, [8]],
])('eight devices of all kinds come in pages of %s', async (_, parameters, pageSize, sizes) => {
  const mfaDevices = Array.from({ length: 8 }, (_unused, index) => ({
    serial: serial(index),
    seed: index % 4 === 3 ? null : SEED,
    enabled: NOON,
  }));
  const { url } = await start(
    makeWorld({ alice: { policies: [OWN], mfaDevices }, changes: { pageSize } }),
  );
  const pages: string[][] = [];
  let marker: string | null = null;
  do {
    const page = await iam(url, 'ListMFADevices', {
      ...parameters,
      ...(marker && { Marker: marker }),
    });
    pages.push([...page.text.matchAll(/<SerialNumber>([^<]*)</g)].map(([, found = '']) => found));
    marker = page.value('Marker');
    expect(page.value('IsTruncated')).toBe(String(marker !== null));
  } while (marker !== null);
  expect(pages.map((page) => page.length)).toEqual(sizes);
  expect(pages.flat()).toEqual(mfaDevices.map((device) => device.serial));
});

test('a session calls IAM only if it was given a code', async () => {
  const { url } = await start(makeWorld({ alice: { policies: [OWN] } }));
  const code = { SerialNumber: ALICE_SERIAL, TokenCode: totpCode(SEED, NOON) };
  const plain = keysOf(await callAws(url, 'GetSessionToken'));
  const withMfa = keysOf(await callAws(url, 'GetSessionToken', code));
  expect(outcomeOf(await iam(url, 'ListMFADevices', {}, withMfa))).toBe('200');
  expect(outcomeOf(await iam(url, 'ListMFADevices', {}, plain))).toBe(
    '403 InvalidClientTokenId: The security token included in the request is invalid.',
  );
});

test('a role has to say which user it means, in its own account', async () => {
  const world = makeWorld({ roles: [makeRole('clerk', trust('*'), { policies: [ANY] })] });
  world.accounts[1]?.users.push(makeUser('carol'));
  const { url } = await start(world);
  const parameters = { RoleArn: `arn:aws:iam::${AWAY}:role/clerk`, RoleSessionName: 'alice' };
  const keys = keysOf(await callAws(url, 'AssumeRole', parameters));
  expect(outcomeOf(await iam(url, 'GetUser', {}, keys))).toBe(
    '400 ValidationError: Must specify userName when calling with non-User credentials',
  );
  expect(outcomeOf(await iam(url, 'GetUser', { UserName: 'carol' }, keys))).toBe('200');
  expect((await iam(url, 'GetUser', { UserName: 'alice' }, keys)).status).toBe(404);
});

test.each([
  [
    { MaxItems: '0' },
    "Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    { Marker: 'x' },
    "Value 'x' at 'marker' failed to satisfy constraint: Member must satisfy regular expression pattern: [0-9]+",
  ],
  [
    { UserName: 'a b' },
    "Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
  ],
])('%j is a ValidationError', async (parameters, message) => {
  const { url } = await start(makeWorld({ alice: { policies: [ANY] } }));
  expect(outcomeOf(await iam(url, 'ListMFADevices', parameters))).toBe(
    `400 ValidationError: 1 validation error detected: ${message}`,
  );
});

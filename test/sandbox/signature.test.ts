import { expect, test } from 'vitest';
import { ALICE, basic, callAws, keysOf, outcomeOf, type SentRequest } from './aws-call.js';
import { ALICE_KEY, makeWorld, NOON } from './small-world.js';
import { start } from './start-sandbox.js';

const MISMATCH =
  '403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const UNKNOWN = '403 InvalidClientTokenId: The security token included in the request is invalid.';

/** Changes the text of the Authorization header. */
function authorization(from: string | RegExp, to: string) {
  return (request: SentRequest): void => {
    const header = request.headers['authorization'] ?? '';
    request.headers['authorization'] = header.replace(from, to);
  };
}

test('a request signed right is answered', async () => {
  const { url } = await start(makeWorld({}));
  expect(outcomeOf(await callAws(url, 'GetCallerIdentity'))).toBe('200');
});

test.each<[string, (request: SentRequest) => void, string]>([
  ['the body', (request) => (request.body += '&DurationSeconds=900'), MISMATCH],
  ['the method', (request) => (request.method = 'PUT'), MISMATCH],
  ['the path', (request) => (request.path = '/other'), MISMATCH],
  ['the query', (request) => (request.path = '/?Action=GetSessionToken'), MISMATCH],
  ['a signed header', (request) => (request.headers['content-type'] = 'text/plain'), MISMATCH],
  ['the host', (request) => (request.headers['host'] = 'sts.example'), MISMATCH],
  ['the time', (request) => (request.headers['x-amz-date'] = '20260301T120001Z'), MISMATCH],
  ['the region', authorization('us-east-1', 'us-east-2'), MISMATCH],
  [
    'the date of the scope',
    authorization('/20260301/', '/20260302/'),
    "403 SignatureDoesNotMatch: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260302' != '20260301', from '20260301T120000Z'.",
  ],
  ['the service', authorization('/sts/', '/iam/'), MISMATCH],
  [
    'the service to none of ours',
    authorization('/sts/', '/s3/'),
    "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'.",
  ],
  ['the list of headers', authorization('content-type;', ''), MISMATCH],
  ['the signature', authorization(/Signature=.{4}/, 'Signature=0000'), MISMATCH],
  ['the key ID', authorization(ALICE_KEY.id, 'AKIAI44QH8DHBEXAMPLE'), UNKNOWN],
  [
    'an x-amz header that is not signed',
    (request) => (request.headers['x-amz-extra'] = '1'),
    '403 SignatureDoesNotMatch: There were headers present in the request which were not signed: x-amz-extra',
  ],
  [
    'a session token where none belongs',
    (request) => (request.headers['x-amz-security-token'] = 'x'),
    UNKNOWN,
  ],
  [
    'the form of the signature',
    authorization('Signature=', 'Sig='),
    "400 IncompleteSignature: Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.",
  ],
  [
    'the form of the time',
    (request) => (request.headers['x-amz-date'] = 'noon'),
    "400 IncompleteSignature: Date must be in ISO-8601 'basic format'. Got 'noon'.",
  ],
  [
    'the whole header',
    (request) => delete request.headers['authorization'],
    '403 MissingAuthenticationToken: Request is missing Authentication Token',
  ],
])('a change of %s after signing is refused', async (_, tamper, outcome) => {
  const { url } = await start(makeWorld({}));
  expect(outcomeOf(await callAws(url, 'GetCallerIdentity', {}, { tamper }))).toBe(outcome);
});

test('a wrong secret is refused', async () => {
  const { url } = await start(makeWorld({}));
  const keys = { ...ALICE, secret: 'wrong' };
  expect(outcomeOf(await callAws(url, 'GetCallerIdentity', {}, { keys }))).toBe(MISMATCH);
});

test('a signature that leaves the host out is refused', async () => {
  const { url } = await start(makeWorld({}));
  const answer = await callAws(url, 'GetCallerIdentity', {}, { unsigned: ['host'] });
  expect(outcomeOf(answer)).toBe(
    "403 SignatureDoesNotMatch: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  );
});

test('an inactive key is as good as none', async () => {
  const accessKeys = [{ ...ALICE_KEY, isActive: false }];
  const { url } = await start(makeWorld({ alice: { accessKeys } }));
  expect(outcomeOf(await callAws(url, 'GetCallerIdentity'))).toBe(UNKNOWN);
});

test.each<[number, string]>([
  [-900, '200'],
  [
    -901,
    '403 SignatureDoesNotMatch: Signature expired: 20260301T114459Z is now earlier than 20260301T114500Z (20260301T120000Z - 15 min.)',
  ],
  [900, '200'],
  [
    901,
    '403 SignatureDoesNotMatch: Signature not yet current: 20260301T121501Z is still later than 20260301T121500Z (20260301T120000Z + 15 min.)',
  ],
])('a clock off by %i s: %s', async (seconds, outcome) => {
  const { url } = await start(makeWorld({}));
  const at = new Date(NOON.getTime() + seconds * 1000);
  const answer = await callAws(url, 'GetCallerIdentity', {}, { at });
  expect(outcomeOf(answer)).toBe(outcome);
  expect(answer.headers['date']).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
});

test('temporary keys work with their own token only, until they expire', async () => {
  const sandbox = await start(makeWorld({}));
  const session = await callAws(sandbox.url, 'GetSessionToken', { DurationSeconds: '900' });
  const other = keysOf(await callAws(sandbox.url, 'GetSessionToken'));
  const keys = keysOf(session);
  const whoAmI = async (given: typeof keys): Promise<string> =>
    outcomeOf(
      await callAws(sandbox.url, 'GetCallerIdentity', {}, { keys: given, at: sandbox.now() }),
    );
  expect(session.value('Expiration')).toBe('2026-03-01T12:15:00Z');
  expect(await whoAmI(keys)).toBe('200');
  expect(await whoAmI({ accessKeyId: keys.accessKeyId, secret: keys.secret })).toBe(UNKNOWN);
  expect(await whoAmI({ ...keys, sessionToken: other.sessionToken ?? '' })).toBe(UNKNOWN);
  sandbox.pass(899);
  expect(await whoAmI(keys)).toBe('200');
  sandbox.pass(1);
  expect(await whoAmI(keys)).toBe(
    '403 ExpiredToken: The security token included in the request is expired',
  );
});

test('keys of one partition are unknown in the regions of another', async () => {
  const { url } = await start(makeWorld({ changes: { partition: 'aws-cn' } }));
  const whoAmI = async (region: string): Promise<string> =>
    outcomeOf(await callAws(url, 'GetCallerIdentity', {}, { region }));
  expect(await whoAmI('cn-north-1')).toBe('200');
  expect(await whoAmI('us-east-1')).toBe(UNKNOWN);
});

test('a region that is not turned on refuses', async () => {
  const { url } = await start(makeWorld({ changes: { disabledRegions: ['af-south-1'] } }));
  const answer = await callAws(url, 'GetCallerIdentity', {}, { region: 'af-south-1' });
  expect(outcomeOf(answer)).toBe(
    '403 RegionDisabledException: STS is not activated in this region for account:111122223333. Your account administrator can activate STS in this region using the IAM Console.',
  );
});

test('the time in the test signer is written as AWS writes it', () => {
  expect(basic(NOON)).toBe('20260301T120000Z');
});

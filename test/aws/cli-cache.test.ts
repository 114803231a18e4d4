import { describe, expect, it } from 'vitest';
import { cliCacheFile, parseCliEntry, type CliRequest } from '../../src/aws/cli-cache.js';

const PLAIN: CliRequest = {
  roleArn: 'arn:aws:iam::444444444444:role/prod-role',
  sessionName: null,
  externalId: null,
  mfaSerial: null,
  durationSeconds: null,
};
const mfaSerial = 'arn:aws:iam::111111111111:mfa/jane.doe';

describe("the name of a file in the AWS CLI's cache", () => {
  // As botocore 1.43.11 names them.
  it.each<[Partial<CliRequest>, key: string]>([
    [{}, '2dd71db0c57d17742b826f3b38fc2ddc62cac4ea'],
    [{ mfaSerial }, 'a084689cf0f62376f0af87c5290476680eab0d53'],
    [{ mfaSerial, sessionName: 'jane.doe' }, 'bb9744220a3ccd62ea252688f193090e482f5741'],
    [
      { externalId: '7f3c-acme', durationSeconds: 7200 },
      '0b07069adfdc4725ad49d864df13e1cd4f29e1ed',
    ],
    [
      {
        mfaSerial,
        sessionName: 'j\u00e4ne/\u{1d11e}\u007f"\\',
        externalId: 'a\u20acb',
        durationSeconds: 900,
      },
      '70ce06e2f8f421ca6cd6c1ee128a06cdf905961b',
    ],
  ])('goes by %j', (request, key) => {
    expect(cliCacheFile({ ...PLAIN, ...request })).toBe(`${key}.json`);
  });
});

describe("what a file of the AWS CLI's cache tells", () => {
  const entry = (Expiration: unknown, more: object = {}): string =>
    JSON.stringify({ Credentials: { Expiration }, ...more });

  it.each<[text: string, expiration: string | null, identity: string | null]>([
    [entry('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000Z', null],
    [entry('2026-01-02T03:04:05UTC'), '2026-01-02T03:04:05.000Z', null],
    [entry('2026-01-02T03:04:05+00:00'), '2026-01-02T03:04:05.000Z', null],
    [entry('2026-01-02T03:04:05Z', { x_assume_identity: 'i' }), '2026-01-02T03:04:05.000Z', 'i'],
    [entry('2026-01-02T03:04:05Z', { x_assume_identity: 1 }), '2026-01-02T03:04:05.000Z', null],
    [entry('soon'), null, null],
    [entry(1), null, null],
    ['{"Credentials":null}', null, null],
    ['[]', null, null],
    ['null', null, null],
    ['{', null, null],
    ['', null, null],
  ])('%s', (text, expiration, identity) => {
    const facts = parseCliEntry(text);
    expect(facts?.expiration.toISOString() ?? null).toBe(expiration);
    expect(facts?.identity ?? null).toBe(identity);
  });
});

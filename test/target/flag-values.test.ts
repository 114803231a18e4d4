import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/argv.js';
import { readFlagValues } from '../../src/target/flag-values.js';
import { fakeHost } from '../support/fake-host.js';
import { thrownBy } from '../support/thrown-by.js';

const POLICY = '{"Version":"2012-10-17","Statement":[]}';
const host = fakeHost({
  files: {
    '/work/p.json': `{ "Version": "2012-10-17",\n "Statement": [] }`,
    '/abs/list.json': '[]',
  },
});
const arnOf = (at: number): string => `arn:aws:iam::111122223333:policy/p${String(at)}`;
const read = (options: Options) => readFlagValues(options, host);

describe('a flag', () => {
  it.each<[Options, string, unknown, string]>([
    [{ duration: '45m' }, 'durationSeconds', 2700, '--duration'],
    [{ duration: '900' }, 'durationSeconds', 900, '--duration'],
    [{ duration: '12h' }, 'durationSeconds', 43_200, '--duration'],
    [{ region: 'eu-west-1' }, 'region', 'eu-west-1', '--region'],
    [{ 'session-name': 'jane doe' }, 'sessionName', 'jane doe', '--session-name'],
    [{ 'external-id': 'a:b/c' }, 'externalId', 'a:b/c', '--external-id'],
    [{ 'source-identity': 'jane' }, 'sourceIdentity', 'jane', '--source-identity'],
    [
      { 'session-tag': ['a=1', 'b=x=y', 'c='] },
      'tags',
      { a: '1', b: 'x=y', c: '' },
      '--session-tag',
    ],
    [{ 'session-tag': ['a=1', 'a=2'] }, 'tags', { a: '2' }, '--session-tag'],
    [{ 'transitive-tag': ['a'] }, 'transitiveTagKeys', ['a'], '--transitive-tag'],
    [{ policy: POLICY }, 'policy', POLICY, '--policy'],
    [{ policy: ` ${POLICY.replace('{', '{ ')}` }, 'policy', POLICY, '--policy'],
    [{ policy: 'p.json' }, 'policy', POLICY, '--policy'],
    [{ policy: '/work/p.json' }, 'policy', POLICY, '--policy'],
    [
      { 'policy-arn': ['arn:aws:iam::aws:policy/X'] },
      'policyArns',
      ['arn:aws:iam::aws:policy/X'],
      '--policy-arn',
    ],
    [{ 'read-only': true }, 'managedPolicies', ['ReadOnlyAccess'], '--read-only'],
    [{ 'view-only': true }, 'managedPolicies', ['job-function/ViewOnlyAccess'], '--view-only'],
    [{ 'mfa-serial': 'GAHT12345678' }, 'mfaSerial', 'GAHT12345678', '--mfa-serial'],
    [{ identity: 'shared' }, 'identity', 'shared', '--identity'],
    [
      { 'endpoint-url': 'https://x.example/a' },
      'endpointUrl',
      'https://x.example/a',
      '--endpoint-url',
    ],
  ])('%j gives %s', (options, field, value, name) => {
    const values = read(options);
    const given = Object.entries(values).filter(([, flag]) => flag !== null);
    expect(given).toEqual([
      [field, { value, origin: { kind: 'flag', name, file: null, line: null } }],
    ]);
  });

  it.each<[Options, string]>([
    [{ duration: '14m' }, '--duration 14m'],
    [{ duration: '12h1s' }, '--duration 12h1s'],
    [{ duration: 'long' }, '--duration long is no duration'],
    [{ duration: '1.5h' }, '--duration 1.5h is no duration'],
    [{ duration: '' }, '--duration  is no duration'],
    [{ duration: '-1' }, '--duration'],
    [{ region: 'EU-WEST-1' }, '--region'],
    [{ region: 'eu west' }, '--region'],
    [{ region: '' }, '--region'],
    [{ region: '--' }, '--region'],
    [{ 'session-name': '' }, '--session-name'],
    [{ 'external-id': 'x' }, '--external-id'],
    [{ 'external-id': 'a b' }, '--external-id'],
    [{ 'external-id': '' }, '--external-id'],
    [{ 'source-identity': 'aws:jane' }, '--source-identity'],
    [{ 'source-identity': 'j' }, '--source-identity'],
    [{ 'session-tag': ['novalue'] }, '--session-tag novalue'],
    [{ 'session-tag': ['=v'] }, '--session-tag'],
    [{ 'session-tag': [`${'k'.repeat(129)}=v`] }, '--session-tag'],
    [{ 'session-tag': ['a!=1'] }, '--session-tag'],
    [{ 'session-tag': ['a=1\n2'] }, '--session-tag'],
    [{ 'session-tag': ['aws:a=1'] }, '--session-tag'],
    [{ 'session-tag': ['team=a', 'Team=b'] }, '--session-tag'],
    [{ 'session-tag': Array.from({ length: 51 }, (_, at) => `k${String(at)}=v`) }, '--session-tag'],
    [{ 'transitive-tag': ['a!'] }, '--transitive-tag'],
    [{ 'transitive-tag': [''] }, '--transitive-tag'],
    [{ 'session-tag': [`k=${'v'.repeat(257)}`] }, '--session-tag'],
    [{ 'policy-arn': ['foo'] }, '--policy-arn foo'],
    [{ 'policy-arn': ['arn:aws:iam::aws:role/X'] }, '--policy-arn arn:aws:iam::aws:role/X'],
    [{ 'policy-arn': ['arn:aus:iam::aws:policy/X'] }, '--policy-arn arn:aus'],
    [{ 'policy-arn': [''] }, '--policy-arn'],
    [{ 'policy-arn': Array.from({ length: 11 }, (_, at) => arnOf(at)) }, '11 times'],
    [{ policy: '' }, '--policy'],
    [{ policy: '{' }, '--policy: the policy is not a JSON object'],
    [{ policy: 'nowhere.json' }, '/work/nowhere.json'],
    [{ policy: '/abs/list.json' }, '/abs/list.json is not a JSON object'],
    [{ policy: `{"a":"${'x'.repeat(2048)}"}` }, 'more than the 2048'],
    [{ 'read-only': true, 'view-only': true }, 'exclude each other'],
    [{ 'mfa-serial': 'short' }, '--mfa-serial short'],
    [{ 'mfa-serial': 'arn:aws:iam::111122223333:u2f/user/jane/k' }, '--mfa-serial'],
    [{ 'endpoint-url': 'x.example' }, '--endpoint-url'],
    [{ 'endpoint-url': 'https://user:pass@x.example' }, '--endpoint-url'],
    [{ 'endpoint-url': 'ftp://x.example' }, '--endpoint-url'],
    [{ 'endpoint-url': 'http://x:99999' }, '--endpoint-url'],
    [{ 'endpoint-url': 'http://%zz' }, '--endpoint-url'],
    [{ 'endpoint-url': '' }, '--endpoint-url'],
  ])('%j is refused before anything is asked', (options, message) => {
    const error = thrownBy(() => read(options));
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain(message);
    expect(error.hint).toBeTruthy();
  });

  it.each<[Options, string]>([
    [{ duration: '1.5h' }, 'write seconds (5400), minutes (90m) or both (1h30m), 15m to 12h'],
    [{ duration: '13h' }, 'write seconds (5400), minutes (90m) or both (1h30m), 15m to 12h'],
    [{ 'policy-arn': ['ReadOnlyAccess'] }, '--policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess'],
    [{ 'policy-arn': ['arn:aws:iam::1:policy/X'] }, 'arn:aws:iam::123456789012:policy/NAME'],
  ])('%j is told how to be written', (options, hint) => {
    expect(thrownBy(() => read(options)).hint).toContain(hint);
  });

  it('shows a hostile value by its numbers', () => {
    expect(thrownBy(() => read({ duration: '\u001b[31m' })).message).toContain(String.raw`\u{1b}`);
  });
});

import { describe, expect, it } from 'vitest';
import { recall } from '../../src/store/recall.js';
import { readPlanRecord, writePlanRecord, type PlanRecord } from '../../src/store/plan-index.js';
import { fakeHost, type FakeHost } from '../support/fake-host.js';

const LINE = { words: ['credential-process', 'prod'], renews: true, mayPick: false };
const MEMORY = '/run/user/1000/assume';
const ROLE = 'arn:aws:iam::444455556666:role/admin';
const CONFIG = '/home/jane/.aws/config';
const PLAN = '/home/jane/.cache/assume/plans/credential-process%20prod.any';

const FACTS = {
  version: 1,
  name: 'role-1',
  kind: 'role',
  identity: 'me',
  madeUnder: 'AKIAIOSFODNN7EXAMPLE',
  roleArn: ROLE,
  accountId: '444455556666',
  startedAt: '2026-01-02T03:04:05.000Z',
  keptUntil: '2026-01-02T04:04:05.000Z',
  expiration: '2026-01-02T04:04:05.000Z',
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'fake-secret',
  sessionToken: 'fake-token',
};

function recordOf(host: FakeHost): PlanRecord {
  return {
    ...LINE,
    seen: {
      variables: { AWS_REGION: null, HOME: '/home/jane' },
      places: { [MEMORY]: host.files.fingerprint(MEMORY, 'place')?.text ?? null },
      contents: { [CONFIG]: host.files.fingerprint(CONFIG, 'content')?.text ?? null },
      changedMs: 0,
      isOfItsTime: false,
    },
    until: null,
    store: { directory: MEMORY, key: null },
    names: ['role-0', 'role-1'],
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    shown: {
      ...{ name: 'prod', customer: null, accountName: null, roleName: 'admin', identityName: 'me' },
      ...{ roleArn: ROLE, region: null, color: null, isProtected: false, remarks: [] },
      ...{ isFromEnvironment: false, showsPrompt: true },
    },
  };
}

/** A machine on which the line was answered before. */
function prepared(facts: object = {}, record: Partial<PlanRecord> = {}, env = {}): FakeHost {
  const host = fakeHost({
    env: { HOME: '/home/jane', ...env },
    files: { [CONFIG]: '[profile prod]' },
  });
  host.files.writePrivate(`${MEMORY}/role-1.json`, JSON.stringify({ ...FACTS, ...facts }));
  writePlanRecord(host, { ...recordOf(host), ...record });
  return host;
}

const MARGIN_MS = 15 * 60_000;

describe('a line that was answered before', () => {
  it('is answered by what lies in the store, with what is to be shown', async () => {
    const recalled = await recall(prepared(), LINE, MARGIN_MS);
    expect(recalled?.entry.credentials.secretAccessKey.reveal()).toBe('fake-secret');
    expect(recalled?.entry.accountId).toBe('444455556666');
    expect(recalled?.shown.name).toBe('prod');
  });

  it.each<[string, object]>([
    ['made under another key', { madeUnder: 'AKIAI44QH8DHBEXAMPLE' }],
    ['of another role', { roleArn: 'arn:aws:iam::444455556666:role/reader' }],
    ['kept under another name', { name: 'role-2' }],
    ['of another version', { version: 2 }],
    ['without a secret', { secretAccessKey: '' }],
    [
      'nearly over',
      { startedAt: '2026-01-02T02:10:00.000Z', keptUntil: '2026-01-02T03:10:00.000Z' },
    ],
    ['over', { keptUntil: '2026-01-02T03:04:05.000Z' }],
  ])('is not answered by an entry that is %s', async (_, facts) => {
    expect(await recall(prepared(facts), LINE, MARGIN_MS)).toBeNull();
  });

  it.each<[string, Partial<PlanRecord>]>([
    ['that was made for other words', { words: ['credential-process', 'dev'] }],
    ['whose time is over', { until: Date.parse('2026-01-02T03:04:05Z') }],
    ['of a store that is not there', { store: { directory: '/run/other', key: null } }],
  ])('is not answered by a note %s', async (_, record) => {
    expect(await recall(prepared({}, record), LINE, MARGIN_MS)).toBeNull();
  });

  it('is answered until the time of its note is over', async () => {
    const host = prepared({}, { until: Date.parse('2026-01-02T03:04:06Z') });
    expect(await recall(host, LINE, MARGIN_MS)).not.toBeNull();
    await host.clock.advance(1000);
    expect(await recall(host, LINE, MARGIN_MS)).toBeNull();
  });

  it('is another line in another manner', async () => {
    const host = prepared();
    expect(await recall(host, { ...LINE, renews: false }, MARGIN_MS)).toBeNull();
    expect(await recall(host, { ...LINE, mayPick: true }, MARGIN_MS)).toBeNull();
  });

  it('is not answered under other variables', async () => {
    expect(await recall(prepared({}, {}, { AWS_REGION: '' }), LINE, MARGIN_MS)).toBeNull();
  });

  it('is not answered when a file was changed, or came', async () => {
    const host = prepared();
    host.files.put(CONFIG, '[profile other]');
    expect(await recall(host, LINE, MARGIN_MS)).toBeNull();
    const other = prepared(
      {},
      { seen: { ...recordOf(prepared()).seen, contents: { '/x': null } } },
    );
    expect(await recall(other, LINE, MARGIN_MS)).not.toBeNull();
    other.files.put('/x', '');
    expect(await recall(other, LINE, MARGIN_MS)).toBeNull();
  });
});

describe('notes', () => {
  it('are of this build alone', () => {
    const host = prepared();
    expect(readPlanRecord(host, LINE)).not.toBeNull();
    const text = host.files.contents()[PLAN] ?? '';
    host.files.writePrivate(PLAN, text.replace('"build":"test"', '"build":"other"'));
    expect(readPlanRecord(host, LINE)).toBeNull();
  });

  it('are not made of a line that is too long for a name', () => {
    const words = ['credential-process', 'x'.repeat(300)];
    const host = prepared({}, { words });
    expect(Object.keys(host.files.contents()).filter((path) => path.includes('/plans/'))).toEqual(
      [],
    );
    expect(readPlanRecord(host, { ...LINE, words })).toBeNull();
  });

  it('are given up all at once when there are a thousand', () => {
    const host = fakeHost();
    const count = (): number => host.files.list('/home/jane/.cache/assume/plans').length;
    for (let at = 0; at < 1000; at++) {
      writePlanRecord(host, { ...recordOf(host), words: ['export', `t${String(at)}`] });
    }
    expect(count()).toBe(1000);
    writePlanRecord(host, recordOf(host));
    expect(count()).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/argv.js';
import { makePlan } from '../../src/plan/make-plan.js';
import {
  needsCode,
  NOTHING_LEARNED,
  type Learned,
  type PlannedTarget,
  type Signer,
} from '../../src/plan/plan.js';
import { formatPlan, planJson } from '../../src/plan/format-plan.js';
import { learnedFrom } from '../../src/target/target.js';
import { ASSUME_INI, KEYS } from '../support/configured-host.js';
import { targetOf } from '../support/target-of.js';
import { thrownBy } from '../support/thrown-by.js';

const SERIAL = 'arn:aws:iam::111122223333:mfa/jane';
const SERIAL_LINE = `mfa_serial = ${SERIAL}\n`;
const LEARNED: Learned = {
  ...NOTHING_LEARNED,
  userName: { value: 'jane.doe', origin: learnedFrom('GetCallerIdentity', '/state/x') },
  mfaSerial: { value: 'GAHT12345678', origin: learnedFrom('ListMFADevices', '/state/x') },
};

interface Case {
  /** Lines of the target's section. */
  readonly target?: string;
  readonly settings?: string;
  /** The identity holds temporary credentials. */
  readonly temporary?: boolean;
  /** How many roles: 0 is the identity itself. */
  readonly hops?: 0 | 1 | 2;
  readonly renews?: boolean;
  readonly learned?: Learned;
  readonly options?: Options;
}

async function plan(row: Case): Promise<PlannedTarget> {
  const { target = '', settings = '', hops = 1, learned = NOTHING_LEARNED } = row;
  const token = row.temporary ? 'aws_session_token = t\n' : '';
  const [name, source] =
    hops === 2 ? ['t/r', 'mid'] : hops === 1 ? ['t/r', 'base'] : ['base', 'base'];
  // The identity itself takes from settings what a role takes from its target.
  const assume = [
    `[settings]\n${settings}${hops === 0 ? target : ''}`,
    `[identity i]\ncredentials = profile:${source}\n`,
    `[account t]\nid = 444444444444\nroles = r\n`,
    `[target t/r]\n${hops === 0 ? '' : target}`,
  ].join('');
  const config = `[profile base]\n${KEYS}${token}[profile mid]\nrole_arn = arn:aws:iam::222222222222:role/mid\nsource_profile = base\n`;
  return makePlan(
    await targetOf({ assume, config }, name, row.options),
    learned,
    row.renews ?? false,
  );
}

const D2 = 'duration = 2h\n';
const REQUIRED = 'mfa = required\n';
const NEVER = 'mfa = never\n';
const AGE = 'mfa_max_age = 1h\n';

describe('who signs', () => {
  it.each<[Case, Signer, serial: string | null, unknown: boolean]>([
    [{}, 'live-session', null, false],
    [{ learned: LEARNED }, 'live-session', 'GAHT12345678', false],
    [{ hops: 2 }, 'live-session', null, false],
    [{ hops: 0 }, 'plain-session', null, false],
    [{ hops: 0, learned: LEARNED }, 'plain-session', 'GAHT12345678', false],
    [{ target: 'mfa = auto\n' }, 'live-session', null, false],
    [{ target: 'mfa = auto\n' + SERIAL_LINE }, 'mfa-session', SERIAL, false],
    [{ target: SERIAL_LINE }, 'mfa-session', SERIAL, false],
    [{ target: SERIAL_LINE, learned: LEARNED }, 'mfa-session', SERIAL, false],
    [{ target: SERIAL_LINE, hops: 2 }, 'mfa-session', SERIAL, false],
    [{ target: SERIAL_LINE, hops: 0 }, 'mfa-session', SERIAL, false],
    [{ target: SERIAL_LINE, renews: true }, 'mfa-session', SERIAL, false],
    [{ target: REQUIRED }, 'mfa-session', null, true],
    [{ target: REQUIRED, learned: LEARNED }, 'mfa-session', 'GAHT12345678', false],
    [{ target: REQUIRED, hops: 0 }, 'mfa-session', null, true],
    [{ target: REQUIRED + SERIAL_LINE }, 'mfa-session', SERIAL, false],
    [{ target: AGE }, 'mfa-session', null, true],
    [{ target: AGE + SERIAL_LINE }, 'mfa-session', SERIAL, false],
    [{ target: AGE, hops: 2 }, 'mfa-session', null, true],
    [{ target: NEVER }, 'keys', null, false],
    [{ target: NEVER + SERIAL_LINE }, 'keys', null, false],
    [{ target: NEVER + AGE + SERIAL_LINE }, 'keys', null, false],
    [{ target: NEVER, learned: LEARNED }, 'keys', null, false],
    [{ target: NEVER, hops: 0 }, 'plain-session', null, false],
    [{ target: NEVER, hops: 0, temporary: true }, 'keys', null, false],
    // More than an hour: by the keys themselves, where that helps.
    [{ target: D2 }, 'keys', null, false],
    [{ target: D2, learned: LEARNED }, 'keys', null, false],
    [{ target: D2 + SERIAL_LINE }, 'keys-and-code', SERIAL, false],
    [{ target: D2 + REQUIRED }, 'keys-and-code', null, true],
    [{ target: D2 + REQUIRED, learned: LEARNED }, 'keys-and-code', 'GAHT12345678', false],
    [{ target: D2 + AGE + SERIAL_LINE }, 'keys-and-code', SERIAL, false],
    [{ target: D2 + NEVER }, 'keys', null, false],
    [{ target: D2 + SERIAL_LINE, renews: true }, 'mfa-session', SERIAL, false],
    [{ target: D2, renews: true }, 'live-session', null, false],
    [{ target: D2 + SERIAL_LINE, hops: 2 }, 'mfa-session', SERIAL, false],
    [{ target: D2, hops: 2 }, 'live-session', null, false],
    [{ target: D2 + SERIAL_LINE, settings: 'long_roles = never\n' }, 'mfa-session', SERIAL, false],
    [{ target: D2, settings: 'long_roles = never\n' }, 'live-session', null, false],
    [
      { target: D2 + SERIAL_LINE, settings: 'long_roles = allow\n' },
      'keys-and-code',
      SERIAL,
      false,
    ],
    [{ target: SERIAL_LINE, options: { duration: '2h' } }, 'keys-and-code', SERIAL, false],
    [
      { target: `duration = 1h\n${SERIAL_LINE}`, options: { duration: '2h' } },
      'mfa-session',
      SERIAL,
      false,
    ],
    // Temporary credentials buy neither a session nor more than an hour.
    [{ temporary: true }, 'keys', null, false],
    [{ temporary: true, target: SERIAL_LINE }, 'keys', null, false],
    [{ temporary: true, target: REQUIRED }, 'keys', null, false],
    [{ temporary: true, target: AGE }, 'keys', null, false],
    [{ temporary: true, target: D2 + SERIAL_LINE }, 'keys', null, false],
    [{ temporary: true, hops: 0 }, 'keys', null, false],
    [{ temporary: true, hops: 2, learned: LEARNED }, 'keys', null, false],
    [{ hops: 0, options: { 'long-term': true } }, 'keys', null, false],
    [{ hops: 0, target: SERIAL_LINE, options: { 'long-term': true } }, 'keys', null, false],
    [{ options: { 'mfa-serial': SERIAL } }, 'mfa-session', SERIAL, false],
  ])('%j: %s with %s', async (row, signer, serial, isUnknown) => {
    const planned = await plan(row);
    expect(planned.plan.signer).toBe(signer);
    expect(planned.plan.mfaSerial).toBe(serial);
    expect(planned.unknown.includes('mfaSerial')).toBe(isUnknown);
    expect(needsCode(planned.plan)).toBe(/^(mfa-session|keys-and-code)$/.test(signer));
    const makesSession = !signer.startsWith('keys');
    expect(planned.plan.sessionDurationSeconds).toBe(makesSession ? 43_200 : null);
    expect(planned.mfaReason).not.toBe('');
  });

  it('is never the long-term key of a role', async () => {
    const target = await targetOf(
      {
        config: `[profile base]\n${KEYS}[profile p]\nrole_arn = arn:aws:iam::444444444444:role/r\nsource_profile = base\n`,
      },
      'p',
      { 'long-term': true },
    );
    expect(thrownBy(() => makePlan(target, NOTHING_LEARNED, false)).code).toBe('USAGE');
  });
});

describe('how long each hop lasts', () => {
  it.each<[Case, number[], remark: string]>([
    [{}, [3600], ''],
    [{ target: 'duration = 15m\n' }, [900], ''],
    [{ target: 'duration = 1h\n' }, [3600], ''],
    [{ target: D2 }, [7200], ''],
    [{ target: 'duration = 12h\n' + SERIAL_LINE }, [43_200], ''],
    [{ target: D2, renews: true }, [3600], ''],
    [{ target: D2, hops: 2 }, [3600, 3600], 'assumed from another role'],
    [{ target: 'duration = 20m\n', hops: 2 }, [3600, 1200], ''],
    [{ target: D2, settings: 'long_roles = never\n' }, [3600], 'long_roles = never'],
    [{ target: D2, temporary: true }, [3600], 'temporary credentials'],
    [{ hops: 0 }, [], ''],
  ])('%j: %j', async (row, seconds, remark) => {
    const { plan: made, remarks } = await plan(row);
    expect(made.hops.map((hop) => hop.durationSeconds)).toEqual(seconds);
    if (remark === '') expect(remarks).toEqual([]);
    else expect(remarks.join()).toContain(remark);
  });

  it.each([
    ['session_duration = 36h\n', 129_600],
    ['session_duration = 15m\n', 900],
  ])('and the session: %s', async (settings, seconds) => {
    const { plan: made, origins } = await plan({ settings, target: SERIAL_LINE });
    expect(made.sessionDurationSeconds).toBe(seconds);
    expect(origins['session.durationSeconds']).toMatchObject({ file: ASSUME_INI, line: 2 });
  });
});

const EVERYTHING: Case = {
  target: `${SERIAL_LINE}${AGE}external_id = e1\nsession_name = n1\nsource_identity = si\nsession_tags = k=v\ntransitive_tags = k\npolicy = {"a":1}\npolicy_arns = arn:aws:iam::aws:policy/X\nduration = 30m\nregion = eu-west-1\n`,
  settings: 'endpoint_url = https://x.example\n',
};

/** What follows from the rest: no one line decides it. */
const FROM_ALL =
  /^(version|target|roleArn|planKey|mfa\.(needed|reason)|(unknown|remarks)(\.\d+)?)$/;

/** The paths of everything that the JSON says, but for lists and tags, which are said as a whole. */
function fieldsOf(json: object, prefix = ''): string[] {
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) => {
    const path = prefix + name;
    if (path === 'origins' || value === null) return [];
    if (typeof value !== 'object') return [path];
    if (Object.keys(value).length === 0) return [];
    return /\.(tags|transitiveTagKeys|policyArns)$/.test(path)
      ? [path]
      : fieldsOf(value, `${path}.`);
  });
}

describe('origins', () => {
  it.each<[string, Case]>([
    ['everything set', EVERYTHING],
    ['nothing set', {}],
    ['two hops', { ...EVERYTHING, hops: 2 }],
    ['the identity itself', { hops: 0 }],
    ['learned facts', { learned: LEARNED }],
    ['a code with the request', { target: D2 + SERIAL_LINE }],
  ])('tell where every value came from: %s', async (_, row) => {
    const planned = await plan(row);
    const { origins } = planned;
    const fields = fieldsOf(planJson(planned, { session: null, hops: [] }));
    expect(fields.filter((field) => !origins[field] && !FROM_ALL.test(field))).toEqual([]);
    expect(Object.keys(origins).filter((field) => !fields.includes(field))).toEqual([]);
    for (const origin of Object.values(origins)) {
      expect(origin.kind === 'file').toBe(
        origin.file !== null && origin.line !== null && origin.kind === 'file',
      );
    }
  });
});

describe('the plan as it is shown', () => {
  const cached = { session: new Date('2026-01-02T10:00:00Z'), hops: [null] };

  it('has each value with its place', async () => {
    const text = await formatPlan(await plan(EVERYTHING), cached, false, null);
    const at = (line: number): string => `${ASSUME_INI}:${String(line)}`;
    expect(text.split('\n').map((row) => row.replace(/ {2,}/g, '  '))).toEqual([
      `target  t/r  ${at(8)}`,
      `account  444444444444  ${at(6)}`,
      `region  eu-west-1  ${at(19)}`,
      `identity  i  ${at(3)}`,
      `  from  profile:base, AKIAIOSFODNN7EXAMPLE  ${at(4)}`,
      'STS region  us-east-1  default',
      `endpoint  https://x.example  ${at(2)}`,
      `signed by  a session bought with an MFA code  ${at(10)}`,
      '  mfa_max_age = 1h',
      `MFA device  ${SERIAL}  ${at(9)}`,
      `MFA age  1h  ${at(10)}`,
      'session  12h  default',
      '  cached  until 2026-01-02T10:00:00.000Z',
      `role 1  arn:aws:iam::444444444444:role/r  ${at(6)}`,
      `  session  n1  ${at(12)}`,
      `  lasts  30m  ${at(18)}`,
      `  external ID e1  ${at(11)}`,
      `  source  si  ${at(13)}`,
      `  tags  k=v  ${at(14)}`,
      `  transitive  k  ${at(15)}`,
      `  policy  {"a":1}  ${at(16)}`,
      `  policies  arn:aws:iam::aws:policy/X  ${at(17)}`,
      '',
    ]);
  });

  it('is colourless unless colour is wanted', async () => {
    const planned = await plan(EVERYTHING);
    expect(await formatPlan(planned, cached, false, null)).not.toContain('\u001b');
    expect(await formatPlan(planned, cached, true, null)).toContain('\u001b');
  });

  it("shows which of AWS's endpoints are called, where it is not the usual one", async () => {
    const env = {
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_STS_REGIONAL_ENDPOINTS: 'legacy',
    };
    const assume = `[account t]\nid = 444444444444\nroles = r\n`;
    const target = await targetOf({ assume, credentials: `[base]\n${KEYS}` }, 't/r', {}, { env });
    const planned = makePlan(target, NOTHING_LEARNED, false);
    const text = await formatPlan(planned, { session: null, hops: [] }, false, null);
    expect(text.replace(/ {2,}/g, '  ').split('\n').slice(4, 8)).toEqual([
      'STS region  us-east-1  default',
      'FIPS  yes  AWS_USE_FIPS_ENDPOINT',
      'dual-stack  yes  AWS_USE_DUALSTACK_ENDPOINT',
      'STS endpoint  legacy: the global one where the region has it  AWS_STS_REGIONAL_ENDPOINTS',
    ]);
    expect(planJson(planned, { session: null, hops: [] })).toMatchObject({
      useFipsEndpoint: true,
      useDualstackEndpoint: true,
      stsRegionalEndpoints: 'legacy',
      origins: { useFipsEndpoint: { kind: 'variable', name: 'AWS_USE_FIPS_ENDPOINT' } },
    });
  });

  it('as JSON has what programs are promised', async () => {
    const json = planJson(await plan(EVERYTHING), cached);
    expect(json).toMatchObject({
      ...{ version: 1, target: 't/r', accountId: '444444444444', partition: 'aws' },
      ...{ roleArn: 'arn:aws:iam::444444444444:role/r', region: 'eu-west-1' },
      ...{ endpoint: 'https://x.example', signer: 'mfa-session' },
      ...{ useFipsEndpoint: false, useDualstackEndpoint: false, stsRegionalEndpoints: 'regional' },
      identity: { name: 'i', source: 'profile:base', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
      mfa: { serial: SERIAL, needed: true, maxAgeSeconds: 3600 },
      session: { durationSeconds: 43_200, cachedUntil: cached.session },
      hops: [{ externalId: 'e1', durationSeconds: 1800, cachedUntil: null }],
      origins: {
        'identity.name': { kind: 'file', name: 'identity', file: ASSUME_INI, line: 3 },
        'mfa.serial': { kind: 'file', name: 'mfa_serial', file: ASSUME_INI, line: 9 },
        'session.durationSeconds': { kind: 'default', name: 'session_duration' },
      },
      planKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(JSON.stringify(json)).not.toContain('wJalr');
  });
});

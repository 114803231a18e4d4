import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role, User } from '../../src/sandbox/world.js';
import { startPractice, type Ended, type Practice } from '../support/practice.js';

const PROD = 'arn:aws:iam::444444444444:role/prod-role';
const DEV = 'arn:aws:iam::222222222222:role/dev-role';

let practice: Practice;

beforeEach(async () => {
  practice = await startPractice();
});

afterEach(() => practice.close());

interface Row {
  readonly what: string;
  readonly world: () => void;
  readonly args?: readonly string[];
  /** What is told, one pattern for each fact. */
  readonly told: readonly RegExp[];
  readonly untold?: readonly RegExp[];
}

const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const trusting = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111111111111:root' } };
const ALL = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];

const NAMED: readonly Row[] = [
  {
    what: 'an identity policy that does not allow it',
    world: () => (jane().policies = []),
    told: [
      /refused arn:aws:iam::111111111111:user\/jane\.doe the role/,
      /no identity-based policy/,
      /allow it: ask for sts:AssumeRole/,
    ],
    untold: [/external ID/, /MFA/, /network/],
  },
  {
    what: 'a trust policy that does not allow it',
    world: () => {
      trust({
        ...trusting,
        Action: ALL,
        Condition: { StringEquals: { 'sts:ExternalId': 'acme-1' } },
      });
    },
    told: [/trust policy does not allow it/, /external ID: none sent/],
    untold: [/identity-based/],
  },
  {
    what: 'a trust policy that wants another external ID',
    world: () => {
      trust({
        ...trusting,
        Action: ALL,
        Condition: { StringEquals: { 'sts:ExternalId': 'acme-1' } },
      });
    },
    args: ['--external-id', 'acme-2'],
    told: [/trust policy does not allow it/, /external ID: sent; the role may expect another/],
    untold: [/none sent; the role may demand one \(external_id\)/],
  },
  {
    what: 'an explicit deny of the identity',
    world: () =>
      (jane().policies = [inline(everything), inline({ ...everything, Effect: 'Deny' })]),
    told: [/explicit deny in identity-based policy/, /a deny wins/],
  },
  {
    what: 'an explicit deny of the role',
    world: () => {
      trust({ ...trusting, Action: ALL }, { ...trusting, Effect: 'Deny', Action: ALL });
    },
    told: [/explicit deny in role trust policy/, /a deny wins/],
  },
  {
    what: 'sts:TagSession missing from the identity',
    world: () => (jane().policies = [inline({ ...everything, Action: 'sts:AssumeRole' })]),
    args: ['--session-tag', 'env=prod'],
    told: [/no identity-based policy/, /\(sts:TagSession\)/, /ask for sts:TagSession/],
  },
  {
    what: 'sts:TagSession missing from the role',
    world: () => {
      trust({ ...trusting, Action: 'sts:AssumeRole' });
    },
    args: ['--session-tag', 'env=prod'],
    told: [/trust policy/, /\(sts:TagSession\)/],
  },
  {
    what: 'sts:SetSourceIdentity missing from the identity',
    world: () => (jane().policies = [inline({ ...everything, Action: 'sts:AssumeRole' })]),
    args: ['--source-identity', 'jane'],
    told: [
      /no identity-based policy/,
      /\(sts:SetSourceIdentity\)/,
      /ask for sts:SetSourceIdentity/,
    ],
  },
  {
    what: 'sts:SetSourceIdentity missing from the role',
    world: () => {
      trust({ ...trusting, Action: 'sts:AssumeRole' });
    },
    args: ['--source-identity', 'jane'],
    told: [/trust policy/, /\(sts:SetSourceIdentity\)/, /source identity: jane sent/],
  },
];

describe("AWS's own reason is read", () => {
  test.each(NAMED)('$what', async ({ world, args = [], told, untold = [] }) => {
    world();
    expectTold(await practice.run(['export', 'dev', ...args]), told, untold);
    expect(practice.received()).toEqual(['AssumeRole']);
  });
});

describe('without a reason, what can be wrong is ruled in or out by what was sent', () => {
  beforeEach(() => {
    practice.aws.world.explainsRefusals = false;
    trust({
      ...trusting,
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'never' } },
    });
  });

  test('no MFA, nothing sent, a profile', async () => {
    expectTold(await practice.run(['export', 'dev']), [
      /MFA: not sent; .*mfa_serial/,
      /external ID: none sent/,
      /source identity: none sent/,
      /session name: jane\.doe/,
      /role: named by .*\.aws\/config:\d+/,
      /network/,
    ]);
  });

  test('an external ID and a source identity sent', async () => {
    const flags = ['--external-id', 'acme-2', '--source-identity', 'jane'];
    expectTold(
      await practice.run(['export', 'dev', ...flags]),
      [/external ID: sent; the role may expect another/, /source identity: jane sent/],
      [/external ID: none/, /source identity: none/],
    );
  });

  test('MFA that was sent, with its age', async () => {
    const serial = practice.serial('jane.doe');
    const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
    await practice.run(['login', 'base', '--mfa-serial', serial], { env });
    const ended = await practice.run(['export', 'dev', '--mfa-serial', serial]);
    expectTold(ended, [/MFA: sent; its code is \d+s old/], [/MFA: not sent/]);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  test('MFA that was sent with the request itself', async () => {
    const serial = practice.serial('jane.doe');
    const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
    const words = ['export', 'dev', '--duration', '2h', '--mfa-serial', serial];
    expectTold(await practice.run(words, { env }), [/MFA: sent with this request/]);
  });

  test('MFA that the configuration forbids', async () => {
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = never\n');
    expectTold(await practice.run(['export', 'dev']), [/MFA: not sent, because mfa = never/]);
  });

  test('a second hop, which carries no MFA whatever the first had', async () => {
    practice.write(
      '.aws/config',
      `[profile one]\nrole_arn = ${PROD}\nsource_profile = base\nmfa_serial = ${practice.serial('jane.doe')}\nrole_session_name = jane\n[profile two]\nrole_arn = ${DEV}\nsource_profile = one\nrole_session_name = jane\n`,
    );
    const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
    const ended = await practice.run(['export', 'two'], { env });
    expectTold(ended, [/MFA: a role assumed from another role carries none/]);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole']);
  });

  test('a role that was typed, and that does not exist', async () => {
    const ended = await practice.run(['export', '222222222222/no-such-role']);
    expectTold(ended, [/role: named by hand; AWS says the same when it does not exist/]);
  });

  test('a role of the catalogue, by its file and line', async () => {
    const file = practice.write(
      '.config/assume/assume.ini',
      '[account development]\nid = 222222222222\nroles = dev-role\n',
    );
    const ended = await practice.run(['export', 'development/dev-role']);
    expectTold(ended, [new RegExp(`role: named by ${file}:1;`)]);
  });
});

function expectTold(
  { status, stdout, stderr }: Ended,
  told: readonly RegExp[],
  untold: readonly RegExp[] = [],
): void {
  expect({ status, stdout }).toEqual({ status: 6, stdout: "sh -c 'exit 6' >&2\n" });
  for (const pattern of told) expect(stderr).toMatch(pattern);
  for (const pattern of untold) expect(stderr).not.toMatch(pattern);
  expect(stderr).not.toMatch(/^\s+at /m);
}

function jane(): User {
  return practice.user('jane.doe');
}

function trust(...statements: object[]): void {
  devRole().trustPolicy = { Version: '2012-10-17', Statement: statements };
}

function devRole(): Role {
  const role = practice.aws.world.accounts[1]?.roles.find(({ name }) => name === 'dev-role');
  if (!role) throw new Error('the practice has no dev-role');
  return role;
}

function inline(statement: object): User['policies'][number] {
  return { name: 'test', document: { Version: '2012-10-17', Statement: [statement] } };
}

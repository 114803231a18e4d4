import { randomBytes } from 'node:crypto';
import { makeAccessKeyId } from './access-key-id.js';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies.js';
import { encodeBase32 } from './base32.js';
import type { Account, Role, User, World } from './world.js';

const SHARED = '111111111111';
const DEVELOPMENT = '222222222222';
const STAGING = '333333333333';
const PRODUCTION = '444444444444';

const POLICIES = `arn:aws:iam::${SHARED}:policy`;
/** To assume a role, and to give its session a source identity and tags. */
const ASSUME = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];
const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };

const OWN_USER = `arn:aws:iam::${SHARED}:user/\${aws:username}`;
const DEVICES = `arn:aws:iam::${SHARED}:mfa/*`;

/**
 * Everybody looks at their own keys and devices and enrols a first device; whatever could lock its
 * owner out takes MFA.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html
 */
const OWN_CREDENTIALS = [
  {
    Action: [
      'iam:GetUser',
      'iam:ListMFADevices',
      'iam:ListAccessKeys',
      'iam:GetAccessKeyLastUsed',
      'iam:EnableMFADevice',
    ],
    Resource: OWN_USER,
  },
  {
    Action: [
      'iam:CreateAccessKey',
      'iam:UpdateAccessKey',
      'iam:DeleteAccessKey',
      'iam:DeactivateMFADevice',
    ],
    Resource: OWN_USER,
    Condition: WITH_MFA,
  },
  { Action: 'iam:CreateVirtualMFADevice', Resource: DEVICES },
  { Action: 'iam:DeleteVirtualMFADevice', Resource: DEVICES, Condition: WITH_MFA },
];

/**
 * The classic picture: people in a shared account, and development, staging and production accounts
 * whose roles trust it, production only with MFA. Who may do what is said by its policies alone.
 * Keys, seeds and IDs are new each time.
 *
 * @param created - when everything in it was made.
 */
export function makePicture(created: Date): World {
  const people = [
    makeUser('john.doe', 'developer', created),
    makeUser('jane.doe', 'administrator', created),
  ];
  return {
    partition: 'aws',
    accounts: [
      { id: SHARED, name: 'shared', users: people, roles: [], unassignedDevices: [] },
      makeTarget(DEVELOPMENT, 'development', { roleName: 'dev-role', hours: 12, condition: {} }),
      makeTarget(STAGING, 'staging', { roleName: 'staging-role', hours: 4, condition: {} }),
      makeTarget(PRODUCTION, 'production', {
        roleName: 'prod-role',
        hours: 1,
        condition: WITH_MFA,
      }),
    ],
    managedPolicies: { ...AWS_MANAGED_POLICIES, ...makeSharedPolicies() },
    disabledRegions: [],
    explainsRefusals: true,
    sourceIp: '127.0.0.1',
    pageSize: 100,
    newKeyDelay: { seconds: 0, requests: 0 },
    lastUseDelaySeconds: 0,
  };
}

function makeSharedPolicies(): Record<string, unknown> {
  return {
    [`${POLICIES}/own-credentials`]: makePolicy(...OWN_CREDENTIALS),
    [`${POLICIES}/developer`]: makePolicy({
      Action: ASSUME,
      Resource: [
        `arn:aws:iam::${DEVELOPMENT}:role/dev-role`,
        `arn:aws:iam::${STAGING}:role/staging-role`,
        'arn:aws:iam::*:role/readonly',
      ],
    }),
    [`${POLICIES}/administrator`]: makePolicy({
      Action: ASSUME,
      Resource: 'arn:aws:iam::*:role/*',
    }),
  };
}

function makePolicy(...statements: object[]): unknown {
  const Statement = statements.map((statement) => ({ Effect: 'Allow', ...statement }));
  return { Version: '2012-10-17', Statement };
}

function makeTarget(
  id: string,
  name: string,
  main: { readonly roleName: string; readonly hours: number; readonly condition: object },
): Account {
  const { roleName, hours, condition } = main;
  const makeRole = (role: Pick<Role, 'name' | 'policies'>, maxHours: number): Role => ({
    ...role,
    path: '/',
    id: makeUniqueId('AROA'),
    trustPolicy: makePolicy({
      Principal: { AWS: `arn:aws:iam::${SHARED}:root` },
      Action: ASSUME,
      Condition: condition,
    }),
    maxSessionDurationSeconds: maxHours * 3600,
    tags: {},
  });
  const roles = [
    makeRole({ name: roleName, policies: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, hours),
    makeRole({ name: 'readonly', policies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, 1),
  ];
  return { id, name, users: [], roles, unassignedDevices: [] };
}

function makeUser(name: string, group: 'developer' | 'administrator', created: Date): User {
  return {
    name,
    path: '/',
    id: makeUniqueId('AIDA'),
    created,
    accessKeys: [
      {
        id: makeAccessKeyId('AKIA', SHARED),
        secret: randomBytes(30).toString('base64'),
        isActive: true,
        created,
      },
    ],
    mfaDevices: [
      {
        serial: `arn:aws:iam::${SHARED}:mfa/${name}`,
        seed: encodeBase32(randomBytes(20)),
        enabled: created,
      },
    ],
    policies: [`${POLICIES}/own-credentials`, `${POLICIES}/${group}`],
    tags: {},
  };
}

function makeUniqueId(prefix: 'AIDA' | 'AROA'): string {
  return prefix + encodeBase32(randomBytes(10));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeAccessKeyId } from '../../src/sandbox/access-key-id.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { putBehindProxy } from '../support/behind-proxy.js';
import { interfaceFields } from '../support/interface-fields.js';
import { credentialsText, type Practice } from '../support/practice.js';
import { OPENSSL } from '../support/private-ca.js';
import { printed, usePractice, withCode, withFreshCode } from '../support/use-practice.js';

/** How one field of the plan comes to have another value. */
interface Row {
  /** Of the practice's profiles; `prod-readonly` when it does not matter. */
  readonly target?: string;
  /** What assume's own file says from the start. */
  readonly ini?: string;
  /** AWS's own hosts that are called, where no URL may stand in for them. */
  readonly hosts?: readonly string[];
  /** Changes what feeds the field. @returns What the next runs are given besides. */
  readonly change: (practice: Practice) => Given | Promise<Given>;
}

interface Given {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const ROWS: Readonly<Record<string, Row>> = {
  source: {
    change: (practice) => {
      appendTo(practice, 'credentials', credentialsText('twin', practice.key('jane.doe')));
      return editConfig(practice, 'source_profile = base', 'source_profile = twin');
    },
  },
  accessKeyId: {
    change: (practice) => {
      const second = { ...practice.key('jane.doe'), id: makeAccessKeyId('AKIA', '111111111111') };
      practice.user('jane.doe').accessKeys.push(second);
      practice.write('.aws/credentials', credentialsText('base', second));
      return {};
    },
  },
  identityAccountId: {
    change: (practice) => {
      const section = '[identity me]\ncredentials = profile:base\naccount_id = 111111111111\n';
      practice.write('.config/assume/assume.ini', section);
      return {};
    },
  },
  partition: {
    target: 'base',
    ini: 'mfa = required',
    change: (practice) => {
      practice.aws.world.partition = 'aws-cn';
      return settings(practice, 'mfa = required', 'partition = aws-cn');
    },
  },
  stsRegion: { change: () => ({ env: { AWS_REGION: 'eu-west-1' } }) },
  endpoint: {
    change: async ({ aws }) => {
      const second = await startSandbox({ world: aws.world });
      onTestFinished(() => second.close());
      return { flags: ['--endpoint-url', second.url] };
    },
  },
  useFipsEndpoint: {
    hosts: ['sts.us-east-1.amazonaws.com', 'sts-fips.us-east-1.amazonaws.com'],
    change: () => ({ env: { AWS_USE_FIPS_ENDPOINT: 'true' } }),
  },
  useDualstackEndpoint: {
    hosts: ['sts.us-east-1.amazonaws.com', 'sts.us-east-1.api.aws'],
    change: () => ({ env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' } }),
  },
  stsRegionalEndpoints: {
    hosts: ['sts.us-east-1.amazonaws.com', 'sts.amazonaws.com'],
    change: () => ({ env: { AWS_STS_REGIONAL_ENDPOINTS: 'legacy' } }),
  },
  signer: { target: 'dev', change: (practice) => settings(practice, 'mfa = required') },
  mfaSerial: {
    change: (practice) => {
      const { mfaDevices } = practice.user('jane.doe');
      const serial = 'arn:aws:iam::111111111111:mfa/jane-tablet';
      mfaDevices.push({ seed: null, enabled: new Date(), ...mfaDevices[0], serial });
      return { flags: ['--mfa-serial', serial] };
    },
  },
  mfaMaxAgeSeconds: { change: (practice) => settings(practice, 'mfa_max_age = 2h') },
  sessionDurationSeconds: { change: (practice) => settings(practice, 'session_duration = 2h') },
  'hops.roleArn': {
    change: (practice) =>
      editConfig(practice, '444444444444:role/readonly', '333333333333:role/readonly'),
  },
  'hops.sessionName': { change: (practice) => editConfig(practice, '= jane.doe', '= jane.day') },
  'hops.externalId': {
    change: (practice) =>
      editConfig(practice, 'role_session_name', 'external_id = 7f\nrole_session_name'),
  },
  'hops.sourceIdentity': { change: () => ({ flags: ['--source-identity', 'jane'] }) },
  'hops.durationSeconds': {
    change: (practice) =>
      editConfig(practice, 'role_session_name', 'duration_seconds = 1800\nrole_session_name'),
  },
  'hops.tags': {
    ini: 'session_tags = a=1',
    change: (practice) => settings(practice, 'session_tags = a=2'),
  },
  'hops.transitiveTagKeys': {
    ini: 'session_tags = a=1',
    change: (practice) => settings(practice, 'session_tags = a=1', 'transitive_tags = a'),
  },
  'hops.policy': {
    ini: 'policy = policy.json',
    change: (practice) => {
      practice.write('.config/assume/policy.json', policyOf('s3:List*'));
      return {};
    },
  },
  'hops.policyArns': { change: () => ({ flags: ['--read-only'] }) },
};

function policyOf(action: string): string {
  const statement = { Effect: 'Allow', Action: action, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function settings(practice: Practice, ...lines: string[]): Given {
  practice.write('.config/assume/assume.ini', ['[settings]', ...lines, ''].join('\n'));
  return {};
}

function editConfig(practice: Practice, from: string, to: string): Given {
  const text = readFileSync(join(practice.home.path, '.aws/config'), 'utf8');
  if (!text.includes(from)) throw new Error(`the practice's config has no ${from}`);
  practice.write('.aws/config', text.replaceAll(from, to));
  return {};
}

function appendTo(practice: Practice, name: string, more: string): void {
  const text = readFileSync(join(practice.home.path, '.aws', name), 'utf8');
  practice.write(`.aws/${name}`, `${text}${more}`);
}

const FIELDS = interfaceFields(join(import.meta.dirname, '../../src/plan/plan.ts'), 'Plan');

describe('what is cached for a plan', () => {
  it('has a row here for every field that a plan has', () => {
    expect(Object.keys(ROWS)).toEqual(FIELDS);
  });

  it.for(FIELDS)('is not served once %s has changed', async (field, { skip }) => {
    const row = ROWS[field];
    if (!row) throw new Error(`add a row for ${field}`);
    skip(row.hosts !== undefined && OPENSSL === null, 'openssl is missing');
    const practice = await usePractice();
    const way = row.hosts && (await putBehindProxy(practice, row.hosts)).env;
    settings(practice, row.ini ?? '');
    practice.write('.config/assume/policy.json', policyOf('s3:Get*'));
    const args = ['credential-process', row.target ?? 'prod-readonly'];
    const first = { env: { ...way, ...withCode(practice).env } };
    printed(await practice.run(['credential-process', 'prod-role'], first));
    const old = printed(await practice.run(args, { env: { ...way } }));
    practice.received();
    expect(printed(await practice.run(args, { env: { ...way } }))).toEqual(old);
    expect(practice.received()).toEqual([]);

    const { flags = [], ...given } = await row.change(practice);
    const env = { ...way, ...given.env };
    const fresh = { env: { ...env, ...withFreshCode(practice).env } };
    const changed = printed(await practice.run([...args, ...flags], fresh));
    expect(changed.AccessKeyId).not.toBe(old.AccessKeyId);
    practice.received();
    expect(printed(await practice.run([...args, ...flags], { env }))).toEqual(changed);
    expect(practice.received()).toEqual([]);
  });
});

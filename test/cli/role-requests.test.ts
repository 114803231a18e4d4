import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeAccessKeyId } from '../../src/sandbox/access-key-id.js';
import { credentialsText, type Practice } from '../support/practice.js';
import { startOwnServer, type OwnServer } from '../support/own-server.js';
import { withoutNames } from '../support/preload.js';
import { storedEntries } from '../support/stored-entries.js';
import {
  lastRequest,
  minutesLeft,
  printed,
  usePractice,
  withCode,
} from '../support/use-practice.js';

const DEV = 'arn:aws:iam::222222222222:role/dev-role';

/** A chain of profiles base → middle → inner | other, whose outer roles want their own external IDs. */
async function withChain(): Promise<Practice> {
  const practice = await usePractice();
  const [, development, staging] = practice.aws.world.accounts;
  const role = development?.roles[0];
  if (!role || !staging) throw new Error('the picture has changed');
  const trusting = (account: string, externalId: string): unknown => ({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      Condition: { StringEquals: { 'sts:ExternalId': externalId } },
    },
  });
  const own = { ...role, maxSessionDurationSeconds: 43_200 };
  development.roles.push({
    ...own,
    name: 'middle',
    trustPolicy: trusting('111111111111', 'id-of-middle'),
  });
  staging.roles.push(
    { ...own, name: 'inner', trustPolicy: trusting('222222222222', 'id-of-inner') },
    { ...own, name: 'other', trustPolicy: trusting('222222222222', 'id-of-other') },
  );
  const profile = (name: string, account: string, source: string, more: string): string =>
    `[profile ${name}]
role_arn = arn:aws:iam::${account}:role/${name}
source_profile = ${source}
external_id = id-of-${name}
${more}
`;
  practice.write(
    '.aws/config',
    profile('middle', '222222222222', 'base', 'role_session_name = jane.mid') +
      profile(
        'inner',
        '333333333333',
        'middle',
        'role_session_name = jane.in\nduration_seconds = 7200',
      ) +
      profile('other', '333333333333', 'middle', 'duration_seconds = 1800'),
  );
  practice.write(
    '.config/assume/assume.ini',
    '[identity shared]\ncredentials = profile:base\nuser_name = jane.doe\n',
  );
  return practice;
}

describe('a role behind a role', () => {
  it('is two requests, each with its own external ID and session name, an hour at most', async () => {
    const practice = await withChain();
    const { status, stderr } = await practice.run(['export', 'inner']);
    expect(status).toBe(0);
    expect(practice.received()).toEqual(['AssumeRole', 'AssumeRole']);
    const [first, second] = practice.aws.requests;
    expect(first?.parameters).toMatchObject({
      RoleArn: 'arn:aws:iam::222222222222:role/middle',
      ExternalId: 'id-of-middle',
      RoleSessionName: 'jane.mid',
      DurationSeconds: '3600',
    });
    expect(first?.signedBy).toBe(practice.key('jane.doe').id);
    expect(second?.parameters).toMatchObject({
      RoleArn: 'arn:aws:iam::333333333333:role/inner',
      ExternalId: 'id-of-inner',
      RoleSessionName: 'jane.in',
      DurationSeconds: '3600',
    });
    expect(second?.principalArn).toBe('arn:aws:sts::222222222222:assumed-role/middle/jane.mid');
    expect(stderr).toMatch(/inner lasts 1h, not 2h/);
  });

  it('shares the role in the middle: a second one through it is one request', async () => {
    const practice = await withChain();
    printed(await practice.run(['credential-process', 'inner']));
    practice.received();
    const answer = printed(await practice.run(['credential-process', 'other']));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').parameters).toMatchObject({
      ExternalId: 'id-of-other',
      RoleSessionName: 'jane.doe',
      DurationSeconds: '1800',
    });
    expect(minutesLeft(answer)).toBe(30);
    printed(await practice.run(['credential-process', 'middle']));
    expect(practice.received()).toEqual([]);
    expect(storedEntries(practice.home, 'role')).toHaveLength(3);
  });

  it('gets the session name and the source identity on both, everything else on the last', async () => {
    const practice = await withChain();
    const flags = [
      ...['--session-name', 'night', '--source-identity', 'jane', '--external-id', 'id-of-inner'],
      ...['--session-tag', 'a=1', '--policy-arn', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ];
    printed(await practice.run(['credential-process', 'inner', ...flags]));
    const [first, second] = practice.aws.requests.map(({ parameters }) => parameters);
    const both = { RoleSessionName: 'night', SourceIdentity: 'jane' };
    expect(first).toMatchObject({ ...both, ExternalId: 'id-of-middle' });
    expect(second).toMatchObject({ ...both, ExternalId: 'id-of-inner', 'Tags.member.1.Key': 'a' });
    const extras = Object.keys(first ?? {}).filter((name) => /^(Tags|Policy)/.test(name));
    expect(extras).toEqual([]);
  });
});

describe('what a flag says arrives at AWS', () => {
  const READ =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
  const rows: [flags: string, fields: Record<string, string>][] = [
    ['--duration 45m', { DurationSeconds: '2700' }],
    ['--session-name a,b', { RoleSessionName: 'a,b' }],
    ['--external-id 7f3c-acme', { ExternalId: '7f3c-acme' }],
    ['--source-identity jane', { SourceIdentity: 'jane' }],
    [
      '--session-tag team=ops --session-tag empty= --transitive-tag team',
      {
        'Tags.member.1.Key': 'team',
        'Tags.member.1.Value': 'ops',
        'Tags.member.2.Key': 'empty',
        'Tags.member.2.Value': '',
        'TransitiveTagKeys.member.1': 'team',
      },
    ],
    [`--policy ${READ}`, { Policy: READ }],
    ['--policy read.json', { Policy: READ }],
    [
      '--policy-arn arn:aws:iam::aws:policy/AdministratorAccess --read-only',
      {
        'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/AdministratorAccess',
        'PolicyArns.member.2.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      },
    ],
    ['--view-only', { 'PolicyArns.member.1.arn': VIEW_ONLY }],
  ];

  it.each(rows)('%s', async (flags, fields) => {
    const practice = await usePractice();
    practice.write('read.json', READ);
    for (const args of [
      ['credential-process', 'dev', ...flags.split(' ')],
      ['credential-process', ...flags.split(' '), 'dev'],
    ]) {
      printed(await practice.run([...args, '--refresh']));
      expect(lastRequest(practice, 'AssumeRole').parameters).toMatchObject(fields);
    }
    expect(practice.received()).toHaveLength(2);
  });

  it.each([
    ['aws-cn', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('--read-only is a policy of the partition %s', async (partition, region) => {
    const practice = await usePractice();
    practice.write(
      '.config/assume/assume.ini',
      '[identity i]\ncredentials = profile:base\nuser_name = jane\n',
    );
    const target = DEV.replace(':aws:', `:${partition}:`);
    const { status } = await practice.run(['credential-process', target, '--read-only']);
    const { parameters, region: signed } = lastRequest(practice, 'AssumeRole');
    expect(parameters['PolicyArns.member.1.arn']).toBe(
      `arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
    );
    expect([signed, status]).toEqual([region, 6]);
  });

  it('names the tool in the user agent of every call', async () => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    printed(await practice.run(['credential-process', DEV], withCode(practice)));
    expect(practice.received().sort()).toEqual([
      'AssumeRole',
      'GetCallerIdentity',
      'GetSessionToken',
      'ListMFADevices',
    ]);
    for (const { userAgent } of practice.aws.requests) expect(userAgent).toMatch(/assume-cli\/\d/);
  });
});

const VIEW_ONLY = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess';

describe('the region of STS', () => {
  const rows: [what: string, base: string, ini: string, env: string, region: string][] = [
    ['the default', '', '', '', 'us-east-1'],
    ['AWS_REGION', '', '', 'sa-east-1', 'sa-east-1'],
    ["the base profile's", 'region = eu-west-1', '', 'sa-east-1', 'eu-west-1'],
    ['sts_region', 'region = eu-west-1', 'sts_region = eu-central-1', 'sa-east-1', 'eu-central-1'],
  ];

  it.each(rows)("is %s, never the target's", async (_what, base, ini, env, region) => {
    const practice = await usePractice();
    const at = join(practice.home.path, '.aws/config');
    const text = readFileSync(at, 'utf8').replaceAll('role_arn', 'region = ap-east-1\nrole_arn');
    practice.write('.aws/config', `${text}\n[profile base]\n${base}\n`);
    practice.write(
      '.config/assume/assume.ini',
      `[settings]\n${ini}\nregion = ca-central-1\n[account dev]\nid = 222222222222\nregion = af-south-1\nroles = dev-role\n`,
    );
    const run = { env: { ...withCode(practice).env, AWS_REGION: env || undefined } };
    const { stdout } = await practice.run(['export', 'prod-role', '--format', 'json'], run);
    expect(stdout).toMatch(/"AWS_REGION": "ap-east-1"/);
    printed(await practice.run(['credential-process', 'dev', '--region', 'eu-south-2'], run));
    printed(await practice.run(['credential-process', 'dev/dev-role'], run));
    const regions = new Set(practice.aws.requests.map((request) => request.region));
    expect([...regions]).toEqual([region]);
  });
});

describe('the endpoint', () => {
  const trap = (): Promise<OwnServer> =>
    startOwnServer((_action, _fields, response) => response.end());

  it("is AWS's own, whatever AWS's variables and profiles name", async () => {
    const practice = await usePractice();
    const { url, received } = await trap();
    practice.write(
      '.aws/config',
      `[profile base]
endpoint_url = ${url}
services = local
[profile prod-role]
role_arn = arn:aws:iam::444444444444:role/prod-role
source_profile = base
mfa_serial = ${practice.serial('jane.doe')}
role_session_name = jane.doe
endpoint_url = ${url}
[services local]
sts =
  endpoint_url = ${url}
`,
    );
    const notes = join(practice.home.path, 'looked-up');
    const env = {
      ...withoutNames(practice.home, notes),
      ...withCode(practice).env,
      ASSUME_ENDPOINT_URL: undefined,
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_IAM: url,
      AWS_PROFILE: 'base',
    };
    const { status, stderr } = await practice.run(['credential-process', 'prod-role'], { env });
    expect([status, received]).toEqual([7, []]);
    expect(new Set(readFileSync(notes, 'utf8').trim().split('\n'))).toEqual(
      new Set(['sts.us-east-1.amazonaws.com']),
    );
    expect(stderr.match(/is not obeyed/g)).toHaveLength(1);
  });

  it('is what the flag or assume.ini names, for every call, and is told once', async () => {
    const practice = await usePractice();
    const { url, received } = await trap();
    const env = { ASSUME_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL: url };
    const flag = ['--endpoint-url', practice.aws.url];
    const flagged = await practice.run(['credential-process', DEV, ...flag], { env });
    printed(flagged);
    expect(flagged.stderr.match(/using endpoint http.*--endpoint-url/g)).toHaveLength(1);
    practice.write(
      '.config/assume/assume.ini',
      `[settings]\nendpoint_url = ${practice.aws.url}\nmfa = required\n`,
    );
    printed(
      await practice.run(['credential-process', 'dev'], {
        env: { ...env, ...withCode(practice).env },
      }),
    );
    expect([practice.received().length, received]).toEqual([5, []]);
  });

  it.each([
    'http://example.com',
    'https://127.0.0.1.example.com',
    'http://localhost@example.com',
    'x',
  ])('is never %s by ASSUME_ENDPOINT_URL', async (url) => {
    const practice = await usePractice();
    const notes = join(practice.home.path, 'looked-up');
    practice.write('looked-up', '');
    const { status, stdout, stderr } = await practice.run(['credential-process', 'dev'], {
      env: { ...withoutNames(practice.home, notes), ASSUME_ENDPOINT_URL: url },
    });
    expect([status, stdout, readFileSync(notes, 'utf8')]).toEqual([2, '', '']);
    expect(stderr).toMatch(/this machine only/);
  });
});

describe("the identity's account", () => {
  const withAccount = async (accountId: string): Promise<Practice> => {
    const practice = await usePractice();
    practice.write(
      '.config/assume/assume.ini',
      `[identity shared]\ncredentials = profile:base\naccount_id = ${accountId}\n`,
    );
    return practice;
  };

  it('is refused only after AWS was asked, once', async () => {
    const practice = await withAccount('999999999999');
    for (const calls of [['GetCallerIdentity'], []]) {
      const { status, stdout, stderr } = await practice.run(['credential-process', 'dev']);
      expect([status, stdout, practice.received()]).toEqual([6, '', calls]);
      expect(stderr).toMatch(/belong to account 111111111111, not to 999999999999/);
    }
  });

  it('costs no request where the key ID itself agrees', async () => {
    const practice = await withAccount('111111111111');
    printed(await practice.run(['credential-process', 'dev']));
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('is what AWS says, whatever the key ID seems to say', async () => {
    const practice = await withAccount('111111111111');
    const key = practice.key('jane.doe');
    Object.assign(key, { id: makeAccessKeyId('AKIA', '999999999999') });
    practice.write('.aws/credentials', credentialsText('base', key));
    printed(await practice.run(['credential-process', 'dev']));
    printed(await practice.run(['credential-process', 'dev', '--refresh']));
    expect(practice.received()).toEqual(['GetCallerIdentity', 'AssumeRole', 'AssumeRole']);
  });

  it('is asked once, ever, of a key ID of the old form', async () => {
    const practice = await withAccount('111111111111');
    const key = practice.key('jane.doe');
    Object.assign(key, { id: 'AKIAIOSFODNN7JANEDOE' });
    practice.write(
      '.aws/credentials',
      `[base]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`,
    );
    printed(await practice.run(['credential-process', 'dev']));
    printed(await practice.run(['credential-process', 'dev', '--refresh']));
    expect(practice.received()).toEqual(['GetCallerIdentity', 'AssumeRole', 'AssumeRole']);
  });
});

describe('an answer that is not what was asked for', () => {
  /** An STS that answers with this role session, these fields left out. */
  const lying = (session: string, key: string, caller: string, without = ''): Promise<OwnServer> =>
    startOwnServer((action, _fields, response) => {
      const credentials = `<Credentials>
        <AccessKeyId>${key}</AccessKeyId><SecretAccessKey>example</SecretAccessKey>
        <SessionToken>example</SessionToken>
        <Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration></Credentials>`;
      const body: Record<string, string> = {
        AssumeRole: `${credentials}<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:jane</AssumedRoleId><Arn>${session}</Arn></AssumedRoleUser>`,
        GetCallerIdentity: `<Arn>${caller}</Arn><UserId>AROAEXAMPLE:jane</UserId><Account>222222222222</Account>`,
      };
      const left = (body[action] ?? '').replace(new RegExp(`<${without}>.*</${without}>`, 's'), '');
      response.setHeader('Content-Type', 'text/xml');
      response.end(
        `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${left}</${action}Result></${action}Response>`,
      );
    });

  const RIGHT = 'arn:aws:sts::222222222222:assumed-role/dev-role/jane.doe';
  const OTHER = RIGHT.replace('222222222222', '444444444444');
  const OLD_KEY = 'ASIAIOSFODNN7EXAMPLE';
  const KEY_OF_OTHER = makeAccessKeyId('ASIA', '444444444444');

  const rows: [what: string, server: () => Promise<OwnServer>, status: number, calls: string[]][] =
    [
      ['another account', () => lying(OTHER, OLD_KEY, RIGHT), 1, ['AssumeRole']],
      [
        'another role',
        () => lying(RIGHT.replace('dev-role', 'dev-role-2'), OLD_KEY, RIGHT),
        1,
        ['AssumeRole'],
      ],
      [
        'a user',
        () => lying('arn:aws:iam::222222222222:user/dev-role', OLD_KEY, RIGHT),
        1,
        ['AssumeRole'],
      ],
      [
        'a key of another account, as AWS confirms',
        () => lying(RIGHT, KEY_OF_OTHER, OTHER),
        1,
        ['AssumeRole', 'GetCallerIdentity'],
      ],
      [
        'a key that only seems to be of another account',
        () => lying(RIGHT, KEY_OF_OTHER, RIGHT),
        0,
        ['AssumeRole', 'GetCallerIdentity'],
      ],
      ['the right role', () => lying(RIGHT, OLD_KEY, OTHER), 0, ['AssumeRole']],
      ['no name', () => lying(RIGHT, OLD_KEY, RIGHT, 'AssumedRoleUser'), 7, ['AssumeRole']],
      ['no expiration', () => lying(RIGHT, OLD_KEY, RIGHT, 'Expiration'), 7, ['AssumeRole']],
      ['no token', () => lying(RIGHT, OLD_KEY, RIGHT, 'SessionToken'), 7, ['AssumeRole']],
      ['no credentials', () => lying(RIGHT, OLD_KEY, RIGHT, 'Credentials'), 7, ['AssumeRole']],
    ];

  it.each(rows)('is judged by whom it speaks for: %s', async (_what, start, wanted, calls) => {
    const practice = await usePractice();
    const server = await start();
    const args = ['credential-process', 'dev', '--endpoint-url', server.url];
    const { status, stdout } = await practice.run(args);
    expect([status, server.received]).toEqual([wanted, calls]);
    expect(stdout === '').toBe(wanted !== 0);
    expect(storedEntries(practice.home, 'role')).toHaveLength(wanted === 0 ? 1 : 0);
    expect(practice.received()).toEqual([]);
  });
});

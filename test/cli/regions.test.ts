import { describe, expect, it } from 'vitest';
import { putBehindProxy } from '../support/behind-proxy.js';
import { credentialsText } from '../support/practice.js';
import { OPENSSL } from '../support/private-ca.js';
import { lastRequest, printed, usePractice, withCode } from '../support/use-practice.js';

const DEV = ['credential-process', 'dev'];
const BASE_IN = (region: string): string => `[profile base]
region = ${region}

[profile dev]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
`;

describe('a region that STS has off for the account', () => {
  it('is named with its line and what to write, and that helps', async () => {
    const practice = await usePractice();
    practice.aws.world.disabledRegions.push('me-south-1');
    const config = practice.write('.aws/config', BASE_IN('me-south-1'));
    const ended = await practice.run(DEV);
    expect(ended).toMatchObject({ status: 6, stdout: '' });
    expect(ended.stderr).toContain(`me-south-1 (${config}:2:10)`);
    const [setting = ''] = /sts_region = \S+/.exec(ended.stderr) ?? [];
    practice.write('.config/assume/assume.ini', `[settings]\n${setting}\n`);
    printed(await practice.run(DEV));
    expect(lastRequest(practice, 'AssumeRole').region).toBe('us-east-1');
  });

  it('is named for a role as for a session', async () => {
    const practice = await usePractice();
    practice.aws.world.disabledRegions.push('me-south-1');
    for (const target of ['dev', 'prod-role']) {
      const env = { AWS_REGION: 'me-south-1', ...withCode(practice).env };
      const ended = await practice.run(['credential-process', target], { env });
      expect(ended.status).toBe(6);
      expect(ended.stderr).toContain('me-south-1 (AWS_REGION)');
      expect(ended.stderr).toContain('write sts_region = us-east-1 into [settings]');
    }
  });

  it('may be behind a key that is refused as unknown', async () => {
    const practice = await usePractice();
    practice.write(
      '.aws/credentials',
      credentialsText('base', { ...practice.key('jane.doe'), id: 'AKIAIOSFODNN7EXAMPLE' }),
    );
    const there = await practice.run(DEV, { env: { AWS_REGION: 'ap-east-1' } });
    expect(there.status).toBe(6);
    expect(there.stderr).toContain('deleted, deactivated');
    expect(there.stderr).toContain('ap-east-1 (AWS_REGION)');
    const here = await practice.run(DEV, { env: { AWS_REGION: 'eu-west-1' } });
    expect(here.status).toBe(6);
    expect(here.stderr).not.toContain('sts_region');
  });
});

describe('the partition of an identity', () => {
  it.each([
    ['us-gov-east-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
  ])('is that of its region: %s', async (region, partition) => {
    const practice = await usePractice();
    practice.aws.world.partition = partition;
    practice.write('.aws/config', `[profile base]\nregion = ${region}\n`);
    printed(await practice.run(['credential-process', 'base']));
    expect(lastRequest(practice, 'GetSessionToken').region).toBe(region);
    // The practice's policies are of the public partition, so it refuses.
    await practice.run(['credential-process', '222222222222/dev-role']);
    expect(lastRequest(practice, 'AssumeRole')).toMatchObject({
      region,
      parameters: { RoleArn: `arn:${partition}:iam::222222222222:role/dev-role` },
    });
  });

  it('is that of AWS_REGION for keys of the environment', async () => {
    const practice = await usePractice();
    practice.aws.world.partition = 'aws-cn';
    const { id, secret } = practice.key('jane.doe');
    practice.write('.aws/credentials', '');
    practice.write('.aws/config', '');
    const keys = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
    const env = { ...keys, AWS_REGION: 'cn-north-1' };
    await practice.run(['credential-process', '222222222222/dev-role'], { env });
    expect(lastRequest(practice, 'AssumeRole')).toMatchObject({
      region: 'cn-north-1',
      parameters: { RoleArn: 'arn:aws-cn:iam::222222222222:role/dev-role' },
    });
  });

  it('is not that of AWS_REGION for a profile', async () => {
    const practice = await usePractice();
    const env = { AWS_REGION: 'cn-north-1' };
    printed(await practice.run(['credential-process', '222222222222/dev-role'], { env }));
    expect(lastRequest(practice, 'AssumeRole').region).toBe('us-east-1');
  });
});

describe('a FIPS endpoint', () => {
  it.skipIf(OPENSSL === null)('is called where the profile or the shell wants it', async () => {
    const practice = await usePractice();
    const host = 'sts-fips.us-east-1.amazonaws.com';
    const { env, proxy } = await putBehindProxy(practice, [host]);
    const fips = { ...env, AWS_USE_FIPS_ENDPOINT: 'true' };
    printed(await practice.run(DEV, { env: fips }));
    expect((await practice.run(['whoami'], { env: fips })).status).toBe(0);
    practice.write('.aws/config', `${BASE_IN('us-east-1')}use_fips_endpoint = true\n`);
    printed(await practice.run([...DEV, '--refresh'], { env }));
    const asked = new Set(proxy.asked.map((each) => each.host));
    expect(asked).toEqual(new Set([`${host}:443`]));
  });

  it('is not of a URL that stands in for AWS, and one line says so', async () => {
    const practice = await usePractice();
    const env = { AWS_USE_FIPS_ENDPOINT: 'true' };
    const ended = await practice.run(DEV, { env });
    printed(ended);
    expect(ended.stderr).toContain(
      `use_fips_endpoint (AWS_USE_FIPS_ENDPOINT) is not for ${practice.aws.url}`,
    );
    expect((await practice.run(['whoami'], { env })).status).toBe(0);
  });
});

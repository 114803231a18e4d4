import { describe, expect, it } from 'vitest';
import { listMfaDevices } from '../../src/aws/mfa-devices.js';
import { getCallerIdentity } from '../../src/aws/sts.js';
import { Secret, type Credentials } from '../../src/credentials.js';
import { putBehindProxy } from '../support/behind-proxy.js';
import { contextOf } from '../support/context-of.js';
import { fakeHost } from '../support/fake-host.js';
import { OPENSSL } from '../support/private-ca.js';
import { usePractice } from '../support/use-practice.js';

const FIPS = { AWS_USE_FIPS_ENDPOINT: 'true' };
const DUAL = { AWS_USE_DUALSTACK_ENDPOINT: 'true' };
const LEGACY = { AWS_STS_REGIONAL_ENDPOINTS: 'legacy' };

type Row = [
  region: string,
  env: Readonly<Record<string, string>>,
  host: string,
  signedFor?: string,
];

const STS: Row[] = [
  ['us-east-1', {}, 'sts.us-east-1.amazonaws.com'],
  ['eu-central-1', {}, 'sts.eu-central-1.amazonaws.com'],
  ['me-south-1', {}, 'sts.me-south-1.amazonaws.com'],
  ['us-east-1', FIPS, 'sts-fips.us-east-1.amazonaws.com'],
  ['us-west-2', DUAL, 'sts.us-west-2.api.aws'],
  ['us-east-2', { ...FIPS, ...DUAL }, 'sts-fips.us-east-2.api.aws'],
  ['us-east-1', LEGACY, 'sts.amazonaws.com'],
  ['eu-west-1', LEGACY, 'sts.amazonaws.com', 'us-east-1'],
  ['ap-south-1', LEGACY, 'sts.amazonaws.com', 'us-east-1'],
  ['me-south-1', LEGACY, 'sts.me-south-1.amazonaws.com'],
  ['ap-northeast-3', LEGACY, 'sts.ap-northeast-3.amazonaws.com'],
  ['us-east-1', { ...LEGACY, ...FIPS }, 'sts-fips.us-east-1.amazonaws.com'],
  ['eu-west-1', { ...LEGACY, ...DUAL }, 'sts.eu-west-1.api.aws'],
  ['us-gov-west-1', {}, 'sts.us-gov-west-1.amazonaws.com'],
  ['us-gov-east-1', FIPS, 'sts.us-gov-east-1.amazonaws.com'],
  ['us-gov-west-1', DUAL, 'sts.us-gov-west-1.api.aws'],
  ['us-gov-west-1', { ...FIPS, ...DUAL }, 'sts-fips.us-gov-west-1.api.aws'],
  ['us-gov-west-1', LEGACY, 'sts.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', {}, 'sts.cn-north-1.amazonaws.com.cn'],
  ['cn-northwest-1', DUAL, 'sts.cn-northwest-1.api.amazonwebservices.com.cn'],
  ['cn-northwest-1', FIPS, 'sts-fips.cn-northwest-1.amazonaws.com.cn'],
  ['cn-north-1', LEGACY, 'sts.cn-north-1.amazonaws.com.cn'],
  ['eusc-de-east-1', {}, 'sts.eusc-de-east-1.amazonaws.eu'],
  ['eusc-de-east-1', DUAL, 'sts.eusc-de-east-1.api.amazonwebservices.eu'],
  ['eusc-de-east-1', FIPS, 'sts-fips.eusc-de-east-1.amazonaws.eu'],
  ['us-iso-east-1', {}, 'sts.us-iso-east-1.c2s.ic.gov'],
  ['us-iso-east-1', DUAL, 'sts.us-iso-east-1.api.aws.ic.gov'],
  ['us-iso-west-1', FIPS, 'sts-fips.us-iso-west-1.c2s.ic.gov'],
  ['us-isob-east-1', {}, 'sts.us-isob-east-1.sc2s.sgov.gov'],
  ['us-isob-east-1', DUAL, 'sts.us-isob-east-1.api.aws.scloud'],
  ['us-isob-east-1', FIPS, 'sts-fips.us-isob-east-1.sc2s.sgov.gov'],
  ['eu-isoe-west-1', {}, 'sts.eu-isoe-west-1.cloud.adc-e.uk'],
  ['eu-isoe-west-1', DUAL, 'sts.eu-isoe-west-1.api.cloud-aws.adc-e.uk'],
  ['eu-isoe-west-1', FIPS, 'sts-fips.eu-isoe-west-1.cloud.adc-e.uk'],
  ['us-isof-south-1', {}, 'sts.us-isof-south-1.csp.hci.ic.gov'],
  ['us-isof-south-1', DUAL, 'sts.us-isof-south-1.api.aws.hci.ic.gov'],
  ['us-isof-south-1', FIPS, 'sts-fips.us-isof-south-1.csp.hci.ic.gov'],
];

const IAM: Row[] = [
  ['eu-west-1', {}, 'iam.amazonaws.com', 'us-east-1'],
  ['eu-west-1', FIPS, 'iam-fips.amazonaws.com', 'us-east-1'],
  ['eu-west-1', DUAL, 'iam.global.api.aws', 'us-east-1'],
  ['eu-west-1', LEGACY, 'iam.amazonaws.com', 'us-east-1'],
  ['cn-northwest-1', {}, 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['us-gov-east-1', {}, 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
  ['us-gov-east-1', FIPS, 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
  ['eusc-de-east-1', {}, 'iam.eusc-de-east-1.amazonaws.eu'],
  ['us-iso-west-1', {}, 'iam.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1'],
];

/** Asks for real, and tells whom the proxy was asked for and what region the request was signed for. */
async function ask(
  call: typeof getCallerIdentity | typeof listMfaDevices,
  region: string,
  env: Readonly<Record<string, string>>,
  host: string,
) {
  const practice = await usePractice();
  const { proxy, ca } = await putBehindProxy(practice, [host]);
  const { id, secret } = practice.key('jane.doe');
  const keys: Credentials = {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    sessionToken: null,
    expiration: null,
  };
  const machine = fakeHost({
    env: { ...env, HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: '/ca.pem' },
    files: { '/ca.pem': ca.pem },
  });
  // What the practice AWS makes of a region in another partition does not matter here.
  await call(contextOf(null, machine, region), keys).catch(() => undefined);
  return [proxy.asked.map((asked) => asked.host), practice.aws.requests.at(-1)?.region];
}

describe.skipIf(OPENSSL === null)('the endpoint that is called', () => {
  it.each(STS)('in %s with %j is %s', async (region, env, host, signedFor = region) => {
    expect(await ask(getCallerIdentity, region, env, host)).toEqual([[`${host}:443`], signedFor]);
  });

  it.each(IAM)('for IAM in %s with %j is %s', async (region, env, host, signedFor = region) => {
    expect(await ask(listMfaDevices, region, env, host)).toEqual([[`${host}:443`], signedFor]);
  });
});

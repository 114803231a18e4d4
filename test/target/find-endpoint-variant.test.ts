import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/host/host.js';
import type { Target } from '../../src/target/target.js';
import { AWS_CONFIG, KEYS } from '../support/configured-host.js';
import { targetOf } from '../support/target-of.js';
import { rejectionOf } from '../support/thrown-by.js';

const FIPS = 'use_fips_endpoint = true\n';
const DUAL = 'use_dualstack_endpoint = true\n';
const LEGACY = 'sts_regional_endpoints = legacy\n';

interface Case {
  /** Lines of the target's own profile. */
  readonly own?: string;
  /** Lines of the role that it is assumed from. */
  readonly middle?: string;
  /** Lines of the profile that holds the keys. */
  readonly base?: string;
  readonly env?: Environment;
  readonly endpointUrl?: string;
}

const role = (name: string, source: string): string =>
  `[profile ${name}]\nsource_profile = ${source}\nrole_arn = arn:aws:iam::444444444444:role/${name}\n`;

async function target({ own = '', middle = '', base = '', ...row }: Case): Promise<Target> {
  const config = `${role('top', 'mid')}${own}${role('mid', 'base')}${middle}[profile base]\n${KEYS}${base}`;
  const options = row.endpointUrl === undefined ? {} : { 'endpoint-url': row.endpointUrl };
  return targetOf({ config }, 'top', options, { env: row.env ?? {} });
}

describe("the variant of AWS's endpoints", () => {
  it.each<[Case, fips: boolean, dual: boolean, sts: 'regional' | 'legacy']>([
    [{}, false, false, 'regional'],
    [{ own: FIPS }, true, false, 'regional'],
    [{ middle: FIPS }, true, false, 'regional'],
    [{ base: FIPS }, true, false, 'regional'],
    [{ own: 'use_fips_endpoint = false\n', base: FIPS }, false, false, 'regional'],
    [{ own: 'use_fips_endpoint =\n', base: FIPS }, true, false, 'regional'],
    [{ own: 'use_fips_endpoint = True\n' }, true, false, 'regional'],
    [{ own: DUAL }, false, true, 'regional'],
    [{ own: FIPS, base: DUAL }, true, true, 'regional'],
    [{ base: LEGACY }, false, false, 'legacy'],
    [{ own: 'sts_regional_endpoints = regional\n', base: LEGACY }, false, false, 'regional'],
    [{ env: { AWS_USE_FIPS_ENDPOINT: 'true' } }, true, false, 'regional'],
    [{ env: { AWS_USE_FIPS_ENDPOINT: 'false' }, own: FIPS }, false, false, 'regional'],
    [{ env: { AWS_USE_FIPS_ENDPOINT: '' }, own: FIPS }, true, false, 'regional'],
    [{ env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' } }, false, true, 'regional'],
    [{ env: { AWS_STS_REGIONAL_ENDPOINTS: 'legacy' } }, false, false, 'legacy'],
    [{ env: { AWS_STS_REGIONAL_ENDPOINTS: 'regional' }, base: LEGACY }, false, false, 'regional'],
  ])('%j', async (row, fips, dual, sts) => {
    const { useFipsEndpoint, useDualstackEndpoint, stsRegionalEndpoints } = await target(row);
    expect([useFipsEndpoint.value, useDualstackEndpoint.value, stsRegionalEndpoints.value]).toEqual(
      [fips, dual, sts],
    );
  });

  it('is told with its line, or its variable', async () => {
    const { useFipsEndpoint, useDualstackEndpoint } = await target({
      own: FIPS,
      env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    });
    expect(useFipsEndpoint.origin).toMatchObject({ file: AWS_CONFIG, line: 4 });
    expect(useDualstackEndpoint.origin).toMatchObject({ name: 'AWS_USE_DUALSTACK_ENDPOINT' });
  });

  it.each<[Case, code: string, message: string, hint: string]>([
    [
      { base: 'sts_regional_endpoints = global\n' },
      'CONFIG_INVALID',
      'sts_regional_endpoints cannot be global',
      'write regional or legacy',
    ],
    [
      { env: { AWS_STS_REGIONAL_ENDPOINTS: 'near' } },
      'USAGE',
      'AWS_STS_REGIONAL_ENDPOINTS: sts_regional_endpoints cannot be near',
      'write regional or legacy',
    ],
  ])('cannot be %j', async (row, code, message, hint) => {
    const error = await rejectionOf(target(row));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint).toBe(hint);
  });

  it.each<[Case, remark: string]>([
    [{ own: 'use_fips_endpoint = 1\n' }, `use_fips_endpoint (${AWS_CONFIG}:4:21)`],
    [{ own: 'use_fips_endpoint = yes\n' }, `use_fips_endpoint (${AWS_CONFIG}:4:21)`],
    [
      { env: { AWS_USE_DUALSTACK_ENDPOINT: '1' } },
      'use_dualstack_endpoint (AWS_USE_DUALSTACK_ENDPOINT)',
    ],
  ])('is not that of %j, which the AWS CLI takes for false too', async (row, remark) => {
    const found = await target(row);
    expect([found.useFipsEndpoint.value, found.useDualstackEndpoint.value]).toEqual([false, false]);
    expect(found.remarks).toEqual([`${remark} is neither true nor false, and counts as false`]);
  });

  it('is none of a URL that stands in for AWS, which is told of those that were asked for', async () => {
    const url = 'https://vpce.example';
    const row = { own: FIPS, base: LEGACY, env: { AWS_USE_DUALSTACK_ENDPOINT: 'false' } };
    const found = await target({ ...row, endpointUrl: url });
    expect(found.useFipsEndpoint).toMatchObject({ value: false, origin: { kind: 'default' } });
    expect(found.stsRegionalEndpoints.value).toBe('regional');
    expect(found.remarks).toEqual([
      `use_fips_endpoint (${AWS_CONFIG}:4:21) is not for ${url}, which is called as it is`,
    ]);
    expect((await target(row)).remarks).toEqual([]);
  });
});

import type { AwsSection } from '../config/aws-file.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { visible } from '../visible.js';
import { findClientSetting, type ClientSetting } from './client-setting.js';
import { byDefault, formatOrigin, type Given, type Target } from './target.js';

/** Which of AWS's own endpoints are called, by the names that AWS's tools have for it. */
export interface EndpointVariant {
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** `legacy`: the global endpoint of STS, in the regions that had no other once. */
  readonly stsRegionalEndpoints: 'regional' | 'legacy';
}

const FIPS = { key: 'use_fips_endpoint', variable: 'AWS_USE_FIPS_ENDPOINT' };
const DUALSTACK = { key: 'use_dualstack_endpoint', variable: 'AWS_USE_DUALSTACK_ENDPOINT' };
const STS_REGIONAL = { key: 'sts_regional_endpoints', variable: 'AWS_STS_REGIONAL_ENDPOINTS' };

/**
 * The variant of AWS's endpoints, from the environment, else from the profiles. A URL that stands in
 * for AWS has no variants: what was asked for is then told, since FIPS is often a duty. What is
 * neither true nor false counts as false, as for the AWS CLI, and is told for the same reason.
 *
 * @param profiles - The target's own first, then those it starts from.
 * @param remarks - Gets what was asked for and is not so.
 * @throws AssumeError CONFIG_INVALID or USAGE for a value that AWS's tools would refuse.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
 */
export function findEndpointVariant(
  profiles: readonly AwsSection[],
  env: Environment,
  endpoint: Given<string> | null,
  remarks: string[],
): Pick<Target, keyof EndpointVariant> {
  const isSet = (setting: ClientSetting): Given<boolean> => {
    const found = findClientSetting(setting, profiles, env);
    const word = found?.value.toLowerCase();
    const isTrue = word === 'true';
    const about = found ? `${setting.key} (${formatOrigin(found.origin)})` : '';
    if (isTrue && endpoint) {
      remarks.push(`${about} is not for ${endpoint.value}, which is called as it is`);
    } else if (word !== undefined && !isTrue && word !== 'false') {
      remarks.push(`${about} is neither true nor false, and counts as false`);
    }
    return found && !endpoint
      ? { ...found, value: isTrue }
      : { value: false, origin: byDefault(setting.key) };
  };
  const sts = oneOf(STS_REGIONAL, profiles, env, ['regional', 'legacy']);
  return {
    useFipsEndpoint: isSet(FIPS),
    useDualstackEndpoint: isSet(DUALSTACK),
    stsRegionalEndpoints:
      sts && !endpoint ? sts : { value: 'regional', origin: byDefault(STS_REGIONAL.key) },
  };
}

function oneOf<const Word extends string>(
  setting: ClientSetting,
  profiles: readonly AwsSection[],
  env: Environment,
  words: readonly [Word, Word],
): Given<Word> | null {
  const found = findClientSetting(setting, profiles, env);
  if (!found) return null;
  const word = words.find((candidate) => candidate === found.value.toLowerCase());
  if (word !== undefined) return { ...found, value: word };
  const { origin } = found;
  throw new AssumeError(
    origin.file === null ? 'USAGE' : 'CONFIG_INVALID',
    `${formatOrigin(origin)}: ${setting.key} cannot be ${visible(found.value)}`,
    { hint: `write ${words.join(' or ')}` },
  );
}

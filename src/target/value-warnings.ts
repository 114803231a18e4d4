import { ACCOUNT_ID, SESSION_NAME } from '../arn/forms.js';
import type { AwsSection, AwsValue } from '../config/aws-file.js';
import type { AwsFiles } from '../config/aws-files.js';
import { describeTolerance } from '../config/describe-warning.js';
import { parseDuration } from '../config/duration.js';
import type { Tolerance } from '../config/tolerance.js';
import { visible } from '../visible.js';
import { isHop } from './profile-chain.js';
import { hasAny, isRoleDuration, ownerOf, profileValue } from './profile-value.js';

const UNSENT = 'send it as it is, which STS refuses';

/** What tools do otherwise with a value; `null` when they do as we do. `found` follows the key. */
type Judge = (value: string, profile: AwsSection, aws: AwsFiles) => Tolerance | null;

/** In the order in which they are told of one profile. */
const JUDGES: Readonly<Record<string, Judge>> = {
  role_session_name: (value, profile) =>
    SESSION_NAME.pattern.test(value) || !hasAny(profile, ['role_arn'])
      ? null
      : {
          found: 'is no name that STS takes',
          readers: { botocore: UNSENT, js: UNSENT, go: UNSENT, java: UNSENT },
          instead: `write ${SESSION_NAME.wanted}`,
        },
  duration_seconds: (value, profile) => {
    const seconds = parseDuration(value);
    if (seconds === null || /^\d+$/.test(value) || !isHop(profile)) return null;
    if (!isRoleDuration(seconds)) return null;
    return {
      found: 'is not a number of seconds',
      readers: {
        botocore: 'pass over it',
        js: 'read its first digits alone',
        go: 'pass over it',
        java: 'pass over it',
      },
      instead: `write ${String(seconds)}`,
    };
  },
  aws_account_id: (value) =>
    ACCOUNT_ID.pattern.test(value)
      ? null
      : { found: 'is not read', readers: {}, instead: `write ${ACCOUNT_ID.wanted}` },
  use_fips_endpoint: judgeBoolean,
  use_dualstack_endpoint: judgeBoolean,
  services: (value, _, { services }) =>
    (services.get(value)?.values.size ?? 0) > 0
      ? null
      : {
          found: `names [services ${visible(value)}], which is not there or holds nothing`,
          readers: { botocore: 'refuse the profile' },
          instead: 'add to it, or remove the line',
        },
};

/**
 * What AWS's tools do otherwise with the values of profiles, one line each; what they read otherwise
 * is told with the file. The tests hold the column of botocore to the real one; that of JS is from
 * its source, as are those of Go and Java.
 */
export function valueWarnings(aws: AwsFiles): string[] {
  return [...aws.profiles.values()].flatMap((profile) =>
    Object.entries(JUDGES).flatMap(([key, judge]) => {
      const value = profileValue(profile, key);
      const tolerance = value && judge(value.value, profile, aws);
      return tolerance ? [describe(key, value, profile, tolerance)] : [];
    }),
  );
}

function describe(key: string, value: AwsValue, profile: AwsSection, told: Tolerance): string {
  const found = `${key} of profile ${visible(ownerOf(profile, key))} ${told.found}`;
  return describeTolerance(value, { ...told, found });
}

function judgeBoolean(value: string): Tolerance | null {
  return /^(true|false)$/i.test(value)
    ? null
    : {
        found: 'is neither true nor false, and counts as false',
        readers: { js: 'refuse the profile' },
        instead: 'write one of them',
      };
}

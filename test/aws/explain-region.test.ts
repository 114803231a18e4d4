import { describe, expect, it } from 'vitest';
import { AwsRefusal, readAwsError, refusalBehind } from '../../src/aws/aws-errors.js';
import { explainRegion } from '../../src/aws/explain-region.js';
import { AssumeError } from '../../src/errors.js';
import { fromFile, fromVariable, type Origin } from '../../src/target/target.js';
import { contextOf } from '../support/context-of.js';

const OFF = 'RegionDisabledException';
const UNKNOWN = 'InvalidClientTokenId';
const PROFILE = fromFile('region', { file: '/home/jane/.aws/config', line: 3 });
const OWN = fromFile('stsRegion', {
  file: '/home/jane/.config/assume/assume.ini',
  line: 7,
});

function explain(awsCode: string, region: string, regionOrigin: Origin): AssumeError {
  const thrown = Object.assign(new Error('no'), {
    name: awsCode,
    $metadata: { httpStatusCode: 403 },
  });
  return explainRegion(readAwsError('do it', thrown), { ...contextOf(null), region, regionOrigin });
}

describe('a refusal that the region of STS may be behind', () => {
  it.each<[awsCode: string, region: string, Origin, place: string, advice: string]>([
    [OFF, 'me-south-1', PROFILE, 'me-south-1 (/home/jane/.aws/config:3)', 'into [settings]'],
    [OFF, 'eu-west-1', fromVariable('AWS_REGION'), 'eu-west-1 (AWS_REGION)', 'into [settings]'],
    [OFF, 'af-south-1', OWN, 'af-south-1 (/home/jane/.config/assume/assume.ini:7)', 'there'],
    [UNKNOWN, 'me-south-1', PROFILE, 'me-south-1 (/home/jane/.aws/config:3)', 'into [settings]'],
    [UNKNOWN, 'ca-west-1', OWN, 'ca-west-1 (/home/jane/.config/assume/assume.ini:7)', 'there'],
    // One that AWS has not opened yet.
    [UNKNOWN, 'sa-north-9', PROFILE, 'sa-north-9 (/home/jane/.aws/config:3)', 'into [settings]'],
  ])('%s in %s is told with where it came from: %o', (awsCode, region, origin, place, advice) => {
    const error = explain(awsCode, region, origin);
    expect(error.hint).toContain(place);
    expect(error.hint).toMatch(/write sts_region = us-east-1 (there|into \[settings\])/);
    expect(error.hint).toContain(advice);
    expect(refusalBehind(error)).toBeInstanceOf(AwsRefusal);
  });

  it('keeps in mind that a deleted key is refused in the same way', () => {
    expect(explain(UNKNOWN, 'me-south-1', PROFILE).hint).toMatch(/deleted, deactivated.*\nor /);
  });

  it.each<[awsCode: string, region: string]>([
    [UNKNOWN, 'us-east-1'],
    [UNKNOWN, 'ap-northeast-3'],
    [UNKNOWN, 'cn-north-1'],
    [UNKNOWN, 'us-gov-west-1'],
    ['AccessDenied', 'me-south-1'],
    ['ExpiredToken', 'me-south-1'],
  ])('is not %s in %s', (awsCode, region) => {
    expect(explain(awsCode, region, PROFILE).hint ?? '').not.toContain('sts_region');
  });

  it('is never an error that AWS had no part in', () => {
    const error = new AssumeError('AWS_UNREACHABLE', 'nobody there');
    expect(explainRegion(error, contextOf(null))).toBe(error);
  });

  it('names the default region of its own partition', () => {
    expect(explain(OFF, 'us-gov-east-1', PROFILE).hint).toContain('sts_region = us-gov-west-1');
  });
});

import { awsContext, type AwsContext } from '../../src/aws/aws-context.js';
import type { Host } from '../../src/host/host.js';
import { findWayToAws } from '../../src/target/find-connection.js';
import { byDefault } from '../../src/target/target.js';
import { fakeHost } from './fake-host.js';

/** Calls that go to a URL in place of AWS, or with `null` to AWS's own endpoints in that region. */
export function contextOf(
  url: string | null,
  host: Host = fakeHost(),
  region = 'us-east-1',
): AwsContext {
  const endpoint = url === null ? null : { value: url, origin: byDefault('endpoint') };
  const stsRegion = { value: region, origin: byDefault('stsRegion') };
  return awsContext(host, { stsRegion, ...findWayToAws([], host.env, endpoint) });
}

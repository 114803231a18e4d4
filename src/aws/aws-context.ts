import type { Host } from '../host/host.js';
import type { Connection } from '../target/find-connection.js';
import type { EndpointVariant } from '../target/find-endpoint-variant.js';
import type { Given, Origin } from '../target/target.js';

/** Where a call goes. */
export interface AwsContext {
  readonly host: Host;
  readonly region: string;
  /** What named the region. */
  readonly regionOrigin: Origin;
  /** The URL that stands in for AWS; `null` for AWS's own endpoints. */
  readonly endpoint: string | null;
  /** Which of AWS's own endpoints, where nothing stands in for them. */
  readonly variant: EndpointVariant;
  /** The file of CA certificates that replace those of Node; `null` for Node's. */
  readonly caBundle: Given<string> | null;
}

/** Where calls for a target go. */
export function awsContext(host: Host, connection: Connection): AwsContext {
  const { stsRegion, endpoint, useFipsEndpoint, useDualstackEndpoint, stsRegionalEndpoints } =
    connection;
  return {
    host,
    region: stsRegion.value,
    regionOrigin: stsRegion.origin,
    endpoint: endpoint?.value ?? null,
    variant: {
      useFipsEndpoint: useFipsEndpoint.value,
      useDualstackEndpoint: useDualstackEndpoint.value,
      stsRegionalEndpoints: stsRegionalEndpoints.value,
    },
    caBundle: connection.caBundle,
  };
}

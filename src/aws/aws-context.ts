import type { Host } from '../host/host.js';

/** Where a call goes. */
export interface AwsContext {
  readonly host: Host;
  readonly region: string;
  /** The URL that stands in for AWS; `null` for AWS's own endpoints. */
  readonly endpoint: string | null;
}

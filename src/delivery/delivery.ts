import type { Request } from '../argv.js';
import type { Assumption, Manner } from '../assumption.js';
import type { Host } from '../host/host.js';

/**
 * One way to hand credentials over. It is given a source and never the pipeline behind it: it asks
 * once, or again when what it got has expired.
 *
 * @typeParam A - What it is given; most need no more than what is to be shown, and the source.
 */
export interface Delivery<A extends Assumption = Assumption> {
  readonly name: string;
  /** What it needs of the route. */
  manner(host: Host): Manner;
  /**
   * Proves, before anything is asked of AWS or of a person, that the request can be delivered.
   *
   * @throws AssumeError USAGE
   */
  check(request: Request, host: Host): void;
  /** @returns The exit status. */
  deliver(assumption: A, request: Request, host: Host): Promise<number>;
}

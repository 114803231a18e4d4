import type { Request } from '../argv.js';
import type { Answer, Assumption, Manner } from '../assume.js';
import type { Host } from '../host/host.js';

/**
 * One way to hand credentials over. It is given a source and never the pipeline behind it: it asks
 * once, or again when what it got has expired.
 */
export interface Delivery {
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
  deliver(assumption: Assumption, request: Request, host: Host): Promise<number>;
}

/** What deliveries pass on: the target, and credentials just got for it. */
export interface Handover {
  readonly assumption: Assumption;
  readonly answer: Answer;
}

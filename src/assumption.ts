import type { Credentials } from './credentials.js';
import type { ShownTarget } from './plan/shown-target.js';

/** What a delivery needs of the route. */
export interface Manner {
  /** It can fetch new credentials by itself, so an hour at a time will do. */
  readonly renews: boolean;
  /** Cached credentials are served while this much is left of them. */
  readonly marginMs: number;
  /** How long to wait for another process at the same work; `null`: as long as it lives. */
  readonly lockWaitMs: number | null;
  /** A person may be asked which target is meant. */
  readonly mayPick: boolean;
}

/** Gives credentials: from the cache where it has good ones, else from AWS. */
export type CredentialSource = () => Promise<Answer>;

export interface Answer {
  readonly credentials: Credentials;
  /** Twelve digits; `null` when nothing has told us. */
  readonly accountId: string | null;
}

/** What deliveries are given. */
export interface Assumption {
  readonly shown: ShownTarget;
  readonly source: CredentialSource;
}

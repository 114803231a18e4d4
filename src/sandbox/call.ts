import type { Caller } from './caller.js';
import type { IssuedCredentials } from './issued-credentials.js';
import type { World } from './world.js';
import type { XmlObject } from './xml.js';

/** What a sandbox remembers beyond its world: what it issued, what it took and who asked it. */
export interface Memory {
  /** By access key ID. */
  readonly issued: Map<string, IssuedCredentials>;
  /** Codes that were used up, as "SERIAL STEP". */
  readonly spentCodes: Set<string>;
  /** By the ID of a long-term key: the last request that it signed. */
  readonly lastUses: Map<string, LastUse>;
  /** By key ID: keys that not all of AWS knows yet. */
  readonly newKeys: Map<string, NewKey>;
}

export interface LastUse {
  readonly at: Date;
  readonly service: string;
  readonly region: string;
}

/** What a new access key still waits for. */
export interface NewKey {
  readonly knownFrom: Date;
  /** Counted down. */
  refusals: number;
}

/** A request whose signature was verified. */
export interface Call {
  readonly world: World;
  readonly memory: Memory;
  readonly caller: Caller;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The region of the signature. */
  readonly region: string;
  readonly userAgent: string;
  readonly now: Date;
}

/** Does what an action of the API does. @throws Refusal as AWS refuses. */
export type Action = (call: Call) => XmlObject;

import type { Caller } from './caller.js';
import type { IssuedCredentials } from './issued-credentials.js';
import type { World } from './world.js';
import type { XmlObject } from './xml.js';

/** What a sandbox remembers beyond its world: the credentials it issued and the codes it took. */
export interface Memory {
  /** By access key ID. */
  readonly issued: Map<string, IssuedCredentials>;
  /** Codes that were used up, as "SERIAL STEP". */
  readonly spentCodes: Set<string>;
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

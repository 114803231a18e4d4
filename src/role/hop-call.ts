import type { Credentials } from '../credentials.js';
import type { Session } from '../session/get-session.js';
import type { Stage } from '../session/stage.js';

/** One `AssumeRole`, and who signs it with what behind them. */
export interface HopCall {
  readonly stage: Stage;
  readonly identity: Credentials;
  readonly signer: Credentials;
  /** What the first hop starts from; `null` when a cached role made it needless. */
  readonly session: Session | null;
  readonly index: number;
}

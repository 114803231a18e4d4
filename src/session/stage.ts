import type { Errand } from '../identity/identity-source.js';
import type { SpentCodes } from '../store/spent-codes.js';
import type { CodeSource } from './mfa-code.js';

/** What the slow stages share: the plan they follow, and what they follow it with. */
export interface Stage extends Errand {
  readonly codes: CodeSource;
  readonly spent: SpentCodes;
}

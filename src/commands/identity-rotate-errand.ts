import type { KeyHome } from '../identity/key-home.js';
import type { Rotation } from '../store/rotations.js';
import type { Owner } from './identity-owner.js';

/** What the steps of a rotation share. */
export interface Errand extends Owner {
  readonly home: KeyHome;
  /** Under which the rotation is noted: `profile:base`. */
  readonly source: string;
  /** Notes how far it has come. @throws AssumeError FAILED where that cannot be noted. */
  readonly note: (rotation: Rotation | null) => void;
  readonly say: (text: string) => void;
}

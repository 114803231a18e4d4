import type { KeyPlaceRow, SealedName } from './key-place.js';
import { keychain } from './keychain.js';
import { pass } from './pass.js';
import { passphraseFile } from './passphrase-file.js';

/** Every place that a master key may rest in, by the name that `store = …` gives it. */
export const KEY_PLACES: Readonly<Record<SealedName, KeyPlaceRow>> = {
  keychain,
  passphrase: passphraseFile,
  pass,
};

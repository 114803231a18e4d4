const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Keys made before this form hold no account: their fifth character is I or J. */
const ENCODED = /^A[A-Z]{3}[K-Z2-7][A-Z2-7]{11,}$/;

/**
 * The account inside an access key ID; `null` when the key is of the older form that holds none.
 * AWS does not document the form, so nothing is refused on this answer alone.
 *
 * @see https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489
 */
export function accountOfAccessKey(accessKeyId: string): string | null {
  if (!ENCODED.test(accessKeyId)) return null;
  let bits = 0n;
  for (const character of accessKeyId.slice(4, 14)) {
    bits = (bits << 5n) | BigInt(BASE32.indexOf(character));
  }
  // Ten characters hold 50 bits; the account is the 40 after the first.
  const account = ((bits >> 9n) & 0xff_ffff_ffffn).toString().padStart(12, '0');
  return account.length === 12 ? account : null;
}

import { randomBytes } from 'node:crypto';
import { decodeBase32, encodeBase32 } from './base32.js';

/** `AKIA` names a user's long-term key, `ASIA` temporary credentials. */
export type AccessKeyPrefix = 'AKIA' | 'ASIA';

/** The account sits in bits 7 to 46 of the 48 that the first six bytes hold; the rest is noise. */
const ACCOUNT_MASK = 0x7fff_ffff_ff80n;
const ACCOUNT_SHIFT = 7n;
/** Set in every ID that names its account: their fifth letter comes from the alphabet's second half. */
const NAMES_ACCOUNT = 0x8000_0000_0000n;

/**
 * A fresh access key ID that belongs to the account and says so, as AWS's have since 2019.
 *
 * @param accountId - twelve digits.
 */
export function makeAccessKeyId(prefix: AccessKeyPrefix, accountId: string): string {
  const bytes = randomBytes(10);
  const noise = BigInt(bytes.readUIntBE(0, 6)) & ~ACCOUNT_MASK;
  bytes.writeUIntBE(Number(noise | NAMES_ACCOUNT | (BigInt(accountId) << ACCOUNT_SHIFT)), 0, 6);
  return prefix + encodeBase32(bytes);
}

/**
 * The account, twelve digits, that the ID belongs to; `null` when the text is no access key ID or
 * is an old one (`AKIAI…`, `AKIAJ…`), which names none.
 */
export function accountOfAccessKeyId(accessKeyId: string): string | null {
  if (!/^A[KS]IA(?![IJ])[A-Z2-7]{16}$/.test(accessKeyId)) return null;
  const bytes = decodeBase32(accessKeyId.slice(4));
  if (!bytes) return null;
  const account = (BigInt(bytes.readUIntBE(0, 6)) & ACCOUNT_MASK) >> ACCOUNT_SHIFT;
  return account.toString().padStart(12, '0');
}

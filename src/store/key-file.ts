import { scrypt } from 'node:crypto';
import type { Secret } from '../credentials.js';
import type { Host } from '../host/host.js';
import { IV_BYTES, KEY_BYTES, seal, unseal } from './envelope.js';
import { parseRecord, recordOrNull, textOrNull } from './json-record.js';

/** A master key behind a passphrase. */
export interface KeyFile {
  readonly derivation: Derivation;
  readonly sealed: Buffer;
}

/** How a key is made of a passphrase; kept beside what it opens, so that later versions may ask more. */
interface Derivation {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly salt: Buffer;
}

/**
 * What OWASP counts as much as N = 2^17, p = 1, in a quarter of its memory (32 MiB), as many processes
 * may do it at once; a third of a second.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const PRESENT = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };

/** The text of a file in which only this passphrase finds the key. */
export async function makeKeyFile(
  host: Pick<Host, 'randomBytes'>,
  passphrase: Secret,
  id: string,
  key: Buffer,
): Promise<string> {
  const derivation = { ...PRESENT, salt: host.randomBytes(16) };
  const derived = await derive(passphrase, derivation);
  const context = contextOf(id, derivation);
  const sealed = seal(derived, host.randomBytes(IV_BYTES), context, key.toString('hex'));
  const fields = { ...PRESENT, salt: derivation.salt.toString('base64') };
  return JSON.stringify({ version: 1, id, scrypt: fields, sealed: sealed.toString('base64') });
}

/** The key in it; `null` with a wrong passphrase. */
export async function openKeyFile(
  passphrase: Secret,
  id: string,
  { derivation, sealed }: KeyFile,
): Promise<Buffer | null> {
  const derived = await derive(passphrase, derivation);
  const key = unseal(derived, contextOf(id, derivation), sealed);
  return key === null ? null : Buffer.from(key, 'hex');
}

function contextOf(id: string, { cost, blockSize, parallelization, salt }: Derivation): string {
  return `assume/1/master-key/${JSON.stringify([id, cost, blockSize, parallelization, salt.toString('hex')])}`;
}

function derive(passphrase: Secret, derivation: Derivation): Promise<Buffer> {
  const { cost, blockSize, parallelization, salt } = derivation;
  const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.reveal().normalize('NFC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** `null` for a text that is none, or wants too much or too little work. */
export function parseKeyFile(text: string): KeyFile | null {
  const raw = parseRecord(text);
  const fields = recordOrNull(raw?.['scrypt']);
  const [cost, blockSize, parallelization] = [
    fields?.['cost'],
    fields?.['blockSize'],
    fields?.['parallelization'],
  ];
  const salt = textOrNull(fields?.['salt']);
  const sealed = textOrNull(raw?.['sealed']);
  if (raw?.['version'] !== 1 || salt === null || sealed === null) return null;
  // Whoever changes the file must not get us to take all memory, nor to do next to nothing.
  if (!isBetween(cost, 2 ** 14, 2 ** 20) || !Number.isInteger(Math.log2(cost))) return null;
  if (!isBetween(blockSize, 8, 32) || !isBetween(parallelization, 1, 16)) return null;
  const derivation = { cost, blockSize, parallelization, salt: Buffer.from(salt, 'base64') };
  return { derivation, sealed: Buffer.from(sealed, 'base64') };
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

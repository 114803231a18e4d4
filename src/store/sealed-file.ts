import { seal, unseal } from './envelope.js';
import { parseRecord } from './json-record.js';
import type { Fields } from './secret-store.js';

/** An encrypted file: a line of facts in clear, and one of ciphertext. */
export interface SealedFile {
  /** The facts exactly as they were written. */
  readonly header: string;
  readonly facts: Fields;
  readonly blob: Buffer;
}

/** `null` for a file that is cut off, or was never ours. */
export function parseSealed(text: string): SealedFile | null {
  const [header = '', sealed = '', end] = text.split('\n');
  const facts = parseRecord(header);
  if (!facts || sealed === '' || end !== '') return null;
  return { header, facts, blob: Buffer.from(sealed, 'base64') };
}

/** All fields; `null` where the key, the name or the facts are not those that it was sealed with. */
export function openSealed(key: Buffer, name: string, file: SealedFile): Fields | null {
  const text = unseal(key, contextOf(name, file.header), file.blob);
  const secrets = text === null ? null : parseRecord(text);
  return secrets && { ...file.facts, ...secrets };
}

/** @param iv - 12 random bytes, new for each text. */
export function formatSealed(
  key: Buffer,
  iv: Buffer,
  name: string,
  facts: Fields,
  secrets: Fields,
): string {
  const header = JSON.stringify(facts);
  const blob = seal(key, iv, contextOf(name, header), JSON.stringify(secrets));
  return `${header}\n${blob.toString('base64')}\n`;
}

/** What the ciphertext is bound to: a file put under another name, or beside other facts, opens no more. */
function contextOf(name: string, header: string): string {
  return `assume/1/${name}\n${header}`;
}

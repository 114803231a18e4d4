import { KEY_BYTES } from './envelope.js';
import { instantOrNull, parseRecord, textOrNull } from './json-record.js';

/** The key in the text of a remembered one; `null` when its time is over, and for any other text. */
export function parseRememberedKey(text: string, now: Date): Buffer | null {
  const raw = parseRecord(text);
  const until = instantOrNull(raw?.['until']);
  const key = Buffer.from(textOrNull(raw?.['key']) ?? '', 'base64');
  return until !== null && until > now && key.length === KEY_BYTES ? key : null;
}

/** The text that it is remembered as. */
export function formatRememberedKey(key: Buffer, until: Date): string {
  return JSON.stringify({ until, key: key.toString('base64') });
}

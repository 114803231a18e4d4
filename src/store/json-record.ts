/** The fields of a JSON object; `null` for any other text. */
export function parseRecord(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return recordOrNull(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The fields of an object; `null` for any other value. */
export function recordOrNull(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? { ...value } : null;
}

/** A text that says something; `null` for any other value. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An instant as ISO 8601 writes it, or as old AWS CLIs did, with `UTC` at its end. */
export function instantOrNull(value: unknown): Date | null {
  const date = new Date((textOrNull(value) ?? '').replace(/UTC$/, 'Z'));
  return Number.isFinite(date.getTime()) ? date : null;
}

/** A secret, and what to call it where it must not be shown. */
export interface Marker {
  readonly name: string;
  readonly secret: string;
}

/**
 * Where any of the secrets stands in any of the texts: as it is, in base64 at each of the three
 * alignments, escaped for a URL, escaped for JSON, or in hexadecimal.
 *
 * @param texts - By name, such as a path.
 * @returns One line a find, without the secret; empty when there is none.
 */
export function findLeaks(
  markers: readonly Marker[],
  texts: ReadonlyMap<string, Buffer | string>,
): string[] {
  const forms = markers.flatMap((marker) => formsOf(marker));
  const found: string[] = [];
  for (const [place, text] of texts) {
    const bytes = Buffer.from(text);
    for (const { name, form, bytes: wanted } of forms) {
      if (bytes.includes(wanted)) found.push(`${place}: ${name}, ${form}`);
    }
  }
  return found;
}

interface Form {
  readonly name: string;
  readonly form: string;
  readonly bytes: Buffer;
}

function formsOf({ name, secret }: Marker): Form[] {
  const texts: [form: string, text: string][] = [
    ['raw', secret],
    ['URL-escaped', encodeURIComponent(secret)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['JSON-escaped slashes', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    ['hexadecimal', Buffer.from(secret).toString('hex')],
    ...[0, 1, 2].map((shift): [string, string] => ['base64', base64At(secret, shift)]),
  ];
  // An escape that changes nothing of this secret would only tell the same twice.
  return texts
    .filter(([form, text]) => form === 'raw' || text !== secret)
    .map(([form, text]) => ({ name, form, bytes: Buffer.from(text) }));
}

/** The part of the base64 that depends on the secret alone, `shift` bytes into a group of three. */
function base64At(secret: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return whole.slice(shift === 0 ? 0 : 4);
}

/** The headers and keys of a file as the AWS CLI has them, which refuses what repeats. */
export class AwsCliRepeats {
  readonly #headers = new Map<string, { line: number; keys: Map<string, number> | null }>();
  #current: { keys: Map<string, number> | null } = { keys: null };

  /** Takes note of a header; gives the line of the same one above, but for `[DEFAULT]`. */
  noteHeader(header: string, line: number): number | null {
    const earlier = this.#headers.get(header);
    const seen = earlier ?? { line, keys: null };
    if (!earlier) this.#headers.set(header, seen);
    this.#current = seen;
    return header === 'DEFAULT' ? null : (earlier?.line ?? null);
  }

  /** Takes note of a key below that header; gives the line of the same one above. */
  noteKey(key: string, line: number): number | null {
    const keys = (this.#current.keys ??= new Map<string, number>());
    const earlier = keys.get(key) ?? null;
    if (earlier === null) keys.set(key, line);
    return earlier;
  }
}

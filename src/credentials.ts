import { inspect } from 'node:util';

const BRAND = Symbol.for('assume-cli.secret');
const KNOWN = Symbol.for('assume-cli.known-secrets');

/**
 * Text that must not be seen: it prints as `[secret]` wherever it is not asked for by name, and
 * `redact` finds it in any other text.
 */
export class Secret {
  readonly [BRAND] = true;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    if (text !== '') knownSecrets().add(text);
  }

  /** The text itself, for the one place that hands it over. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** What AWS's own secrets look like, for one that never was a `Secret` of ours. */
const LOOKS_SECRET =
  /\b(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=]{20,}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g;

/** The text without any secret of this run, nor anything that looks like one of AWS's. */
export function redact(text: string): string {
  let shown = text;
  // The longest first: one secret may be part of another.
  const secrets = [...knownSecrets()].sort((a, b) => b.length - a.length);
  for (const secret of secrets) {
    // A code of six digits may also stand inside an account's number.
    const place = /^\d+$/.test(secret) ? new RegExp(`(?<!\\d)${secret}(?!\\d)`, 'g') : secret;
    shown = shown.replaceAll(place, '[secret]');
  }
  return shown.replace(LOOKS_SECRET, '[secret]');
}

/** One set for all chunks that this module is bundled into. */
function knownSecrets(): Set<string> {
  const shared: Record<symbol, Set<string> | undefined> = globalThis;
  return (shared[KNOWN] ??= new Set());
}

/** What signs a request to AWS: long-term keys (no token, no expiration) or temporary ones. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  /** `null` for long-term keys. */
  readonly sessionToken: Secret | null;
  /** AWS's own instant; `null` when AWS names none. */
  readonly expiration: Date | null;
}

/** What an access key ID is made of. */
export const ACCESS_KEY_ID = /^\w{16,128}$/;

/** What a secret key and a session token are made of: one word that can be printed. */
export const SECRET_TEXT = /^[\x21-\x7e]+$/;

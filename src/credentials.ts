import { inspect } from 'node:util';

const BRAND = Symbol.for('assume-cli.secret');

/** Text that must not be seen: it prints as `[secret]` wherever it is not asked for by name. */
export class Secret {
  readonly [BRAND] = true;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
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

/** What signs a request to AWS: long-term keys (no token, no expiration) or temporary ones. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  /** `null` for long-term keys. */
  readonly sessionToken: Secret | null;
  /** AWS's own instant; `null` when AWS names none. */
  readonly expiration: Date | null;
}

/** What a delivery hands over: temporary credentials and whom they speak for. */
export interface RoleCredentials extends Credentials {
  /** Twelve digits; `null` when nothing has told us. */
  readonly accountId: string | null;
}

/**
 * What can go wrong, as one closed list: each code with the exit status that scripts may rely on.
 */
export const EXIT_STATUS = {
  FAILED: 1,
  USAGE: 2,
  CONFIG_INVALID: 3,
  CONFIG_UNREADABLE: 3,
  TARGET_UNKNOWN: 4,
  TARGET_AMBIGUOUS: 4,
  ACCOUNT_UNEXPECTED: 4,
  MFA_NEEDED: 5,
  MFA_CODE_REFUSED: 5,
  AWS_REFUSED: 6,
  IDENTITY_INVALID: 6,
  LOGIN_NEEDED: 6,
  AWS_UNREACHABLE: 7,
  LOCK_TIMEOUT: 7,
  STORE_UNAVAILABLE: 8,
  NOT_EXECUTABLE: 126,
  NOT_FOUND: 127,
  CANCELLED: 130,
  /** As SIGPIPE ends other programs, which Node ignores; nothing is said. */
  READER_GONE: 141,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

export interface ErrorDetails {
  /** The next thing to type, as a sentence or a command; several lines are allowed. */
  hint?: string | undefined;
  cause?: unknown;
}

const BRAND = Symbol.for('assume-cli.error');

/**
 * The one error that reaches people. The message says what was wanted and what happened, with
 * name, path and line; the hint says what to type next. It never holds a secret.
 */
export class AssumeError extends Error {
  override readonly name = 'AssumeError';
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.code];
  }
}

/**
 * Tells whether something thrown is ours. Known by a brand, not `instanceof`: the build bundles
 * this class into several chunks.
 */
export function isAssumeError(thrown: unknown): thrown is AssumeError {
  return typeof thrown === 'object' && thrown !== null && BRAND in thrown;
}

/** An error answer of AWS. It never leaves the sandbox but as XML. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** AWS's error code, such as `AccessDenied`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** 403 `AccessDenied`. */
export function accessDenied(message: string): Refusal {
  return new Refusal(403, 'AccessDenied', message);
}

/** 400 `ValidationError`. */
export function validationError(message: string): Refusal {
  return new Refusal(400, 'ValidationError', message);
}

/** 403 `InvalidClientTokenId`: the key is unknown, or may not be used for this call at all. */
export function invalidClientTokenId(): Refusal {
  return new Refusal(
    403,
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
  );
}

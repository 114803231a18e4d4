import { randomBytes } from 'node:crypto';

/** A request to one of the services that a login takes. */
export interface LoginRequest {
  /** The API's name for it, such as `CreateToken`; a page of a browser has a name of ours. */
  readonly action: string;
  /** What it sent, as one: body, query and token. */
  readonly fields: Fields;
  readonly userAgent: string;
  readonly at: Date;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What a service answers. */
export interface LoginAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object | string;
}

/** A refusal in the form of these services, whose name stands in a header. */
export class LoginRefusal extends Error {
  readonly status: number;
  readonly answer: LoginAnswer;

  constructor(status: number, name: string, body: object) {
    super(name);
    this.status = status;
    this.answer = { status, headers: { 'x-amzn-errortype': name }, body };
  }
}

/** As OAuth refuses: `authorization_pending` is an `AuthorizationPendingException`. */
export function oauthRefusal(error: string, description: string, status = 400): LoginRefusal {
  const words = error.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const body = { error, error_description: description };
  return new LoginRefusal(status, `${words.join('')}Exception`, body);
}

/** A text field. @throws LoginRefusal when it is missing. */
export function fieldOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw oauthRefusal('invalid_request', `${name} is missing`);
}

/** A text that nobody guesses. */
export function secretText(prefix: string): string {
  return prefix + randomBytes(24).toString('hex');
}

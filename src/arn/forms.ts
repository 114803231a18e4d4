/** What AWS takes for a value. */
export interface Form {
  readonly pattern: RegExp;
  /** The same in words, for a sentence such as "it must be …". */
  readonly wanted: string;
}

export const ACCOUNT_ID: Form = {
  pattern: /^\d{12}$/,
  wanted: 'the twelve digits of an account ID, without hyphens',
};

/** Of a role or a user, without its path. */
export const IAM_NAME: Form = {
  pattern: /^[\w+=,.@-]{1,64}$/,
  wanted: '1 to 64 letters, digits or any of _+=,.@-',
};

/** Of a role's session. */
export const SESSION_NAME: Form = {
  pattern: /^[\w+=,.@-]{2,64}$/,
  wanted: '2 to 64 letters, digits or any of _+=,.@-',
};

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const EXTERNAL_ID: Form = {
  pattern: /^[\w+=,.@:/-]{2,1224}$/,
  wanted: '2 to 1224 letters, digits or any of _+=,.@:/-',
};

export const SOURCE_IDENTITY: Form = {
  pattern: /^(?!aws:)[\w+=,.@-]{2,64}$/,
  wanted: '2 to 64 letters, digits or any of _+=,.@- that do not begin with aws:',
};

/** Whatever may be part of a host's name: AWS adds regions. */
export const REGION: Form = {
  pattern: /^[a-z][a-z0-9-]{0,63}$/,
  wanted: 'a region such as eu-west-1',
};

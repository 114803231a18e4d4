import { REGION } from './find-region.js';
import type { Explain } from './profile-value.js';

/** What keeps a text from being an account's ID. */
export const explainAccountId = form(
  /^\d{12}$/,
  'an account ID has twelve digits, without hyphens',
);

export const explainRegion = form(REGION, 'a region reads like eu-west-1');

export const explainRoleName = form(
  /^[\w+=,.@-]{1,64}$/,
  'a role name has 1 to 64 letters, digits or any of _+=,.@-',
);

export const explainArn = form(/^arn:[\x21-\x7e]+$/, 'an ARN begins with arn:');

export const explainSourceIdentity = form(
  /^(?!aws:)[\w+=,.@-]{2,64}$/,
  'a source identity has 2 to 64 letters, digits or any of _+=,.@- and does not start with aws:',
);

export const explainExternalId = form(
  /^[\w+=,.@:/-]{2,1224}$/,
  'it has characters, or a length, that STS does not accept',
);

export const explainUrl: Explain = (text) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
    ? null
    : 'a URL begins with https://';

function form(pattern: RegExp, wanted: string): Explain {
  return (text) => (pattern.test(text) ? null : wanted);
}

import {
  ACCOUNT_ID,
  EXTERNAL_ID,
  IAM_NAME,
  REGION,
  SOURCE_IDENTITY,
  type Form,
} from '../arn/forms.js';
import type { Explain } from './profile-value.js';

/** What keeps a text from being an account's ID. */
export const explainAccountId = explain(ACCOUNT_ID);

export const explainRegion = explain(REGION);

export const explainRoleName = explain(IAM_NAME);

export const explainArn: Explain = (text) =>
  /^arn:[\x21-\x7e]+$/.test(text) ? null : 'an ARN begins with arn:';

export const explainSourceIdentity = explain(SOURCE_IDENTITY);

export const explainExternalId = explain(EXTERNAL_ID);

export const explainUrl: Explain = (text) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
    ? null
    : 'a URL begins with https://';

function explain({ pattern, wanted }: Form): Explain {
  return (text) => (pattern.test(text) ? null : `it must be ${wanted}`);
}

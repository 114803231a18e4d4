import { awsContext } from '../aws/aws-context.js';
import type { Errand } from '../identity/identity-source.js';
import { openSpentCodes, type SpentCodes } from '../store/spent-codes.js';
import { loginFor, openCodeSource, type CodeSource } from './mfa-code.js';

/** What the slow stages share: the plan they follow, and what they follow it with. */
export interface Stage extends Errand {
  readonly codes: CodeSource;
  readonly spent: SpentCodes;
}

/**
 * Adds what the slow stages need to ask AWS and, for codes, a person.
 *
 * @param openCodes - `openCodeSourceLate` where stdin is nobody else's.
 */
export function openStage<Given extends Omit<Errand, 'aws'>>(
  errand: Given,
  openCodes: typeof openCodeSource = openCodeSource,
): Given & Stage {
  const { host, options, planned } = errand;
  const spent = openSpentCodes(host);
  const { identity } = planned.target;
  return {
    ...errand,
    spent,
    codes: openCodes({ host, identity, options, spent, login: loginFor(planned) }),
    aws: awsContext(host, planned.target),
  };
}

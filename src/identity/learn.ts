import type { AwsContext } from '../aws/aws-context.js';
import { getCallerIdentity } from '../aws/sts.js';
import type { Credentials } from '../credentials.js';
import { attempt } from '../store/attempt.js';
import { writeLearned, type LearnedFacts } from '../store/learned.js';

/**
 * Asks AWS once who an access key belongs to, and remembers it.
 *
 * @returns The account, and the name of the person: the user's, else a role session's.
 */
export async function learnCaller(
  context: AwsContext,
  identity: Credentials,
): Promise<Required<Pick<LearnedFacts, 'accountId' | 'userName'>>> {
  const { accountId, arn } = await getCallerIdentity(context, identity);
  const facts = { accountId, userName: userNameOf(arn) };
  attempt(context.host, 'remember who you are', () => {
    writeLearned(context.host, identity.accessKeyId, facts);
  });
  return facts;
}

/** The name under which one process at a time learns of a key. */
export const learningOf = ({ accessKeyId }: Credentials): string => `learn-${accessKeyId}`;

/** `arn:…:user/path/jane` → `jane`; `…:assumed-role/role/jane` → `jane`; `…:root` → `root`. */
function userNameOf(arn: string): string {
  return arn.split(/[:/]/).pop() ?? arn;
}

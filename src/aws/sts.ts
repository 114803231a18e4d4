import type {
  AssumeRoleCommandInput,
  Credentials as StsCredentials,
  STSClient,
} from '@aws-sdk/client-sts';
import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { AwsContext } from './aws-context.js';
import { readAwsError, refusalBehind } from './aws-errors.js';
import { callDeadline } from './call-deadline.js';
import { explainRegion } from './explain-region.js';
import { notAws } from './not-aws.js';
import type * as StsSdk from './sts-client.js';
import { readCredentials, type TemporaryCredentials } from './temporary-credentials.js';

export interface AssumedRole {
  readonly credentials: TemporaryCredentials;
  /** `arn:…:sts::ACCOUNT:assumed-role/ROLE/SESSION`, as AWS says. */
  readonly assumedRoleArn: string;
}

/** An MFA device and its current code. */
export interface MfaProof {
  readonly serial: string;
  readonly code: string;
}

/**
 * What AssumeRole is asked.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
  readonly externalId: string | null;
  readonly sourceIdentity: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly policy: string | null;
  readonly policyArns: readonly string[];
  /** Only when long-term keys sign and no MFA session does. */
  readonly mfa: MfaProof | null;
}

/**
 * Assumes a role.
 *
 * @throws AssumeError AWS_REFUSED | IDENTITY_INVALID with an `AwsRefusal` as its cause;
 * AWS_UNREACHABLE when no answer, or none of AWS's, came.
 */
export async function assumeRole(
  context: AwsContext,
  signer: Credentials,
  request: RoleRequest,
): Promise<AssumedRole> {
  const wanted = `assume ${request.roleArn}`;
  const answer = await send(context, signer, wanted, request.mfa !== null, (client, sdk) =>
    client.send(new sdk.AssumeRoleCommand(roleInput(request)), callDeadline()),
  );
  const assumedRoleArn = answer.AssumedRoleUser?.Arn;
  if (!assumedRoleArn) throw notAws(wanted);
  return { credentials: credentialsOf(answer.Credentials, wanted), assumedRoleArn };
}

/**
 * Trades an MFA code for a session of the identity; without a code, one without MFA.
 *
 * @param durationSeconds - 900 to 129,600; the account may allow less.
 * @throws AssumeError as `assumeRole`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export async function getSessionToken(
  context: AwsContext,
  signer: Credentials,
  durationSeconds: number,
  mfa: MfaProof | null,
): Promise<TemporaryCredentials> {
  const wanted = mfa ? 'start an MFA session' : 'start a session';
  const input = {
    DurationSeconds: durationSeconds,
    ...(mfa && { SerialNumber: mfa.serial, TokenCode: mfa.code }),
  };
  const answer = await send(context, signer, wanted, mfa !== null, (client, sdk) =>
    client.send(new sdk.GetSessionTokenCommand(input), callDeadline()),
  );
  return credentialsOf(answer.Credentials, wanted);
}

export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/**
 * Who the credentials speak for; AWS always allows the question.
 *
 * @throws AssumeError as `assumeRole`.
 */
export async function getCallerIdentity(
  context: AwsContext,
  signer: Credentials,
): Promise<CallerIdentity> {
  const wanted = 'ask AWS who these credentials belong to';
  const { Account, Arn } = await send(context, signer, wanted, false, (client, sdk) =>
    client.send(new sdk.GetCallerIdentityCommand({}), callDeadline()),
  );
  if (!Account || !Arn) throw notAws(wanted);
  return { accountId: Account, arn: Arn };
}

/** Twice more, for a request that AWS has said it did not look at. */
const CODE_ATTEMPTS = 3;

/**
 * Makes one call to STS. A request with a code is sent again only when AWS says that it was turned away unread: throttled,
 * or signed by a clock that is off, which the SDK has then corrected.
 */
export async function send<Answer>(
  context: AwsContext,
  signer: Credentials,
  wanted: string,
  carriesCode: boolean,
  call: (client: STSClient, sdk: typeof StsSdk) => Promise<Answer>,
): Promise<Answer> {
  const sdk = await import('./sts-client.js');
  const client = sdk.makeStsClient(context, signer, carriesCode ? 1 : 3);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call(client, sdk);
      } catch (thrown) {
        const error = explainRegion(readAwsError(wanted, thrown), context);
        if (!carriesCode || attempt >= CODE_ATTEMPTS || !isUnread(error)) throw error;
        await context.host.sleep(200 * attempt + (context.host.randomBytes(1)[0] ?? 0));
      }
    }
  } finally {
    client.destroy();
  }
}

function isUnread(error: AssumeError): boolean {
  const refusal = refusalBehind(error);
  if (!refusal) return false;
  return (
    /^(Throttling|RequestLimitExceeded|TooManyRequests)/.test(refusal.awsCode) ||
    /Signature (expired|not yet current)/.test(refusal.message)
  );
}

function roleInput(request: RoleRequest): AssumeRoleCommandInput {
  const tags = Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    RoleArn: request.roleArn,
    RoleSessionName: request.sessionName,
    DurationSeconds: request.durationSeconds,
    ...(request.externalId !== null && { ExternalId: request.externalId }),
    ...(request.sourceIdentity !== null && { SourceIdentity: request.sourceIdentity }),
    ...(tags.length > 0 && { Tags: tags }),
    ...(request.transitiveTagKeys.length > 0 && {
      TransitiveTagKeys: [...request.transitiveTagKeys],
    }),
    ...(request.policy !== null && { Policy: request.policy }),
    ...(request.policyArns.length > 0 && {
      PolicyArns: request.policyArns.map((arn) => ({ arn })),
    }),
    ...(request.mfa && { SerialNumber: request.mfa.serial, TokenCode: request.mfa.code }),
  };
}

/** The credentials of an answer. @throws AssumeError as `readCredentials`. */
export function credentialsOf(answer: StsCredentials | undefined, wanted: string) {
  return readCredentials(
    {
      accessKeyId: answer?.AccessKeyId,
      secretAccessKey: answer?.SecretAccessKey,
      sessionToken: answer?.SessionToken,
      expiration: answer?.Expiration,
    },
    wanted,
  );
}

import type { Secret } from '../credentials.js';
import type { AwsContext } from './aws-context.js';
import { callDeadline } from './call-deadline.js';
import { NOBODY } from './nobody.js';
import { notAws } from './not-aws.js';
import { credentialsOf, send, type AssumedRole } from './sts.js';

/**
 * What AssumeRoleWithWebIdentity is asked.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export interface WebIdentityRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  /** What another identity provider signed. */
  readonly token: Secret;
  /** 900 to 43,200; `null` leaves the hour that STS gives. */
  readonly durationSeconds: number | null;
}

/**
 * Assumes a role for the holder of a token; no key signs the request.
 *
 * @throws AssumeError as `assumeRole`.
 */
export async function assumeRoleWithWebIdentity(
  context: AwsContext,
  { roleArn, sessionName, token, durationSeconds }: WebIdentityRequest,
): Promise<AssumedRole> {
  const wanted = `assume ${roleArn} with a web identity`;
  const input = {
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    WebIdentityToken: token.reveal(),
    ...(durationSeconds !== null && { DurationSeconds: durationSeconds }),
  };
  const answer = await send(context, NOBODY, wanted, false, (client, sdk) =>
    client.send(new sdk.AssumeRoleWithWebIdentityCommand(input), callDeadline()),
  );
  const assumedRoleArn = answer.AssumedRoleUser?.Arn;
  if (!assumedRoleArn) throw notAws(wanted);
  return { credentials: credentialsOf(answer.Credentials, wanted), assumedRoleArn };
}

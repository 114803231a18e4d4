import { assumeRole } from './assume-role.js';
import { authorize } from './authorize.js';
import type { Action, Call } from './call.js';
import { readInteger, validate, type Constraint } from './constraints.js';
import { formatCredentials, issueCredentials } from './issued-credentials.js';
import { verifyMfa } from './mfa.js';
import { accessDenied, invalidClientTokenId, Refusal } from './refusal.js';
import type { XmlObject } from './xml.js';

/** The calls of STS that the sandbox answers or refuses in AWS's way, by name. */
export const STS_ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['AssumeRole', assumeRole],
  ['GetCallerIdentity', getCallerIdentity],
  ['GetSessionToken', getSessionToken],
  ['GetFederationToken', refuseUnoffered],
  ['AssumeRoot', refuseUnoffered],
  ['DecodeAuthorizationMessage', refuseUnoffered],
  ['GetAccessKeyInfo', refuseUnoffered],
]);

const SESSION_CONSTRAINTS: readonly Constraint[] = [
  { name: 'DurationSeconds', range: [900, 129_600] },
  { name: 'SerialNumber', length: [9, 256], pattern: String.raw`[\w+=/:,.@-]*` },
  { name: 'TokenCode', length: [6, 6], pattern: String.raw`[\d]*` },
];
const SESSION_DEFAULT_SECONDS = 43_200;

/** Always allowed, even under an explicit `Deny`. */
function getCallerIdentity({ caller }: Call): XmlObject {
  return {
    Arn: caller.principal.sessionArn,
    UserId: caller.uniqueId,
    Account: caller.account.id,
  };
}

/**
 * Needs no permission, and no policy can forbid it.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
function getSessionToken(call: Call): XmlObject {
  refuseSessionCredentials(call);
  validate(call.parameters, SESSION_CONSTRAINTS);
  const seconds = readInteger(call.parameters['DurationSeconds'], SESSION_DEFAULT_SECONDS);
  const credentials = issueCredentials(
    { ...call.caller, kind: 'session-token', issued: call.now, mfaAt: verifyMfa(call) },
    new Date(call.now.getTime() + seconds * 1000),
  );
  call.memory.issued.set(credentials.accessKeyId, credentials);
  return { Credentials: formatCredentials(credentials) };
}

/** Calls that AWS has and the sandbox has not: who may not make them hears it as at AWS. */
function refuseUnoffered(call: Call): XmlObject {
  if (call.action === 'GetFederationToken') refuseSessionCredentials(call);
  else if (call.caller.kind === 'session-token') throw invalidClientTokenId();
  authorize(call, { action: `sts:${call.action}`, resource: '*', context: {} }, null);
  throw new Refusal(501, 'NotImplemented', `The sandbox does not offer ${call.action}`);
}

function refuseSessionCredentials({ action, caller }: Call): void {
  if (caller.kind !== 'long-term')
    throw accessDenied(`Cannot call ${action} with session credentials`);
}

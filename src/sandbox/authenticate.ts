import { partitionOfRegion } from '../arn/partition.js';
import type { Memory } from './call.js';
import { makeUserCaller, type Caller } from './caller.js';
import { invalidClientTokenId, Refusal } from './refusal.js';
import {
  headerValue,
  parseAuthorization,
  signatureDoesNotMatch,
  verifySignature,
  type Authorization,
  type SignedRequest,
} from './signature.js';
import type { World } from './world.js';

/** How far a signature's time may be from AWS's, either way. */
const SKEW_MINUTES = 15;

interface Key {
  readonly secret: string;
  /** `null` for long-term keys. */
  readonly sessionToken: string | null;
  readonly expiration: Date | null;
  readonly caller: Caller;
}

/**
 * Reads who claims to have signed the request; nothing is proved yet.
 *
 * @throws Refusal `MissingAuthenticationToken` or `IncompleteSignature`.
 */
export function readAuthorization(request: SignedRequest): Authorization {
  const header = request.headers['authorization']?.[0];
  if (header === undefined)
    throw new Refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const authorization = parseAuthorization(header);
  if (!authorization)
    throw new Refusal(
      400,
      'IncompleteSignature',
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.",
    );
  return authorization;
}

/**
 * The caller whose key signed the request.
 *
 * @throws Refusal `InvalidClientTokenId` for a key that is unknown, inactive, of another partition
 * or without its session token; `SignatureDoesNotMatch`, also for a clock that is wrong;
 * `ExpiredToken`; `RegionDisabledException`.
 */
export function authenticate(
  request: SignedRequest,
  authorization: Authorization,
  aws: { readonly world: World; readonly memory: Memory; readonly now: Date },
): Caller {
  const { world, now } = aws;
  const { accessKeyId, region, service } = authorization;
  const key = isTooNew(aws, accessKeyId) ? null : findKey(world, aws.memory, accessKeyId);
  const token = request.headers['x-amz-security-token']?.[0] ?? null;
  const { name: partition } = partitionOfRegion(region);
  if (key?.sessionToken !== token || partition !== world.partition) throw invalidClientTokenId();
  checkClock(headerValue(request, 'x-amz-date'), authorization, now);
  verifySignature(request, authorization, key.secret);
  if (key.expiration && key.expiration <= now)
    throw new Refusal(403, 'ExpiredToken', 'The security token included in the request is expired');
  if (key.sessionToken === null) aws.memory.lastUses.set(accessKeyId, { at: now, service, region });
  if (world.disabledRegions.includes(region))
    throw new Refusal(
      403,
      'RegionDisabledException',
      `STS is not activated in this region for account:${key.caller.account.id}. Your account administrator can activate STS in this region using the IAM Console.`,
    );
  return key.caller;
}

/** IAM tells the rest of AWS of a new key in its own time. */
function isTooNew({ memory, now }: { memory: Memory; now: Date }, accessKeyId: string): boolean {
  const key = memory.newKeys.get(accessKeyId);
  if (!key) return false;
  if (key.refusals > 0) {
    key.refusals--;
    return true;
  }
  return now < key.knownFrom;
}

function findKey(world: World, memory: Memory, accessKeyId: string): Key | null {
  const issued = memory.issued.get(accessKeyId);
  if (issued) return issued;
  for (const account of world.accounts)
    for (const user of account.users) {
      const key = user.accessKeys.find(({ id, isActive }) => id === accessKeyId && isActive);
      if (!key) continue;
      const caller = makeUserCaller(world, account, user);
      return { secret: key.secret, sessionToken: null, expiration: null, caller };
    }
  return null;
}

function checkClock(signedAt: string, authorization: Authorization, now: Date): void {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt) ?? [];
  const [year = NaN, month = NaN, day, hour, minute, second] = parts.map(Number);
  const signed = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (Number.isNaN(signed.getTime()))
    throw new Refusal(
      400,
      'IncompleteSignature',
      "Date must be in ISO-8601 'basic format'. Got '" + signedAt + "'.",
    );
  if (!signedAt.startsWith(authorization.date))
    throw signatureDoesNotMatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${authorization.date}' != '${signedAt.slice(0, 8)}', from '${signedAt}'.`,
    );
  const [earliest, latest] = [-SKEW_MINUTES, SKEW_MINUTES].map((minutes) =>
    addMinutes(now, minutes),
  );
  const margin = `${SKEW_MINUTES.toString()} min.`;
  if (earliest && signed < earliest)
    throw signatureDoesNotMatch(
      `Signature expired: ${signedAt} is now earlier than ${basicFormat(earliest)} (${basicFormat(now)} - ${margin})`,
    );
  if (latest && signed > latest)
    throw signatureDoesNotMatch(
      `Signature not yet current: ${signedAt} is still later than ${basicFormat(latest)} (${basicFormat(now)} + ${margin})`,
    );
}

function addMinutes(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

function basicFormat(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/g, '');
}

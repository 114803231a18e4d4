import type { Given, Origin, Target } from '../target/target.js';

/**
 * Everything that decides the answer, and no secret: two runs with equal plans get the same
 * credentials, two with different plans never do. Its canonical JSON, hashed, is the cache's key.
 * No clock and no randomness enter it.
 */
export interface Plan {
  /** Where the identity's credentials come from, such as `profile:base`. */
  readonly source: string;
  /** `null` until the source has been read once. */
  readonly accessKeyId: string | null;
  /** The account that the identity must belong to; `null` when nothing demands one. */
  readonly identityAccountId: string | null;
  readonly partition: string;
  readonly stsRegion: string;
  /** The URL that every AWS call goes to; `null` for AWS's own endpoints. */
  readonly endpoint: string | null;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  /** `legacy`: the global endpoint of STS, where the region has it. */
  readonly stsRegionalEndpoints: 'regional' | 'legacy';
  readonly signer: Signer;
  /** The device whose code buys the session; `null` when none is used, or not known yet. */
  readonly mfaSerial: string | null;
  /** A session older than this asks a fresh code; `null` when any age will do. */
  readonly mfaMaxAgeSeconds: number | null;
  /** 900 to 129,600; `null` where no session is made. */
  readonly sessionDurationSeconds: number | null;
  readonly hops: readonly Hop[];
}

/**
 * What signs the first request, or is itself the answer when there are no hops:
 * - `mfa-session`: a session bought with a code, shared by all roles of the identity;
 * - `live-session`: such a session if one lives, else the identity's own credentials;
 * - `plain-session`: for the identity itself: a live MFA session, else one made without a code;
 * - `keys-and-code`: the long-term keys with a code in the same request, for more than one hour;
 * - `keys`: the identity's own credentials.
 */
export type Signer = 'mfa-session' | 'live-session' | 'plain-session' | 'keys-and-code' | 'keys';

/** One `AssumeRole`. */
export interface Hop {
  readonly roleArn: string;
  /** `null` until the user's name is known. */
  readonly sessionName: string | null;
  readonly externalId: string | null;
  readonly sourceIdentity: string | null;
  /** 900 to 43,200; more than 3,600 only where AWS allows it. */
  readonly durationSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly policy: string | null;
  readonly policyArns: readonly string[];
}

/** What only the world can tell of an access key, once it was asked. */
export interface Learned {
  /** The key that the source gave last, where only reading it tells. */
  readonly accessKeyId: Given<string> | null;
  /** Whether that key was a temporary one. */
  readonly isTemporary: boolean | null;
  readonly accountId: Given<string> | null;
  readonly userName: Given<string> | null;
  readonly mfaSerial: Given<string> | null;
}

/** Nothing was asked yet. */
export const NOTHING_LEARNED: Learned = {
  accessKeyId: null,
  isTemporary: null,
  accountId: null,
  userName: null,
  mfaSerial: null,
};

/** What a plan may still have to learn. */
export type Unknown = 'accessKeyId' | 'userName' | 'mfaSerial';

/** A target with the way to its credentials. */
export interface PlannedTarget {
  readonly target: Target;
  /** The target before anything was learned: what to plan again with when its keys are others. */
  readonly unsettled: Target;
  readonly plan: Plan;
  /** Where each value came from, by its path in the JSON: `mfa.serial`, `hops.0.roleArn`. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** What the plan still has to learn from AWS before it can be followed. */
  readonly unknown: readonly Unknown[];
  /** Why MFA is used, or is not, in words. */
  readonly mfaReason: string;
  /** What was asked for and is not so. */
  readonly remarks: readonly string[];
}

/** AWS's cap on roles assumed from a session or from another role. */
export const CHAINED_LIMIT_SECONDS = 3600;

/** Tells whether following the plan from nothing takes an MFA code. */
export function needsCode(plan: Plan): boolean {
  return plan.signer === 'mfa-session' || plan.signer === 'keys-and-code';
}

import type { IdentitySpec } from './identity-spec.js';

/** How a value came to be. */
export type OriginKind = 'flag' | 'variable' | 'file' | 'learned' | 'derived' | 'default';

export interface Origin {
  readonly kind: OriginKind;
  /**
   * The flag, variable or key that gave it, as it is written there; the key that would give it where
   * none did; else what it was derived or learned from.
   */
  readonly name: string;
  /** The file that holds it, and the line; `null` for what no file holds. */
  readonly file: string | null;
  readonly line: number | null;
  /** Where that is known. */
  readonly column?: number;
}

/** A value and where it came from. */
export interface Given<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** Who starts: the owner of the long-term keys, or of any other credentials. */
export interface Identity {
  /** The `[identity]` section's name, else the base profile's, else the source's kind. */
  readonly name: string;
  /** Its origin is what chose it. */
  readonly source: Given<IdentitySpec>;
  /** Where the source itself is described: what to correct when it fails. */
  readonly definedAt: Origin;
  /** Known before anything is read that costs time; `null` when only the source can tell. */
  readonly accessKeyId: Given<string> | null;
  /** It holds temporary credentials, which buy no MFA session; `null` when only the source can tell. */
  readonly isTemporary: boolean | null;
  /** The account it must belong to; `null` when nothing demands one. */
  readonly accountId: Given<string> | null;
  readonly userName: Given<string> | null;
  readonly mfaCommand: Given<string> | null;
  readonly sessionDurationSeconds: Given<number> | null;
}

/** One role on the way, with what its `AssumeRole` sends. */
export interface TargetHop {
  readonly roleArn: Given<string>;
  /** May hold `{user}`; `null` leaves the person's own name. */
  readonly sessionName: Given<string> | null;
  readonly externalId: Given<string> | null;
  readonly sourceIdentity: Given<string> | null;
  /** What was asked for, 900 to 43,200; `null` leaves the hour that STS gives. */
  readonly durationSeconds: Given<number> | null;
  readonly tags: Given<Readonly<Record<string, string>>> | null;
  readonly transitiveTagKeys: Given<readonly string[]> | null;
  /** An inline session policy, as JSON. */
  readonly policy: Given<string> | null;
  readonly policyArns: Given<readonly string[]> | null;
}

/** An account and a role in it, fully named, each value with its origin. */
export interface Target {
  /** The shortest name that is accepted. */
  readonly name: string;
  readonly kind: TargetKind;
  readonly origin: Origin;
  readonly accountId: Given<string> | null;
  readonly accountName: string | null;
  readonly customer: string | null;
  readonly roleName: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly color: string | null;
  readonly isProtected: Given<boolean>;
  /** Whether the files demand a reason for every use. */
  readonly demandsReason: Given<boolean>;
  readonly partition: Given<string>;
  readonly region: Given<string> | null;
  readonly stsRegion: Given<string>;
  readonly endpoint: Given<string> | null;
  readonly useFipsEndpoint: Given<boolean>;
  readonly useDualstackEndpoint: Given<boolean>;
  readonly stsRegionalEndpoints: Given<'regional' | 'legacy'>;
  /** The file of CA certificates that AWS's must be signed by; `null` for the CAs that Node trusts. */
  readonly caBundle: Given<string> | null;
  readonly identity: Identity;
  /** What chose that identity before any other. */
  readonly chosenBy: Origin;
  readonly mfa: Given<'required' | 'never' | 'auto'> | null;
  readonly mfaSerial: Given<string> | null;
  readonly mfaMaxAgeSeconds: Given<number> | null;
  /** `false` keeps its credentials out of the cache. */
  readonly isCached: Given<boolean>;
  readonly longRoles: Given<'allow' | 'never'>;
  /** Hand over the long-term keys themselves. */
  readonly longTerm: boolean;
  /** In order; empty when the target is the identity itself. */
  readonly hops: readonly TargetHop[];
  /** What was asked for and is not so, to be told: "--duration 2h is capped to 1h by …". */
  readonly remarks: readonly string[];
}

export type TargetKind = 'catalogue' | 'profile' | 'arn' | 'identity';

export const fromFlag = (name: string): Origin => ({ kind: 'flag', name, file: null, line: null });

export const fromVariable = (name: string): Origin => ({
  kind: 'variable',
  name,
  file: null,
  line: null,
});

export const fromFile = (
  name: string,
  {
    file,
    line,
    column,
  }: { readonly file: string; readonly line: number; readonly column?: number },
): Origin => ({ kind: 'file', name, file, line, ...(column === undefined ? {} : { column }) });

export const derivedFrom = (name: string): Origin => ({
  kind: 'derived',
  name,
  file: null,
  line: null,
});

export const byDefault = (name: string): Origin => ({
  kind: 'default',
  name,
  file: null,
  line: null,
});

export const learnedFrom = (name: string, file: string): Origin => ({
  kind: 'learned',
  name,
  file,
  line: null,
});

/** An origin as a person reads it: `~/.aws/config:12:8`, `--duration`, `AWS_REGION`. */
export function formatOrigin({ name, file, line, column }: Origin): string {
  return file === null
    ? name
    : [file, line, column].filter((part) => part !== null && part !== undefined).join(':');
}

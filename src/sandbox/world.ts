/**
 * An AWS as plain data. It may be changed while the sandbox runs: every decision reads it anew.
 * Policy documents are as JSON gives them; what they say is all that decides.
 */
export interface World {
  /** `aws`, `aws-cn`, …: the partition that all its accounts lie in. */
  partition: string;
  accounts: Account[];
  /** Managed policies, AWS's own (`arn:aws:iam::aws:policy/…`) and the accounts', by ARN. */
  managedPolicies: Record<string, unknown>;
  /** Regions that the accounts have not turned on; STS refuses there. */
  disabledRegions: string[];
  /** Whether refusals name the kind of policy that refused, as AWS does for some calls only. */
  explainsRefusals: boolean;
  /** What `aws:SourceIp` says: an IPv4 address. */
  sourceIp: string;
  /** How many items IAM puts on one page at most. */
  pageSize: number;
  /** IAM's delay: a new access key is unknown for so long, and to so many requests, whichever ends later. */
  newKeyDelay: { seconds: number; requests: number };
  /** For so long IAM does not tell of a key's use. */
  lastUseDelaySeconds: number;
}

export interface Account {
  /** Twelve digits. */
  id: string;
  name: string;
  users: User[];
  roles: Role[];
  /** Virtual MFA devices that no user has yet. */
  unassignedDevices: UnassignedDevice[];
}

export interface User {
  name: string;
  /** With slashes at both ends. */
  path: string;
  /** `AIDA…` */
  id: string;
  created: Date;
  accessKeys: AccessKey[];
  mfaDevices: MfaDevice[];
  policies: AttachedPolicy[];
  tags: Record<string, string>;
}

export interface AccessKey {
  /** `AKIA…` */
  id: string;
  secret: string;
  isActive: boolean;
  created: Date;
}

export interface MfaDevice {
  /** An ARN, or the bare number of a hardware device. */
  serial: string;
  /** Base32; `null` for FIDO devices, which show no codes. */
  seed: string | null;
  enabled: Date;
}

/** A virtual device between its creation and the two codes that enable it. */
export interface UnassignedDevice {
  /** Its ARN. */
  serial: string;
  /** Base32. */
  seed: string;
}

export interface Role {
  name: string;
  /** With slashes at both ends. */
  path: string;
  /** `AROA…` */
  id: string;
  trustPolicy: unknown;
  /** 3600 to 43200. */
  maxSessionDurationSeconds: number;
  policies: AttachedPolicy[];
  tags: Record<string, string>;
}

/** An inline document, or the ARN of one of the world's managed policies. */
export type AttachedPolicy = string | { readonly name: string; readonly document: unknown };

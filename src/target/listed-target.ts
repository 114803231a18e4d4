import type { Origin, TargetKind } from './target.js';

/** One target that the user's files name, as lists and pickers show it: plain facts, none secret. */
export interface ListedTarget {
  /** The shortest name that only this entry has among those of its kind. */
  readonly name: string;
  /** Every name that finds it exactly. */
  readonly names: readonly string[];
  readonly kind: TargetKind;
  readonly origin: Origin;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly customer: string | null;
  /** The role of IAM. */
  readonly roleName: string | null;
  /** The same, or the role of IAM Identity Center. */
  readonly shownRole: string | null;
  readonly roleArn: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly region: string | null;
  readonly color: string | null;
  readonly isProtected: boolean;
  /** It is a profile with long-term or other keys of its own. */
  readonly holdsKeys: boolean;
}

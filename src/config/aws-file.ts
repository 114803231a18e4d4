import type { AwsWarning } from './aws-warnings.js';
import type { ToleranceName } from './tolerances.js';

/** Which of the two files: their headers differ. */
export type AwsFileKind = 'config' | 'credentials';

/** A property of AWS's config or credentials file, and where it stands. Lines and columns count from 1. */
export interface AwsValue {
  /** Continuation lines are joined by a line feed; sub-properties stand here as their raw lines too. */
  readonly value: string;
  readonly file: string;
  readonly line: number;
  /** Where the value begins, or where there is none, its key. */
  readonly column: number;
  /** What an indented block under an empty value names, such as `s3`'s; `null` without one. */
  readonly subproperties: ReadonlyMap<string, AwsValue> | null;
}

/** A section, duplicates merged; `line` is the first header's. */
export interface AwsSection {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** By key in lower case. */
  readonly values: ReadonlyMap<string, AwsValue>;
  /**
   * The keys among them that stand in a profile that it includes, of which AWS's tools know nothing,
   * each with the name of that profile.
   */
  readonly included?: ReadonlyMap<string, string>;
}

/** A section that is left out. */
export interface SkippedSection {
  /** The text between its brackets. */
  readonly header: string;
  /** What was probably meant; `null` when nobody can tell. */
  readonly name: string | null;
  readonly file: string;
  readonly line: number;
  /** Why. */
  readonly row: ToleranceName;
}

/** What AWS's files say, by name, in the order of the file. */
export interface AwsFile {
  readonly profiles: ReadonlyMap<string, AwsSection>;
  readonly ssoSessions: ReadonlyMap<string, AwsSection>;
  readonly services: ReadonlyMap<string, AwsSection>;
  /** Of several with the same header the first. */
  readonly skipped: readonly SkippedSection[];
  readonly warnings: readonly AwsWarning[];
}

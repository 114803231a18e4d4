/**
 * A file, and all that its reading gives: a table of profiles, or `line:column` and the kind of what
 * is malformed; then each warning as `line:column row`, in order.
 */
export type AwsRow = readonly [
  about: string,
  text: string,
  outcome: Readonly<Record<string, Readonly<Record<string, string>>>> | string,
  ...warnings: string[],
];

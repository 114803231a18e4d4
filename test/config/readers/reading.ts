import type { AwsFileKind } from '../../../src/config/aws-file.js';

/** What is to be read; U+FFFD in the text stands for a byte that is not UTF-8. */
export interface AwsText {
  readonly kind: AwsFileKind;
  readonly text: string;
}

/** A value, or the block of sub-properties that stands for one. */
export type ReadValue = string | Readonly<Record<string, string>>;

/** A file as some reader sees it; `null` where it refuses the file. Sections by type and name. */
export type Reading = Readonly<Record<string, Readonly<Record<string, ReadValue>>>> | null;

/** The bytes of the text, for a reader that takes a file. */
export function bytesOf({ text }: AwsText): Buffer {
  const parts = text.split('\uFFFD').map((part) => Buffer.from(part, 'utf8'));
  const damage = Buffer.from([0xff]);
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [damage, part])));
}

import type { BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAssumeError } from '../errors.js';
import type { Host } from './host.js';
import { ownDirectory } from './own-directory.js';
import { parseObject } from './parse-object.js';
import { sweepLeftovers } from './sweep-leftovers.js';

/** What our last edit left at a path: by it a whole file is told from one that is being rewritten. */
export interface LastEdit {
  /** Which file, and of when: another program's write changes it. */
  readonly file: string;
  /** Its lines that begin with `[`, latin1: in AWS's files the headers of its sections. */
  readonly headers: readonly string[];
}

/** What was left there; nothing where it was never edited, or nothing can be remembered. */
export function readLastEdit(host: Host, target: string): LastEdit {
  const path = recordFile(host, target);
  const text = path && quietly(() => host.files.readText(path));
  const { file, headers } = parseObject(text ?? '') ?? {};
  if (typeof file !== 'string' || !Array.isArray(headers)) return { file: '', headers: [] };
  return { file, headers: headers.filter((header) => typeof header === 'string') };
}

/** Remembers it for the next edit. Where that cannot be done, less is known then, and no harm done. */
export function writeLastEdit(host: Host, target: string, edit: LastEdit): void {
  const path = recordFile(host, target);
  if (path === null) return;
  quietly(() => {
    host.files.makePrivateDirectory(dirname(path));
    sweepLeftovers(host, dirname(path), () => true);
    host.files.writePrivate(path, JSON.stringify(edit));
  });
}

/** What there is to remember of a file that we have just written. */
export function lastEditOf(text: string, facts: BigIntStats): LastEdit {
  return { file: fingerprint(facts), headers: headersOf(text) };
}

/** Tells whether that is the file which we left, untouched. */
export function isLeft(facts: BigIntStats | null, { file }: LastEdit): boolean {
  return facts !== null && fingerprint(facts) === file;
}

/** Tells whether a text may be but the beginning of one: it is empty, or lacks sections of before. */
export function looksCut(text: string, before: LastEdit | string): boolean {
  const headers = typeof before === 'string' ? headersOf(before) : before.headers;
  const present = new Set(headersOf(text));
  return text === '' || !headers.every((header) => present.has(header));
}

/** Without `ctime`, which the rename itself changes. */
function fingerprint({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join(' ');
}

function headersOf(text: string): string[] {
  return text.match(/^\[[^\r\n]*/gm) ?? [];
}

function recordFile(host: Host, target: string): string | null {
  const state = ownDirectory(host, 'state');
  if (state === null) return null;
  const { createHash } = process.getBuiltinModule('node:crypto');
  return join(state, 'edits', createHash('sha256').update(target).digest('hex'));
}

function quietly<T>(action: () => T): T | null {
  try {
    return action();
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    return null;
  }
}

import { statSync, type BigIntStats } from 'node:fs';
import { errnoOf } from './errno.js';
import type { Aspect, Fingerprint } from './host.js';

/**
 * What tells whether a path still leads to the same thing, links followed; `null` when nothing is
 * there. Takes one stat(2), opens nothing and never throws: what may not be looked at has the error
 * for its text.
 */
export function fingerprint(path: string, aspect: Aspect): Fingerprint | null {
  try {
    const facts = statSync(path, { bigint: true, throwIfNoEntry: false });
    return facts ? { text: textOf(facts, aspect), changedMs: changedMs(facts, aspect) } : null;
  } catch (thrown) {
    return { text: errnoOf(thrown) ?? 'unknown', changedMs: 0 };
  }
}

function textOf({ dev, ino, mode, uid, ...facts }: BigIntStats, aspect: Aspect): string {
  const place = [dev, ino, mode, uid];
  // The second of the two times also tells of a file that was given its old time back.
  const content = aspect === 'place' ? [] : [facts.size, facts.mtimeNs, facts.ctimeNs];
  return [...place, ...content].join(':');
}

function changedMs({ mtimeMs, ctimeMs }: BigIntStats, aspect: Aspect): number {
  return aspect === 'place' ? 0 : Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
}

import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/host/fingerprint.js';
import type { Aspect } from '../../src/host/host.js';
import { makeTempHome, type TempHome } from '../support/temp-home.js';

let home: TempHome;
beforeEach(() => {
  home = makeTempHome();
  writeFileSync(at('file'), 'text');
  mkdirSync(at('directory'));
  symlinkSync(at('file'), at('link'));
});
afterEach(() => {
  home.remove();
});

const at = (name: string): string => join(home.path, name);

/** Waits until the clock of the file system, which ticks every few milliseconds, has gone on. */
function tick(): void {
  const probe = at('probe');
  writeFileSync(probe, '');
  const { ctimeMs } = statSync(probe);
  for (;;) {
    writeFileSync(probe, '');
    if (statSync(probe).ctimeMs > ctimeMs) return;
  }
}

/** Puts a file of the same size and time in the place of another. */
function replace(): void {
  const { atime, mtime } = statSync(at('file'));
  writeFileSync(at('new'), 'next');
  utimesSync(at('new'), atime, mtime);
  renameSync(at('new'), at('file'));
}

/** Writes as much, and gives the file its old time back. */
function rewrite(): void {
  const { atime, mtime } = statSync(at('file'));
  writeFileSync(at('file'), 'next');
  utimesSync(at('file'), atime, mtime);
}

describe('a fingerprint', () => {
  it.each<[string, Aspect, string, () => void, boolean]>([
    ['nothing', 'content', 'file', () => undefined, false],
    [
      'text that is added',
      'content',
      'file',
      () => {
        appendFileSync(at('file'), 'x');
      },
      true,
    ],
    ['text of the same length and time', 'content', 'file', rewrite, true],
    ['another file of the same length and time', 'content', 'file', replace, true],
    [
      'a mode',
      'content',
      'file',
      () => {
        chmodSync(at('file'), 0o640);
      },
      true,
    ],
    [
      'its end',
      'content',
      'file',
      () => {
        unlinkSync(at('file'));
      },
      true,
    ],
    [
      'the text behind a link',
      'content',
      'link',
      () => {
        appendFileSync(at('file'), 'x');
      },
      true,
    ],
    [
      'where a link leads',
      'content',
      'link',
      () => {
        unlinkSync(at('link'));
        symlinkSync(at('directory'), at('link'));
      },
      true,
    ],
    [
      'a file that came',
      'content',
      'absent',
      () => {
        writeFileSync(at('absent'), '');
      },
      true,
    ],
    [
      'a name that came',
      'content',
      'directory',
      () => {
        writeFileSync(at('directory/x'), '');
      },
      true,
    ],
    [
      'a name that came',
      'place',
      'directory',
      () => {
        writeFileSync(at('directory/x'), '');
      },
      false,
    ],
    [
      'its mode',
      'place',
      'directory',
      () => {
        chmodSync(at('directory'), 0o750);
      },
      true,
    ],
    [
      'another directory',
      'place',
      'directory',
      () => {
        mkdirSync(at('other'));
        rmSync(at('directory'), { recursive: true });
        renameSync(at('other'), at('directory'));
      },
      true,
    ],
    [
      'text',
      'place',
      'file',
      () => {
        appendFileSync(at('file'), 'x');
      },
      false,
    ],
  ])('tells %s of a %s (%s)', (_, aspect, name, change, isOther) => {
    const before = fingerprint(at(name), aspect);
    tick();
    change();
    expect(fingerprint(at(name), aspect)?.text !== before?.text).toBe(isOther);
  });

  it('of a place has no time, of content that of the youngest change', () => {
    utimesSync(at('file'), 1, 1);
    const { ctimeMs } = statSync(at('file'));
    expect(fingerprint(at('file'), 'content')?.changedMs).toBe(Math.floor(ctimeMs));
    expect(fingerprint(at('file'), 'place')?.changedMs).toBe(0);
  });

  it('is of what cannot be looked at, too, and differs from that of nothing', () => {
    symlinkSync('loop', at('loop'));
    expect(fingerprint(at('loop'), 'content')).toEqual({ text: 'ELOOP', changedMs: 0 });
    expect(fingerprint(at('absent'), 'content')).toBeNull();
    expect(fingerprint(at('file/absent'), 'content')?.text).toBe('ENOTDIR');
  });
});

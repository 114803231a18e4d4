import { readdirSync, realpathSync, statSync, unlinkSync, type Stats, chmodSync } from 'node:fs';
import { visible } from '../visible.js';
import { attempt, isAbsence } from './file-error.js';
import { findProgram } from './find-program.js';
import { fingerprint } from './fingerprint.js';
import type { Environment, FileFacts, Files } from './host.js';
import { isInMemory } from './is-in-memory.js';
import {
  createWithParents,
  makePrivateDirectory,
  provePrivateDirectory,
} from './private-directory.js';
import { proveWritable } from './prove-writable.js';
import { readOwn } from './read-own.js';
import { readText } from './read-text.js';
import { removeTree } from './remove-tree.js';
import { createNew, writePrivate } from './write-private.js';

/** The disk of this machine. @param edit - `editFile` of this host, which needs more than the disk. */
export function createFiles(env: Environment, edit: Files['edit']): Files {
  return {
    readText: (path) => unlessAbsent('read', path, () => readText(path), null),
    readOwn,
    fingerprint,
    facts: (path) => unlessAbsent('look at', path, () => factsOf(statSync(path)), null),
    list: (directory) =>
      unlessAbsent('list', directory, () => readdirSync(directory).sort(byCodePoint), []),
    realPath: (path) => unlessAbsent('resolve', path, () => realpathSync(path), path),
    which: (command) => {
      const found = findProgram(command, env['PATH']);
      return typeof found === 'string' ? null : found.file;
    },
    makePrivateDirectory,
    provePrivateDirectory,
    proveWritable,
    isInMemory,
    makeDirectory: (directory) => {
      attempt('FAILED', 'create the directory', directory, () => {
        createWithParents(directory);
      });
    },
    writePrivate: (path, text) => {
      attempt('FAILED', 'write', path, () => {
        writePrivate(path, text);
      });
    },
    writeProgram: (path, text) => {
      attempt('FAILED', 'write', path, () => {
        writePrivate(path, text);
        chmodSync(path, 0o700);
      });
    },
    createNew: (path, text) => attempt('FAILED', 'create', path, () => createNew(path, text)),
    remove: (path) => attempt('FAILED', 'remove', path, () => remove(path)),
    removeTree: (directory) => {
      attempt('FAILED', 'remove', directory, () => {
        removeTree(directory);
      });
    },
    edit,
  };
}

function unlessAbsent<T>(wanted: string, path: string, action: () => T, absent: T): T {
  const readOrAbsent = (): T => {
    try {
      return action();
    } catch (thrown) {
      if (isAbsence(thrown)) return absent;
      throw thrown;
    }
  };
  const hint = `It has to be yours to read; look at it: ls -ld '${visible(path)}'`;
  return attempt('CONFIG_UNREADABLE', wanted, path, readOrAbsent, hint);
}

function remove(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (thrown) {
    if (isAbsence(thrown)) return false;
    throw thrown;
  }
}

function factsOf(stats: Stats): FileFacts {
  return {
    kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other',
    mode: stats.mode & 0o777,
    userId: stats.uid,
    size: stats.size,
    modified: stats.mtime,
  };
}

/** JavaScript compares UTF-16 units, which puts U+FFxx after the emoji; UTF-8 bytes keep the order. */
function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

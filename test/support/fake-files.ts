import { AssumeError } from '../../src/errors.js';
import type { FileFacts, Files } from '../../src/host/host.js';
import type { FakeClock } from './fake-clock.js';

interface FakeFile {
  text: string;
  mode: number;
  modified: Date;
}

/** A disk in memory, without symbolic links. On Linux /run says so, and /dev/shm if it is there. */
export interface FakeFiles extends Files {
  /** Every file's text by path, sorted. */
  contents(): Record<string, string>;
  /** As another program would: creates or replaces, 0644. */
  put(path: string, text: string): void;
  /** Makes every attempt to write below that directory fail. */
  makeReadOnly(directory: string): void;
  /** Makes the path and what is below it another user's. */
  makeForeign(path: string): void;
}

/** @param texts - files that are there from the start, 0644. */
export function makeFakeFiles(
  clock: FakeClock,
  texts: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
): FakeFiles {
  const files = new Map<string, FakeFile>();
  const directories = new Set<string>();
  const readOnly: string[] = [];
  const foreign: string[] = [];
  const facts = (path: string): FileFacts | null => {
    const found = factsOf(path, files, directories);
    return found && isBelow(path, foreign) ? { ...found, userId: 7 } : found;
  };
  const put = (path: string, text: string, mode: number): void => {
    if (isBelow(path, readOnly)) {
      throw new AssumeError('FAILED', `cannot write ${path}: read-only file system (EROFS)`, {
        hint: `df '${path}'`,
      });
    }
    files.set(path, { text, mode, modified: clock.now() });
  };
  const makeDirectory = (directory: string): void => {
    put(directory, '', 0o700);
    files.delete(directory);
    directories.add(directory);
  };
  for (const [path, text] of Object.entries(texts)) put(path, text, 0o644);
  return {
    contents: () =>
      Object.fromEntries([...files].sort().map(([path, file]) => [path, file.text] as const)),
    put: (path, text) => {
      put(path, text, 0o644);
    },
    makeReadOnly: (directory) => {
      readOnly.push(directory);
    },
    makeForeign: (path) => {
      foreign.push(path);
    },
    readText: (path) => files.get(path)?.text ?? null,
    readOwn: (path) => {
      const found = facts(path);
      const isOurs = found?.userId === 1000 && (platform === 'win32' || (found.mode & 0o077) === 0);
      return isOurs ? (files.get(path)?.text ?? null) : null;
    },
    fingerprint: (path, aspect) => {
      const found = facts(path);
      if (!found) return null;
      const { kind, mode, userId, size, modified } = found;
      const place = [kind, mode, userId].join();
      if (aspect === 'place') return { text: place, changedMs: 0 };
      const content = [size, modified.toISOString(), files.get(path)?.text].join();
      return { text: `${place},${content}`, changedMs: modified.getTime() };
    },
    facts,
    list: (directory) => namesIn(directory, [...files.keys(), ...directories]),
    realPath: (path) => path,
    which: (command) => programs[command] ?? null,
    makePrivateDirectory: makeDirectory,
    makeDirectory,
    provePrivateDirectory: (directory) => {
      if (facts(directory)?.userId !== 7) return facts(directory) !== null;
      throw new AssumeError('FAILED', `${directory} belongs to another user (uid 7)`, {
        hint: `sudo rm -r '${directory}'`,
      });
    },
    proveWritable: (directory) => {
      put(`${directory}/probe`, '', 0o600);
      files.delete(`${directory}/probe`);
    },
    isInMemory: (directory) =>
      platform === 'linux' &&
      (isBelow(directory, ['/run']) ||
        (isBelow(directory, ['/dev/shm']) && facts('/dev/shm')?.kind === 'directory')),
    writePrivate: (path, text) => {
      put(path, text, 0o600);
    },
    writeProgram: (path, text) => {
      put(path, text, 0o700);
    },
    createNew: (path, text) => {
      if (files.has(path)) return false;
      put(path, text, 0o600);
      return true;
    },
    remove: (path) => files.delete(path),
    removeTree: (directory) => {
      for (const path of [...files.keys(), ...directories]) {
        if (path !== directory && !path.startsWith(`${directory}/`)) continue;
        files.delete(path);
        directories.delete(path);
      }
    },
    edit: async (path, edit) => {
      const old = files.get(path);
      const before = Buffer.from(old?.text ?? '').toString('latin1');
      const after = edit(before);
      if (after !== before) put(path, Buffer.from(after, 'latin1').toString(), old?.mode ?? 0o600);
      return Promise.resolve();
    },
  };
}

function isBelow(path: string, directories: readonly string[]): boolean {
  return directories.some((directory) => path === directory || path.startsWith(`${directory}/`));
}

function factsOf(
  path: string,
  files: ReadonlyMap<string, FakeFile>,
  directories: ReadonlySet<string>,
): FileFacts | null {
  const owner = { userId: 1000 };
  const file = files.get(path);
  if (file) {
    const { text, mode, modified } = file;
    return { kind: 'file', mode, size: Buffer.byteLength(text), modified, ...owner };
  }
  const isDirectory =
    directories.has(path) || [...files.keys()].some((f) => f.startsWith(`${path}/`));
  if (!isDirectory) return null;
  return { kind: 'directory', mode: 0o700, size: 0, modified: new Date(0), ...owner };
}

/** The first step of every path below the directory. */
function namesIn(directory: string, paths: readonly string[]): string[] {
  const below = paths.filter((path) => path.startsWith(`${directory}/`));
  const names = below.map((path) => path.slice(directory.length + 1).split('/', 1)[0] ?? '');
  return [...new Set(names)].sort();
}

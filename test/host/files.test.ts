import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node-host.js';
import { makeTempHome } from '../support/temp-home.js';
import { buildProgram } from './build-program.js';

const home = makeTempHome();
const { files } = createNodeHost();
const isRoot = process.getuid?.() === 0;
let program: [string, string];

beforeAll(async () => {
  program = await buildProgram('private', home.path);
});
afterAll(() => {
  home.remove();
});

function at(name: string): string {
  return join(home.path, name);
}

function mode(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

describe.each(['000', '022', '077'])('under umask %s', (umask) => {
  it('creates directories 0700 and files 0600', () => {
    const directory = at(`umask-${umask}/parent/own`);
    const command = `umask ${umask}; exec "$@"`;
    execFileSync('sh', ['-c', command, 'sh', ...program, directory], { env: home.env });
    const made = ['', 'private', 'new', 'edited'].map((name) => mode(join(directory, name)));
    expect(made).toEqual(['700', '600', '600', '600']);
    expect(mode(join(directory, '..'))).toBe('700');
    expect(readdirSync(directory)).toEqual(['edited', 'new', 'private']);
  });
});

describe('makePrivateDirectory', () => {
  it('accepts its own directory again', () => {
    files.makePrivateDirectory(at('again'));
    files.makePrivateDirectory(at('again'));
    expect(lstatSync(at('again')).isDirectory()).toBe(true);
  });

  it('refuses a symbolic link to a directory', () => {
    mkdirSync(at('elsewhere'), { mode: 0o700 });
    symlinkSync(at('elsewhere'), at('link'));
    expect(() => {
      files.makePrivateDirectory(at('link'));
    }).toThrow(/must be a directory, not a link/);
  });

  it.each([0o755, 0o750, 0o701])('refuses one with mode %o', (open) => {
    const path = at(`open-${open.toString(8)}`);
    mkdirSync(path);
    chmodSync(path, open);
    expect(() => {
      files.makePrivateDirectory(path);
    }).toThrow(/is open to other users/);
    expect(mode(path)).toBe(open.toString(8));
  });

  it.runIf(isRoot)("refuses another user's", () => {
    mkdirSync(at('foreign'), { mode: 0o700 });
    chownSync(at('foreign'), 5010, 5010);
    expect(() => {
      files.makePrivateDirectory(at('foreign'));
    }).toThrow(/belongs to another user \(uid 5010\)/);
  });
});

describe('writePrivate', () => {
  it('replaces the file in one step, leaving what was opened before as it was', () => {
    writeFileSync(at('replaced'), 'old', { mode: 0o644 });
    const inode = statSync(at('replaced')).ino;
    files.writePrivate(at('replaced'), 'new');
    expect(readFileSync(at('replaced'), 'utf8')).toBe('new');
    expect(statSync(at('replaced')).ino).not.toBe(inode);
    expect(mode(at('replaced'))).toBe('600');
  });

  it('replaces a planted symbolic link, not what it leads to', () => {
    writeFileSync(at('victim'), 'untouched');
    symlinkSync(at('victim'), at('planted'));
    files.writePrivate(at('planted'), 'secret');
    expect(readFileSync(at('victim'), 'utf8')).toBe('untouched');
    expect(lstatSync(at('planted')).isFile()).toBe(true);
  });

  it('names the path and the reason, and leaves nothing, when it fails', () => {
    mkdirSync(at('full/directory'), { recursive: true });
    expect(() => {
      files.writePrivate(at('full/directory'), 'text');
    }).toThrow(/cannot write .*full\/directory: .*\(E[A-Z]+\)/);
    expect(readdirSync(at('full'))).toEqual(['directory']);
  });
});

describe('createNew', () => {
  it('creates once and keeps what is there', () => {
    expect(files.createNew(at('once'), 'first')).toBe(true);
    expect(files.createNew(at('once'), 'second')).toBe(false);
    expect(readFileSync(at('once'), 'utf8')).toBe('first');
    expect(readdirSync(home.path).filter((name) => name.includes('.assume-'))).toEqual([]);
  });
});

describe('reading', () => {
  it('gives null, nothing or the path itself where nothing is', () => {
    writeFileSync(at('plain'), '');
    for (const absent of [at('absent'), at('plain/below')]) {
      expect(files.readText(absent)).toBeNull();
      expect(files.facts(absent)).toBeNull();
      expect(files.list(absent)).toEqual([]);
      expect(files.realPath(absent)).toBe(absent);
      expect(files.remove(absent)).toBe(false);
    }
  });

  it('lists by code point', () => {
    const names = ['b', 'B', '\u{1f600}', '\uff21', 'a'];
    for (const name of names) files.writePrivate(join(mkdir('sorted'), name), '');
    expect(files.list(at('sorted'))).toEqual(['B', 'a', 'b', '\uff21', '\u{1f600}']);
  });

  it('says why a directory cannot be read as a file', () => {
    expect(() => files.readText(mkdir('not-a-file'))).toThrow(
      expect.objectContaining({
        code: 'CONFIG_UNREADABLE',
        message: `cannot read ${at('not-a-file')}: illegal operation on a directory (EISDIR)`,
      }),
    );
  });
});

function mkdir(name: string): string {
  mkdirSync(at(name), { recursive: true, mode: 0o700 });
  return at(name);
}

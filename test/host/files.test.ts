import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node-host.js';
import { writeBeside } from '../../src/host/write-private.js';
import { makeTempHome } from '../support/temp-home.js';
import { thrownBy } from '../support/thrown-by.js';
import { findTool } from '../support/tools.js';
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

describe.each(['000', '022', '077', '777'])('under umask %s', (umask) => {
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

describe('makeDirectory', () => {
  it('creates it with its parents for us alone, and leaves one that is there as it is', () => {
    files.makeDirectory(at('shared/sso/cache'));
    expect(['shared', 'shared/sso', 'shared/sso/cache'].map((name) => mode(at(name)))).toEqual(
      Array.from({ length: 3 }, () => '700'),
    );
    chmodSync(at('shared/sso'), 0o755);
    files.makeDirectory(at('shared/sso'));
    expect(mode(at('shared/sso'))).toBe('755');
  });

  it('tells which path it could not create', () => {
    writeFileSync(at('a-file'), '');
    expect(() => {
      files.makeDirectory(at('a-file/below'));
    }).toThrow(/cannot create the directory .*a-file/);
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

describe('provePrivateDirectory', () => {
  it('creates nothing and accepts what is there and ours', () => {
    expect(files.provePrivateDirectory(at('not-there'))).toBe(false);
    expect(files.provePrivateDirectory('/etc/passwd/below')).toBe(false);
    expect(files.provePrivateDirectory(mkdir('ours'))).toBe(true);
    expect(readdirSync(home.path)).not.toContain('not-there');
  });

  it.each([
    [
      'a link',
      () => {
        symlinkSync(mkdir('led-to'), at('refused'));
      },
      /must be a directory/,
      /^Move it away: mv /,
    ],
    [
      'a file',
      () => {
        writeFileSync(at('refused'), '');
      },
      /must be a directory/,
      /^Move it away: mv /,
    ],
    [
      'open to others',
      () => {
        mkdirSync(at('refused'));
        chmodSync(at('refused'), 0o750);
      },
      /\(mode 0750\)/,
      /chmod 700 /,
    ],
  ])('refuses what is %s, and says what to type', (_, plant, message, hint) => {
    rmSync(at('refused'), { recursive: true, force: true });
    plant();
    const error = thrownBy(() => files.provePrivateDirectory(at('refused')));
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });
});

describe('proveWritable', () => {
  it.each([
    ['there', () => mkdir('kept-in')],
    ['yet to be made', () => join(mkdir('kept-in'), 'not/there')],
  ])('leaves nothing of its proof in a directory that is %s', (_, directory) => {
    files.proveWritable(directory());
    expect(readdirSync(at('kept-in'))).toEqual([]);
  });

  it.each([
    ['/proc/not-there', /^cannot write in \/proc: .*\(E[A-Z]+\)$/],
    ['/etc/passwd/below', /^cannot write in \/etc\/passwd: not a directory \(ENOTDIR\)$/],
  ])('says why nothing can be kept in %s, and what to look at', (directory, message) => {
    const error = thrownBy(() => {
      files.proveWritable(directory);
    });
    expect(error.message).toMatch(message);
    expect(error.hint).toContain('df -h');
  });
});

describe('isInMemory', () => {
  it.runIf(process.platform === 'linux').each([
    ['/dev/shm', existsSync('/dev/shm')],
    ['/proc', false],
    ['/dev/shm/not-there', false],
    ['/etc/passwd/below', false],
  ])('%s: %s', (directory, expected) => {
    expect(files.isInMemory(directory)).toBe(expected);
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

describe('writeBeside', () => {
  it('leaves nothing when the file cannot even be closed', () => {
    const directory = mkdir('unclosed');
    // As a network's disk says only then that it is full.
    expect(() => writeBeside(join(directory, 'secret'), Buffer.from('text'), closeSync)).toThrow(
      /EBADF/,
    );
    expect(readdirSync(directory)).toEqual([]);
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

describe('removeTree', () => {
  const setpriv = isRoot ? findTool('setpriv') : null;

  it.skipIf(isRoot && setpriv === null)(
    'removes what its owner closed to himself, and follows no link',
    async () => {
      const remove = await buildProgram('remove', home.path);
      const [tree, beside] = [mkdir('tree'), mkdir('beside')];
      writeFileSync(join(mkdir('tree/closed/inside'), 'file'), '');
      writeFileSync(join(beside, 'file'), '');
      symlinkSync(beside, at('tree/closed/link'));
      const own = [
        'tree/closed/inside/file',
        'tree/closed/inside',
        'tree/closed',
        'tree',
        'beside',
        'beside/file',
        '.',
      ];
      if (isRoot) for (const name of own) chownSync(at(name), 5010, 5010);
      for (const name of ['tree/closed/inside', 'tree/closed', 'beside'])
        chmodSync(at(name), 0o500);
      const words = setpriv ? [setpriv, '--reuid=5010', '--regid=5010', '--clear-groups'] : [];
      const [program, ...args] = [...words, ...remove, tree];
      execFileSync(program, args, { env: home.env });
      expect(existsSync(tree)).toBe(false);
      expect(mode(beside)).toBe('500');
      expect(existsSync(join(beside, 'file'))).toBe(true);
    },
  );

  it('is content where nothing is', () => {
    expect(() => {
      files.removeTree(at('not-there'));
    }).not.toThrow();
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
        message: `cannot read ${at('not-a-file')}: it is a directory`,
      }),
    );
  });
});

function mkdir(name: string): string {
  mkdirSync(at(name), { recursive: true, mode: 0o700 });
  return at(name);
}

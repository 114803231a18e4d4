import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AssumeError } from '../../src/errors.js';
import { editFile } from '../../src/host/edit-file.js';
import type { Host } from '../../src/host/host.js';
import { createNodeHost } from '../../src/host/node-host.js';
import { makeTempHome } from '../support/temp-home.js';
import { findTool } from '../support/tools.js';
import { buildProgram } from './build-program.js';
import { start } from './start.js';

const home = makeTempHome();
/** Whoever waits here waits for nobody: in most tests no other program writes. */
const host: Host = {
  ...createNodeHost(),
  env: home.env,
  homeDirectory: home.path,
  sleep: () => Promise.resolve(),
};
const directory = join(home.path, 'aws');
const file = join(directory, 'credentials');
let program: [string, string];

beforeAll(async () => {
  program = await buildProgram('edit', home.path);
});
beforeEach(() => {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
});
afterAll(() => {
  home.remove();
});

/** As an edit has to: the second time it changes nothing. */
const append = (text: string): string => (text.endsWith('more\n') ? text : `${text}more\n`);

describe('edit', () => {
  it.each([
    ['LF', 'a = 1\n'],
    ['CRLF', 'a = 1\r\nb = 2\r\n'],
    ['a BOM', '\ufeff[default]\n'],
    ['UTF-8', '# ключ 🔑\n'],
    ['bytes that are no UTF-8', Buffer.from([0x23, 0xe9, 0xff, 0x00, 0x0a])],
    ['nothing', ''],
  ])('keeps every other byte of a file with %s', async (_what, content) => {
    writeFileSync(file, content);
    await editFile(host, file, append);
    const expected = Buffer.concat([Buffer.from(content), Buffer.from('more\n')]);
    expect(readFileSync(file)).toEqual(expected);
    expect(readdirSync(directory)).toEqual(['credentials']);
  });

  it.each([0o600, 0o640, 0o644, 0o400])('keeps mode %o', async (mode) => {
    writeFileSync(file, '');
    chmodSync(file, mode);
    await editFile(host, file, append);
    expect(statSync(file).mode & 0o777).toBe(mode);
  });

  it.each([
    [0o640, 0o600],
    [0o444, 0o400],
  ])('closes mode %o where what it puts there is secret', async (given, mode) => {
    writeFileSync(file, '');
    chmodSync(file, given);
    await editFile(host, file, append, { isSecret: true });
    expect(statSync(file).mode & 0o777).toBe(mode);
  });

  it('makes a new file 0600, in a new directory 0700', async () => {
    const path = join(directory, 'new/credentials');
    await editFile(host, path, append);
    expect(readFileSync(path, 'utf8')).toBe('more\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('writes nothing where nothing changes', async () => {
    writeFileSync(file, 'same');
    const before = statSync(file).ino;
    await editFile(host, file, (text) => text);
    expect(statSync(file).ino).toBe(before);
    await editFile(host, join(directory, 'absent'), (text) => text);
    expect(existsSync(join(directory, 'absent'))).toBe(false);
  });

  it('refuses text that would lose a character, leaving the file', async () => {
    writeFileSync(file, 'old');
    await expect(editFile(host, file, () => 'ключ')).rejects.toThrow(/not latin1/);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });
});

describe('symbolic links', () => {
  it.each([
    ['a link', { credentials: '../dot/credentials' }, true],
    ['a chain', { credentials: 'second', second: '../dot/credentials' }, true],
    ['a dangling link', { credentials: '../dot/credentials' }, false],
  ])('stay: %s', async (_what, links: Record<string, string>, isThere) => {
    mkdirSync(join(directory, '../dot'), { recursive: true });
    const target = join(directory, '../dot/credentials');
    rmSync(target, { force: true });
    if (isThere) writeFileSync(target, '', { mode: 0o600 });
    for (const [name, to] of Object.entries(links)) symlinkSync(to, join(directory, name));
    await editFile(host, file, append);
    expect(readFileSync(target, 'utf8')).toBe('more\n');
    expect(statSync(target).mode & 0o777).toBe(0o600);
    for (const [name, to] of Object.entries(links)) {
      expect(readlinkSync(join(directory, name))).toBe(to);
    }
  });

  it('that lead in a circle are an error', async () => {
    symlinkSync('second', file);
    symlinkSync('credentials', join(directory, 'second'));
    await expect(editFile(host, file, append)).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: `cannot edit ${file}: its symbolic links lead in a circle (ELOOP)`,
    });
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
  });
});

describe('a file that changes under us', () => {
  /** Does that once, between our reading and our writing. */
  function interfering(change: () => void): (text: string) => string {
    let isDone = false;
    return (text) => {
      if (!isDone) change();
      isDone = true;
      return append(text);
    };
  }

  it.each([
    [
      'appended to',
      () => {
        appendFileSync(file, 'theirs\n');
      },
      'old\ntheirs\nmore\n',
    ],
    [
      'replaced',
      () => {
        writeFileSync(`${file}.new`, 'new\n');
        renameSync(`${file}.new`, file);
      },
      'new\nmore\n',
    ],
    [
      'removed',
      () => {
        rmSync(file);
      },
      'more\n',
    ],
    [
      'overwritten in place with as many bytes',
      () => {
        writeFileSync(file, 'new\n');
      },
      'new\nmore\n',
    ],
  ])('is edited anew when it was %s', async (_what, change, expected) => {
    writeFileSync(file, 'old\n');
    await editFile(host, file, interfering(change));
    expect(readFileSync(file, 'utf8')).toBe(expected);
    expect(readdirSync(directory)).toEqual(['credentials']);
  });

  it('is edited anew when it appeared just now', async () => {
    await editFile(
      host,
      file,
      interfering(() => {
        writeFileSync(file, 'theirs\n');
      }),
    );
    expect(readFileSync(file, 'utf8')).toBe('theirs\nmore\n');
  });

  it('is given up when it never rests', async () => {
    writeFileSync(file, '');
    const never = (text: string): string => {
      appendFileSync(file, '.');
      return append(text);
    };
    await expect(editFile(host, file, never)).rejects.toThrow(/it keeps changing/);
    expect(readFileSync(file, 'utf8')).toMatch(/^\.+$/);
  });
});

describe('a program that writes without a lock', () => {
  const LINES = '[base]\nkey = 1\n[theirs]\nkey = 1\n';
  const addOurs = (text: string): string =>
    text.includes('[ours]\n') ? text : `${text}[ours]\nkey = 1\n`;

  /** Writes as somebody did long ago: nobody is waited for. */
  function writeOld(text: string): void {
    writeFileSync(file, text);
    utimesSync(file, new Date(0), new Date(0));
  }

  /** Acts once, at the first wait; no wait takes time. */
  function atFirstWait(act: () => void): Host & { readonly waits: number[] } {
    const waits: number[] = [];
    const sleep = (milliseconds: number): Promise<void> => {
      if (waits.length === 0) act();
      waits.push(milliseconds);
      return Promise.resolve();
    };
    return { ...host, sleep, waits };
  }

  it.each([
    ['an empty file', '', LINES],
    ['one without a section that was there', '[base]\nke', LINES.replace('= 1', '= 2')],
  ])('and has only begun is waited for: %s', async (_what, begun, whole) => {
    writeFileSync(file, LINES);
    await editFile(host, file, addOurs);
    writeFileSync(file, begun);
    const patient = atFirstWait(() => {
      writeFileSync(file, whole);
    });
    await editFile(patient, file, addOurs);
    expect(patient.waits[0]).toBeGreaterThan(1000);
    expect(readFileSync(file, 'utf8')).toBe(addOurs(whole));
  });

  it('and is believed once it has rested, though sections are gone', async () => {
    writeFileSync(file, LINES);
    await editFile(host, file, addOurs);
    writeFileSync(file, '[base]\n');
    await editFile(host, file, addOurs);
    expect(readFileSync(file, 'utf8')).toBe(addOurs('[base]\n'));
  });

  it('is not waited for when it wrote long ago, nor after an edit of ours', async () => {
    writeOld('');
    const patient = atFirstWait(() => undefined);
    await editFile(patient, file, addOurs);
    await editFile(patient, file, (text) => text.replace('key = 1', 'key = 2'));
    expect(patient.waits).toEqual([40, 40]);
  });

  /** The old file as the other program has it open, from before we replace it. */
  function openedBefore(): { write: (text: string) => void; edit: (text: string) => string } {
    let descriptor = -1;
    return {
      edit: (text) => {
        if (descriptor === -1) descriptor = openSync(file, 'r+');
        return addOurs(text);
      },
      write: (text) => {
        ftruncateSync(descriptor);
        writeSync(descriptor, text, 0);
        closeSync(descriptor);
      },
    };
  }

  it('into the file that we have just replaced loses nothing', async () => {
    writeOld(LINES);
    const other = openedBefore();
    const theirs = LINES.replace('= 1', '= 2');
    const patient = atFirstWait(() => {
      other.write(theirs);
    });
    await editFile(patient, file, other.edit);
    expect(readFileSync(file, 'utf8')).toBe(addOurs(theirs));
    expect(readdirSync(directory)).toEqual(['credentials']);
  });

  it('and is killed having truncated the one that we replaced costs nothing', async () => {
    writeOld(LINES);
    const other = openedBefore();
    const patient = atFirstWait(() => {
      other.write('');
    });
    await editFile(patient, file, other.edit);
    expect(readFileSync(file, 'utf8')).toBe(addOurs(LINES));
  });

  it('what it had read before does not cost us our section', async () => {
    writeOld(LINES);
    const theirs = LINES.replace('= 1', '= 2');
    const patient = atFirstWait(() => {
      writeFileSync(file, theirs);
    });
    await editFile(patient, file, addOurs);
    expect(readFileSync(file, 'utf8')).toBe(addOurs(theirs));
  });
});

describe('parallel writers', () => {
  const edits = process.env['ASSUME_TEST_FULL'] ? 25 : 6;

  it(`lose none of 8 × ${edits.toString()} edits`, async () => {
    const marks = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const words = [...program, file, edits.toString()] as const;
    const all = marks.map((mark) => start([...words, mark], { env: home.env }).ended);
    for (const ended of await Promise.all(all)) {
      expect(ended).toEqual({ status: 0, signal: null, output: '' });
    }
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(new Set(lines).size).toBe(marks.length * edits);
    expect(lines).toHaveLength(marks.length * edits);
    expect(readdirSync(directory)).toEqual(['credentials']);
  });
});

describe('temporary files', () => {
  it('of killed writers are swept, those of living ones stay', async () => {
    const { pid } = start(['sleep', '60']);
    const dead = `${file}.assume-4194304-abc`;
    const living = `${file}.assume-${pid.toString()}-abc`;
    for (const path of [dead, living, `${file}.assume-notes`]) writeFileSync(path, 'secret');
    await editFile(host, file, append);
    process.kill(pid);
    expect(readdirSync(directory).sort()).toEqual(
      ['credentials', 'credentials.assume-notes', living.slice(directory.length + 1)].sort(),
    );
  });
});

describe('without a place for locks', () => {
  it('still edits, by comparing alone', async () => {
    writeFileSync(join(home.path, 'no-state'), '');
    const lockless = { ...host, env: { XDG_STATE_HOME: join(home.path, 'no-state') } };
    await editFile(lockless, file, append);
    expect(readFileSync(file, 'utf8')).toBe('more\n');
  });
});

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('skipped: the rigs of the disk (full, read-only, foreign) need root');

describe.runIf(isRoot || process.env['CI'])('a disk that refuses', () => {
  /** The error's message and hint; the file must be as it was, with nothing beside it. */
  async function refusal(content = 'old'): Promise<string> {
    const names = readdirSync(directory);
    const thrown = await editFile(host, file, (text) => text + 'x'.repeat(70_000)).then(
      () => new Error('it was edited'),
      (error: unknown) => error as AssumeError,
    );
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(readdirSync(directory)).toEqual(names);
    return `${thrown.message} — ${'hint' in thrown ? (thrown.hint ?? '') : ''}`;
  }

  it('is full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory]);
    try {
      writeFileSync(file, 'old');
      const said = await refusal();
      expect(said).toContain(`cannot edit ${file}: no space left on device (ENOSPC)`);
      expect(said).toContain('credential_process');
      expect(said).toContain('AWS_SHARED_CREDENTIALS_FILE');
    } finally {
      execFileSync('umount', [directory]);
    }
  });

  it('is mounted read-only', async () => {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', directory]);
    try {
      writeFileSync(file, 'old');
      execFileSync('mount', ['-o', 'remount,ro', directory]);
      expect(await refusal()).toContain('read-only file system (EROFS)');
    } finally {
      execFileSync('umount', [directory]);
    }
  });

  it('has the file as a mount of its own, as in a container', async () => {
    writeFileSync(join(home.path, 'bound'), 'old');
    writeFileSync(file, '');
    execFileSync('mount', ['--bind', join(home.path, 'bound'), file]);
    try {
      expect(await refusal()).toContain('(EBUSY)');
    } finally {
      execFileSync('umount', [file]);
    }
  });

  it('has the file immutable', async ({ skip }) => {
    const chattr = findTool('chattr');
    writeFileSync(file, 'old');
    try {
      execFileSync(chattr ?? 'false', ['+i', file], { stdio: 'pipe' });
    } catch {
      skip('this file system has no immutable files');
    }
    try {
      expect(await refusal()).toContain('operation not permitted (EPERM)');
    } finally {
      execFileSync('chattr', ['-i', file]);
    }
  });

  it("has the file as another user's", async () => {
    writeFileSync(file, 'old');
    chownSync(file, 5010, 5010);
    expect(await refusal()).toContain('it belongs to another user (uid 5010)');
  });

  it('denies an ordinary user the directory', async ({ skip }) => {
    const setpriv = findTool('setpriv');
    if (setpriv === null) skip('setpriv is missing');
    writeFileSync(file, 'old');
    chownSync(file, 5010, 5010);
    chmodSync(home.path, 0o755);
    const user = ['--reuid=5010', '--regid=5010', '--clear-groups'];
    const env = { ...home.env, HOME: '/nonexistent', XDG_STATE_HOME: '/nonexistent' };
    const { status, output } = await start(['setpriv', ...user, ...program, file, '1'], { env })
      .ended;
    chmodSync(home.path, 0o700);
    expect(output).toContain(`cannot edit ${file}: permission denied (EACCES)`);
    expect(status).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  it("keeps the file's group", async () => {
    writeFileSync(file, 'old', { mode: 0o640 });
    chownSync(file, 0, 5010);
    chmodSync(file, 0o640);
    await editFile(host, file, append);
    expect(statSync(file)).toMatchObject({ uid: 0, gid: 5010, mode: 0o100640 });
  });
});

it('refuses what is no file without waiting for it', async () => {
  execFileSync('mkfifo', [file]);
  await expect(editFile(host, file, append)).rejects.toThrow(/it is a pipe/);
});

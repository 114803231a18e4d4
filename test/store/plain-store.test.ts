import { describe, expect, it } from 'vitest';
import { AssumeError } from '../../src/errors.js';
import { makeNoStore, makePlainStore } from '../../src/store/plain-store.js';
import { fakeHost } from '../support/fake-host.js';
import { rejectionOf } from '../support/thrown-by.js';

const DIRECTORY = '/run/assume';
const PATH = `${DIRECTORY}/role-1.json`;

describe('a plain store', () => {
  it('gives back what was written, by name', async () => {
    const host = fakeHost();
    const files = {
      ...host.files,
      facts: (path: string) => {
        const facts = host.files.facts(path);
        return facts && { ...facts, userId: 1000 };
      },
    };
    const store = makePlainStore({ ...host, files }, DIRECTORY, 'a test');
    expect(store.names()).toEqual([]);
    expect(await store.read('role-1')).toBeNull();
    await store.write('role-1', { a: 1 }, { b: 1 });
    await store.write('role-1', { a: 2 }, { b: 2 });
    expect(await store.read('role-1')).toEqual({ a: 2, b: 2 });
    expect(store.facts('role-1')).toMatchObject({ a: 2 });
    expect(store.names()).toEqual(['role-1']);
    expect(host.files.facts(PATH)?.mode).toBe(0o600);
    expect(store.remove('role-1')).toBe(true);
    expect(store.remove('role-1')).toBe(false);
    expect(await store.read('role-1')).toBeNull();
  });

  it('names only its own files', () => {
    const host = fakeHost({
      files: { [PATH]: '', [`${DIRECTORY}/spent.key`]: '', [`${DIRECTORY}/x.json.tmp`]: '' },
    });
    expect(makePlainStore(host, DIRECTORY, 'a test').names()).toEqual(['role-1']);
  });

  it("names nothing in another user's directory", () => {
    const host = fakeHost({ files: { [PATH]: '' } });
    host.files.makeForeign(DIRECTORY);
    expect(makePlainStore(host, DIRECTORY, 'a test').names()).toEqual([]);
  });

  it('keeps in a directory that can be written and not listed', async () => {
    const host = fakeHost();
    const list = (path: string): never => {
      throw new AssumeError('CONFIG_UNREADABLE', `cannot list ${path}: permission denied (EACCES)`);
    };
    const store = makePlainStore({ ...host, files: { ...host.files, list } }, DIRECTORY, 'a test');
    await store.write('role-1', { a: 1 }, {});
    expect(await store.read('role-1')).toEqual({ a: 1 });
    expect(store.remove('role-1')).toBe(true);
  });

  it('says when it cannot keep', async () => {
    const host = fakeHost();
    host.files.makeReadOnly('/run');
    const written = makePlainStore(host, DIRECTORY, 'x').write('a', {}, {});
    expect((await rejectionOf(written)).code).toBe('FAILED');
  });
});

describe('no store', () => {
  it('keeps nothing and says why', async () => {
    const store = makeNoStore('--no-cache');
    await store.write('a', {}, {});
    expect([await store.read('a'), store.names(), store.remove('a'), store.path]).toEqual([
      null,
      [],
      false,
      null,
    ]);
    expect(store.reason).toBe('--no-cache');
  });
});

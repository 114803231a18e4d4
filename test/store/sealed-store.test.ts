import { describe, expect, it } from 'vitest';
import { makeSealedStore } from '../../src/store/sealed-store.js';
import { fakeHost } from '../support/fake-host.js';
import { rejectionOf } from '../support/thrown-by.js';

const DIRECTORY = '/home/jane/.cache/assume/sealed-1';
const SECRET = 'correct-horse';

/** A store with `role-a` and `role-b` in it, and the files of both. */
async function filled(isCache = true) {
  const host = fakeHost();
  let keysRead = 0;
  const store = makeSealedStore(host, {
    ...{ name: 'keychain', reason: 'a test', directory: DIRECTORY, isCache },
    key: () => {
      keysRead++;
      return Promise.resolve(Buffer.alloc(32, 7));
    },
  });
  for (const name of ['role-a', 'role-b']) {
    await store.write(name, { version: 1, name, keptUntil: '2026-01-02' }, { secret: SECRET });
  }
  keysRead = 0;
  const pathOf = (name: string): string => `${DIRECTORY}/${name}.enc`;
  const textOf = (name: string): string => host.files.readText(pathOf(name)) ?? '';
  const put = (name: string, text: string): void => {
    host.files.writePrivate(pathOf(name), text);
  };
  return { host, store, textOf, put, pathOf, keysRead: () => keysRead };
}

type Tampering = (whole: string, other: string) => string;

/** The blob's bytes changed, the line of facts left as it is. */
const inBlob =
  (change: (blob: Buffer) => Buffer): Tampering =>
  (whole) => {
    const [header = '', sealed = ''] = whole.split('\n');
    return `${header}\n${change(Buffer.from(sealed, 'base64')).toString('base64')}\n`;
  };

const TAMPERED: readonly [string, Tampering][] = [
  ['the file of another role', (_, other) => other],
  ['another role’s secret beside its own facts', (whole, other) => mixed(whole, other)],
  ['a later end', (whole) => whole.replace('2026-01-02', '2036-01-02')],
  ['a space more among its facts', (whole) => whole.replace('{', '{ ')],
  ['a flipped bit', inBlob((blob) => flipped(blob, 40))],
  ['a flipped bit in its IV', inBlob((blob) => flipped(blob, 1))],
  ['a flipped bit in its tag', inBlob((blob) => flipped(blob, 13))],
  ['another version', inBlob((blob) => Buffer.concat([Buffer.of(2), blob.subarray(1)]))],
  [
    'a tag of four bytes',
    inBlob((blob) => Buffer.concat([blob.subarray(0, 17), blob.subarray(29)])),
  ],
  ['an end too early', (whole) => whole.slice(0, -9)],
  ['no end of its last line', (whole) => whole.trimEnd()],
  ['facts alone', (whole) => whole.slice(0, whole.indexOf('\n') + 1)],
  ['half its facts', (whole) => whole.slice(0, 20)],
  ['a line more', (whole) => `${whole}x\n`],
  ['zeros', (whole) => '\0'.repeat(whole.length)],
];

function mixed(whole: string, other: string): string {
  return `${whole.split('\n')[0] ?? ''}\n${other.split('\n')[1] ?? ''}\n`;
}

function flipped(blob: Buffer, at: number): Buffer {
  blob[at] = (blob[at] ?? 0) ^ 1;
  return blob;
}

describe.each(TAMPERED)('a file with %s', (_, tamper) => {
  it('is a miss, told once, and gone', async () => {
    const { host, store, textOf, put, pathOf } = await filled();
    put('role-a', tamper(textOf('role-a'), textOf('role-b')));
    expect(await store.read('role-a')).toBeNull();
    expect(await store.read('role-a')).toBeNull();
    expect(host.written.stderr).toBe(
      `assume: ${pathOf('role-a')} was damaged or changed, and is not used\n`,
    );
    expect(store.names()).toEqual(['role-b']);
    expect(await store.read('role-b')).toMatchObject({ name: 'role-b', secret: SECRET });
  });

  it('is an error where it cannot be had again, and stays', async () => {
    const { store, textOf, put, pathOf } = await filled(false);
    const text = tamper(textOf('role-a'), textOf('role-b'));
    put('role-a', text);
    const error = await rejectionOf(store.read('role-a'));
    expect(error.exitStatus).toBe(8);
    expect(error.message).toContain(pathOf('role-a'));
    expect(error.hint).toContain('assume identity add NAME');
    expect(textOf('role-a')).toBe(text);
  });
});

it('shows facts and names, and forgets, without the key', async () => {
  const { store, keysRead } = await filled();
  expect(store.names()).toEqual(['role-a', 'role-b']);
  expect(store.facts('role-a')).toEqual({ version: 1, name: 'role-a', keptUntil: '2026-01-02' });
  expect(store.remove('role-a')).toBe(true);
  expect(keysRead()).toBe(0);
});

it('never seals two texts with the same IV', async () => {
  const { store, textOf } = await filled();
  const first = textOf('role-a');
  await store.write('role-a', { version: 1, name: 'role-a' }, { secret: SECRET });
  const ivOf = (text: string): string =>
    Buffer.from(text.split('\n')[1] ?? '', 'base64').toString('hex', 1, 13);
  expect(ivOf(textOf('role-a'))).not.toBe(ivOf(first));
  expect(ivOf(textOf('role-b'))).not.toBe(ivOf(first));
});

it('tells backups to leave the cache out, and leaves the tag of another as it is', async () => {
  const { host, store } = await filled();
  const tag = '/home/jane/.cache/assume/CACHEDIR.TAG';
  expect(host.files.readText(tag)).toMatch(/^Signature: 8a477f597d28d172789f06886806bc55\n/);
  host.files.put(tag, 'mine');
  await store.write('role-a', {}, {});
  expect(host.files.readText(tag)).toBe('mine');
});

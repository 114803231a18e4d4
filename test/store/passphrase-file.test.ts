import { describe, expect, it } from 'vitest';
import { passphraseFile } from '../../src/store/passphrase-file.js';
import { forgetRememberedKeys } from '../../src/store/remembered-key.js';
import { configuredHost } from '../support/configured-host.js';
import { CTRL_C, type FakeHostOptions } from '../support/fake-host.js';
import { storeUse } from '../support/store-use.js';
import { rejectionOf } from '../support/thrown-by.js';

const ID = '0123456789abcdef';
const FILE = `/home/jane/.local/state/assume/passphrase-${ID}.json`;
const PHRASE = '/home/jane/phrase';
const KEY = Buffer.alloc(32, 5);
const GOOD = 'correct horse';
const REMEMBER = '[settings]\nremember_passphrase = yes\n';
const RUN = { XDG_RUNTIME_DIR: '/run/1' };
const REMEMBERED = `/run/1/assume/master-${ID}.key`;

function machine(options: FakeHostOptions, assume = '') {
  const { host, config } = configuredHost({ assume }, options);
  const use = storeUse(host, config);
  return { host, use, place: passphraseFile.open(use) };
}

/** The key file that a good passphrase made, once for all tests: it takes its time on purpose. */
let keyFile: Promise<string> | undefined;

async function makeKeyFile(): Promise<string> {
  const { host, place } = machine({ answers: [GOOD, GOOD] });
  await place.put(ID, KEY);
  return host.files.readText(FILE) ?? '';
}

/** A machine with that file. */
async function made(options: FakeHostOptions, assume = '') {
  const text = await (keyFile ??= makeKeyFile());
  const next = machine(options, assume);
  next.host.files.writePrivate(FILE, text);
  return { ...next, text };
}

describe('a passphrase', () => {
  it('is asked twice at first, until it is long enough and both are equal', async () => {
    const { host, place } = machine({ answers: ['short', GOOD, 'correct house', GOOD, GOOD] });
    await place.put(ID, KEY);
    expect(host.asked.map(({ kind }) => kind)).toEqual(Array(5).fill('hidden'));
    expect(host.written.stderr).toContain('at least 8 characters');
    expect(host.written.stderr).toContain('two different ones');
    expect(host.written.stderr).not.toContain('short');
  });

  it('has its parameters beside what it opens', async () => {
    const { text } = await made({});
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      id: ID,
      scrypt: { cost: 32_768, blockSize: 8, parallelization: 3 },
    });
    expect(text).not.toContain(GOOD);
  });

  it('opens with the parameters of its file alone', async () => {
    const { host, place, text } = await made({ env: { ASSUME_PASSPHRASE_FILE: PHRASE } });
    host.files.writePrivate(PHRASE, GOOD);
    host.files.writePrivate(FILE, text.replace('"cost":32768', '"cost":16384'));
    expect((await rejectionOf(place.get(ID))).message).toContain('does not open');
  });

  it('that is wrong is asked three times; nothing is written over', async () => {
    const { host, place, text } = await made({
      answers: ['wrong one', 'wrong two', 'wrong three'],
    });
    const error = await rejectionOf(place.get(ID));
    expect(error.exitStatus).toBe(8);
    expect(error.message).not.toContain('wrong o');
    expect(host.asked).toHaveLength(3);
    expect(host.files.readText(FILE)).toBe(text);
  });

  it('that was mistyped is asked again', async () => {
    const { host, place } = await made({ answers: ['wrong one', GOOD] });
    expect(await place.get(ID)).toEqual(KEY);
    expect(host.written.stderr).toBe('assume: that is not the passphrase\n');
  });

  it('may be given up', async () => {
    const { place } = await made({ answers: [CTRL_C] });
    expect((await rejectionOf(place.get(ID))).code).toBe('CANCELLED');
  });

  it('is the same however its accents are typed', async () => {
    const first = machine({ answers: ['caf\u00e9 au lait', 'caf\u00e9 au lait'] });
    await first.place.put(ID, KEY);
    const { host, place } = machine({ answers: ['cafe\u0301 au lait'] });
    host.files.writePrivate(FILE, first.host.files.readText(FILE) ?? '');
    expect(await place.get(ID)).toEqual(KEY);
  });

  it('is asked of nobody where none can be: the error says what would have answered', async () => {
    const { place } = await made({});
    const error = await rejectionOf(place.get(ID));
    expect(error.exitStatus).toBe(8);
    expect(error.message).toContain('there is no terminal');
    expect(error.hint).toContain('ASSUME_PASSPHRASE_FILE');
  });

  it.each([
    ['a million rounds', { cost: 2 ** 21 }],
    ['one round', { cost: 2 }],
    ['no power of two', { cost: 32_769 }],
    ['much memory', { blockSize: 1024 }],
    ['no salt', { salt: '' }],
  ])('is not even tried on a file that wants %s', async (_, change) => {
    const { host, place, text } = await made({ answers: [] });
    const file = JSON.parse(text) as { scrypt: object };
    host.files.writePrivate(
      FILE,
      JSON.stringify({ ...file, scrypt: { ...file.scrypt, ...change } }),
    );
    expect((await rejectionOf(place.get(ID))).message).toContain('is damaged');
    expect(host.asked).toEqual([]);
  });
});

describe('a passphrase in a file', () => {
  const env = { ASSUME_PASSPHRASE_FILE: PHRASE };

  it('is its first line', async () => {
    const { host, place } = await made({ env });
    host.files.writePrivate(PHRASE, `${GOOD}\r\nmore\n`);
    expect(await place.get(ID)).toEqual(KEY);
  });

  it.each<[string, (host: ReturnType<typeof machine>['host']) => void, string]>([
    ['is not there', () => undefined, 'it is not there'],
    [
      'is open to others',
      ({ files }) => {
        files.put(PHRASE, GOOD);
      },
      'open to other users',
    ],
    [
      "is another user's",
      ({ files }) => {
        files.writePrivate(PHRASE, GOOD);
        files.makeForeign(PHRASE);
      },
      'belongs to another user (uid 7)',
    ],
    [
      'is a directory',
      ({ files }) => {
        files.put(`${PHRASE}/x`, '');
      },
      'it is no file',
    ],
    [
      'is empty',
      ({ files }) => {
        files.writePrivate(PHRASE, '\n');
      },
      'holds no passphrase',
    ],
    [
      'is wrong',
      ({ files }) => {
        files.writePrivate(PHRASE, 'wrong one');
      },
      'does not open',
    ],
  ])('that %s: exit 8, once, and nothing is written', async (_, prepare, words) => {
    const { host, place } = await made({ env, answers: [] });
    prepare(host);
    const before = host.files.contents();
    const error = await rejectionOf(place.get(ID));
    expect(error.exitStatus).toBe(8);
    expect(error.message).toContain(words);
    expect(host.files.contents()).toEqual(before);
  });

  it('that is too short makes no new store', async () => {
    const { host, place } = machine({ env });
    host.files.writePrivate(PHRASE, 'short');
    expect((await rejectionOf(place.put(ID, KEY))).message).toContain('too short');
    expect(host.files.readText(FILE)).toBeNull();
  });
});

describe('a passphrase that is remembered', () => {
  it('is asked once in 12 hours, and its key kept in memory alone', async () => {
    const { host, use } = await made({ env: RUN, answers: [GOOD, GOOD] }, REMEMBER);
    const get = (): Promise<Buffer | null> => passphraseFile.open(use).get(ID);
    expect(await get()).toEqual(KEY);
    await host.clock.advance(11.9 * 3600 * 1000);
    expect(await get()).toEqual(KEY);
    expect(host.asked).toHaveLength(1);
    expect(host.files.facts(REMEMBERED)?.mode).toBe(0o600);
    await host.clock.advance(0.2 * 3600 * 1000);
    expect(await get()).toEqual(KEY);
    expect(host.asked).toHaveLength(2);
  });

  it('is asked again after logout', async () => {
    const { host, use } = await made({ env: RUN, answers: [GOOD, GOOD] }, REMEMBER);
    await passphraseFile.open(use).get(ID);
    forgetRememberedKeys(host);
    expect(host.files.readText(REMEMBERED)).toBeNull();
    await passphraseFile.open(use).get(ID);
    expect(host.asked).toHaveLength(2);
  });

  it.each([
    ['without the setting', RUN, ''],
    ['where nothing lives in memory', { XDG_RUNTIME_DIR: '/var/1' }, REMEMBER],
  ])('is not %s', async (_, env, assume) => {
    const { host, use } = await made({ env, answers: [GOOD, GOOD] }, assume);
    for (let run = 0; run < 2; run++) await passphraseFile.open(use).get(ID);
    expect(host.asked).toHaveLength(2);
    const paths = Object.keys(host.files.contents()).filter((path) => path.includes('master-'));
    expect(paths).toEqual([]);
  });

  it('is not taken from a file that others could have written', async () => {
    const { host, use } = await made({ env: RUN, answers: [GOOD] }, REMEMBER);
    host.files.put(REMEMBERED, JSON.stringify({ until: '2099-01-01T00:00:00Z', key: 'AAAA' }));
    expect(await passphraseFile.open(use).get(ID)).toEqual(KEY);
    expect(host.asked).toHaveLength(1);
  });
});

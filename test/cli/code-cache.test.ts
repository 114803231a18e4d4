import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isWithout, type Ended, type Practice } from '../support/practice.js';
import { preload } from '../support/preload.js';
import { printed, usePractice } from '../support/use-practice.js';

/** One that asks AWS each time. */
const COLD = ['credential-process', 'dev', '--refresh'];

let practice: Practice;
beforeEach(async () => {
  practice = await usePractice();
});

const directory = (): string => join(practice.home.path, '.cache/assume/code');
const kept = (): string[] => (existsSync(directory()) ? readdirSync(directory()).sort() : []);

/** A run, and for each chunk that went through the cache whether V8 took what was kept of it. */
async function run(env: Record<string, string> = {}): Promise<Ended & { taken: string[] }> {
  const log = join(practice.home.path, 'taken');
  writeFileSync(log, '');
  const watch = preload(
    practice.home,
    'watch-scripts',
    `const vm = require('node:vm');
const { appendFileSync } = require('node:fs');
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    const name = options.filename.replace(/.*\\//, '');
    const took = options.cachedData !== undefined && this.cachedDataRejected === false;
    appendFileSync(${JSON.stringify(log)}, name + (took ? ' taken' : ' compiled') + '\\n');
  }
};
`,
  );
  const ended = await practice.run(COLD, { env: { ...watch, ...env } });
  const taken = readFileSync(log, 'utf8').split('\n').filter(Boolean);
  return { ...ended, taken };
}

describe.skipIf(isWithout('chunks to compile'))('what V8 compiled', () => {
  it('is kept for the next run, closed to others, without a word', async () => {
    const first = await run();
    printed(first);
    expect(first.taken.filter((line) => line.endsWith('taken'))).toEqual([]);
    expect(first.taken).toContain('aws-sts-client.cjs compiled');
    expect(kept()).toHaveLength(first.taken.length);
    expect(statSync(directory()).mode & 0o777).toBe(0o700);
    for (const name of kept()) expect(statSync(join(directory(), name)).mode & 0o777).toBe(0o600);
    const second = await run();
    printed(second);
    expect(second.taken).toEqual(first.taken.map((line) => line.replace('compiled', 'taken')));
    expect(second.stderr).toBe(first.stderr.replace(/^assume: sessions are kept.*\n/m, ''));
  });

  it('is neither kept nor used under ASSUME_NO_CODE_CACHE', async () => {
    printed(await run());
    const { taken } = await run({ ASSUME_NO_CODE_CACHE: '1' });
    expect(taken).toEqual([]);
    const other = await usePractice();
    printed(await other.run(COLD, { env: { ASSUME_NO_CODE_CACHE: '1' } }));
    expect(existsSync(join(other.home.path, '.cache/assume/code'))).toBe(false);
  });

  it.each<[string, (path: string) => void]>([
    [
      'empty',
      (path) => {
        truncateSync(path);
      },
    ],
    [
      'half-written',
      (path) => {
        truncateSync(path, Math.floor(statSync(path).size / 2));
      },
    ],
    [
      'changed by a bit',
      (path) => {
        const bytes = readFileSync(path);
        bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
        writeFileSync(path, bytes);
      },
    ],
    [
      'other bytes',
      (path) => {
        writeFileSync(path, 'process.exit(7)');
      },
    ],
    [
      "another chunk's",
      (path) => {
        writeFileSync(path, readFileSync(join(directory(), kept()[0] ?? '')));
      },
    ],
    [
      'readable by others',
      (path) => {
        chmodSync(path, 0o640);
      },
    ],
  ])('is not run when it is %s, and kept anew', async (_, spoil) => {
    const { stdout } = await run();
    const name = kept().findLast((each) => each.startsWith('aws-sts-client')) ?? '';
    const good = readFileSync(join(directory(), name));
    spoil(join(directory(), name));
    const spoiled = await run();
    expect(printed(spoiled).AccessKeyId).not.toBe('');
    expect(Object.keys(printed(spoiled))).toEqual(Object.keys(JSON.parse(stdout) as object));
    expect(spoiled.taken).toContain('aws-sts-client.cjs compiled');
    expect(statSync(join(directory(), name)).size).toBeGreaterThan(good.length / 2);
    expect((await run()).taken).toContain('aws-sts-client.cjs taken');
  });

  it('is not used from a directory that others may enter, and nothing is said', async () => {
    printed(await run());
    chmodSync(directory(), 0o755);
    const open = await run();
    printed(open);
    expect(open.taken.filter((line) => line.endsWith('taken'))).toEqual([]);
    expect(open.stderr).not.toContain('code');
  });

  it('takes the place of what another build left', async () => {
    printed(await run());
    const [name = ''] = kept();
    const old = name.replace(/\.[0-9a-f]+$/, '.0123456789abcdef');
    writeFileSync(join(directory(), old), 'old', { mode: 0o600 });
    truncateSync(join(directory(), name));
    printed(await run());
    expect(kept()).not.toContain(old);
    expect(kept()).toContain(name);
  });

  it('holds no secret', async () => {
    const { SecretAccessKey, SessionToken = '' } = printed(await run());
    for (const name of kept()) {
      const text = readFileSync(join(directory(), name), 'latin1');
      for (const secret of [SecretAccessKey, SessionToken, practice.key('jane.doe').secret]) {
        expect(secret.length).toBeGreaterThan(20);
        expect(text.includes(secret)).toBe(false);
      }
    }
  });
});

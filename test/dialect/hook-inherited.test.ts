import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { findDialect } from '../../src/dialect/dialects.js';
import { findTool } from '../support/tools.js';
import { FakeAssume, HOOKED } from './fake-assume.js';

let fake: FakeAssume;
beforeEach(() => {
  fake = new FakeAssume();
});
afterEach(() => {
  fake.remove();
});

const OTHER_SHELL = { ASSUME_TARGET: 'prod/prod-role', ASSUME_PID: '1', AWS_SESSION_TOKEN: 'old' };
const PAST = '2020-01-01T00:00:00Z';
const FUTURE = '2999-01-01T00:00:00Z';

const DROPPED = [
  ['protected', { ASSUME_PROTECTED: '1', ASSUME_EXPIRATION: FUTURE }, 'it is protected'],
  ['expired', { ASSUME_EXPIRATION: PAST }, 'they have expired'],
  ['expired this year', { ASSUME_EXPIRATION: secondsFromNow(-60) }, 'they have expired'],
] as const;

const KEPT: readonly (readonly [string, Record<string, string>])[] = [
  ['valid', { ASSUME_EXPIRATION: FUTURE }],
  ['valid for a minute more', { ASSUME_EXPIRATION: secondsFromNow(60) }],
  ['without an expiration', {}],
  ['with a strange expiration', { ASSUME_EXPIRATION: 'a[$(touch canary)]', ASSUME_PROTECTED: '0' }],
  ['of no target', { ASSUME_TARGET: '', ASSUME_EXPIRATION: PAST }],
  ['of no recorded shell', { ASSUME_PID: '', ASSUME_EXPIRATION: PAST }],
];

describe.each(HOOKED)('$name', ({ name, shell }) => {
  const it = test.skipIf(findTool(name) === null);
  const unset = findDialect(name)?.unset('AWS_SESSION_TOKEN') ?? '';
  const leave = `${unset}# assume: end\n`;
  const show = 'echo "token=$AWS_SESSION_TOKEN"\n';

  it.each(DROPPED)('drops what another shell left when it is %s', (_, variables, why) => {
    fake.reply('leave', leave);
    const env = { ...OTHER_SHELL, ...variables };
    expect(fake.run(shell, `${fake.load(name)}\n${show}`, env)).toMatchObject({
      stdout: 'token=\n',
      stderr: `assume: dropped the credentials of prod/prod-role inherited from another shell: ${why}\n`,
    });
    expect(fake.calls).toEqual([expect.stringMatching(/ \d+ \[leave\] \[--quiet\]$/)]);
  });

  it.each(KEPT)('keeps what another shell left when it is %s', (_, variables) => {
    fake.reply('leave', leave);
    const env = { ...OTHER_SHELL, TZ: 'Asia/Tokyo', ...variables };
    expect(fake.run(shell, `${fake.load(name)}\n${show}`, env)).toMatchObject({
      stdout: 'token=old\n',
      stderr: '',
    });
    expect(fake.calls).toEqual([]);
  });

  it('keeps what this shell itself switched to', () => {
    const own = name === 'fish' ? 'set -gx ASSUME_PID $fish_pid' : 'export ASSUME_PID=$$';
    const env = { ...OTHER_SHELL, ASSUME_PROTECTED: '1' };
    const { stdout } = fake.run(shell, `${own}\n${fake.load(name)}\n${show}`, env);
    expect(stdout).toBe('token=old\n');
  });

  it('says so when they could not be dropped', () => {
    fake.reply('leave', '', 1);
    const env = { ...OTHER_SHELL, ASSUME_PROTECTED: '1' };
    const { stdout, stderr } = fake.run(shell, `${fake.load(name)}\n${show}`, env);
    expect(stdout).toBe('token=old\n');
    expect(stderr).toMatch(/^assume: the credentials of .* are still set \(it is protected\)\n$/);
  });

  it('makes a hostile target harmless in the message', () => {
    fake.reply('leave', leave);
    const ASSUME_TARGET = 'x$(touch canary)`id`\n\x1b]0;t\x07%s\\é\u202e;';
    const env = { ...OTHER_SHELL, ASSUME_TARGET, ASSUME_PROTECTED: '1' };
    const { stderr } = fake.run(shell, `${fake.load(name)}\n`, env);
    expect(stderr).toMatch(/^assume: [A-Za-z0-9_.@:/+= -]+\n$/);
    expect(stderr).toContain('x__touch_canary__id_');
  });
});

function secondsFromNow(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

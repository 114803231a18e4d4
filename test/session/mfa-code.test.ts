import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/argv.js';
import { openCodeSource, parseCode } from '../../src/session/mfa-code.js';
import { openSpentCodes } from '../../src/store/spent-codes.js';
import { byDefault, type Identity } from '../../src/target/target.js';
import { CTRL_C, fakeHost, type FakeHost, type FakeHostOptions } from '../support/fake-host.js';
import { rejectionOf, thrownBy } from '../support/thrown-by.js';

const SERIAL = 'arn:aws:iam::111122223333:mfa/jane';
const NOON = new Date('2026-01-02T12:00:10Z');
const HOME = { HOME: '/home/jane' };

interface Case extends FakeHostOptions {
  readonly options?: Options;
  readonly command?: string;
  /** Codes that were sent before. */
  readonly spent?: readonly string[];
}

function open({ options = {}, command, spent = [], ...machine }: Case) {
  const host = fakeHost({
    now: NOON,
    sleepsPass: true,
    ...machine,
    env: { ...HOME, ...machine.env },
  });
  const codes = openSpentCodes(host);
  for (const code of spent) codes.add(SERIAL, code);
  const identity: Identity = {
    name: 'shared',
    source: { value: { kind: 'environment' }, origin: byDefault('x') },
    definedAt: byDefault('x'),
    ...{ accessKeyId: null, isTemporary: false, accountId: null, userName: null },
    mfaCommand: command === undefined ? null : { value: command, origin: byDefault('x') },
    sessionDurationSeconds: null,
  };
  return {
    host,
    source: openCodeSource({ host, identity, options, spent: codes, login: 'assume login' }),
  };
}

const STDIN: Options = { 'mfa-code': '-' };
const VARIABLE = { ASSUME_MFA_CODE: '111111' };
const COMMAND = { command: 'print-code', commands: { 'print-code': '222222\n' } };

describe('the next code', () => {
  it.each<[string, Case, string, asked: number]>([
    ['stdin, when the flag says so', { options: STDIN, stdin: '000000\nrest' }, '000000', 0],
    [
      'stdin before all others',
      { options: STDIN, stdin: '000000', env: VARIABLE, ...COMMAND, answers: ['333333'] },
      '000000',
      0,
    ],
    ['stdin with blanks', { options: STDIN, stdin: ' 000 000 \r\n' }, '000000', 0],
    ['the variable', { env: VARIABLE }, '111111', 0],
    [
      'the variable before the command',
      { env: VARIABLE, ...COMMAND, answers: ['333333'] },
      '111111',
      0,
    ],
    ['a variable with blanks', { env: { ASSUME_MFA_CODE: '111 111' } }, '111111', 0],
    ['the command', COMMAND, '222222', 0],
    ['the command before the prompt', { ...COMMAND, answers: ['333333'] }, '222222', 0],
    [
      'the command, even with --no-input',
      { ...COMMAND, options: { 'no-input': true } },
      '222222',
      0,
    ],
    ['the prompt', { answers: ['333333'] }, '333333', 1],
    [
      'the prompt, past an empty variable',
      { env: { ASSUME_MFA_CODE: '' }, answers: ['333333'] },
      '333333',
      1,
    ],
    [
      'the prompt, asked again for what is no code',
      { answers: ['', '12345', 'abcdef', '１２３４５６', '333 333'] },
      '333333',
      5,
    ],
    [
      'the prompt, asked again for a spent code',
      { answers: ['333333', '444444'], spent: ['333333'] },
      '444444',
      2,
    ],
    [
      'the prompt after a spent variable',
      { env: VARIABLE, answers: ['333333'], spent: ['111111'] },
      '333333',
      1,
    ],
    [
      'the command after a spent variable',
      { env: VARIABLE, ...COMMAND, spent: ['111111'] },
      '222222',
      0,
    ],
  ])('is from %s', async (_, row, code, asked) => {
    const { host, source } = open(row);
    expect(await source.next(SERIAL)).toBe(code);
    expect(host.asked).toHaveLength(asked);
    expect(host.asked.every(({ kind }) => kind === 'hidden')).toBe(true);
  });

  it('is asked for by device and identity', async () => {
    const { host, source } = open({ answers: ['333333'] });
    await source.next(SERIAL);
    expect(host.asked[0]?.question).toContain('jane');
    expect(host.asked[0]?.question).toContain('shared');
  });

  it('leaves the rest of stdin to the child', async () => {
    const { host, source } = open({ options: STDIN, stdin: '000000\nfor the child\n' });
    await source.next(SERIAL);
    expect(host.readStdinLine()).toBe('for the child');
  });

  it.each<[string, Case, code: string, message: string, hint: string]>([
    ['no terminal', {}, 'MFA_NEEDED', 'there is no terminal', 'ASSUME_MFA_CODE'],
    [
      '--no-input',
      { answers: [], options: { 'no-input': true } },
      'MFA_NEEDED',
      '--no-input',
      '--mfa-code -',
    ],
    [
      'a background job',
      { terminal: { canAsk: false, whyNot: 'we are in the background' } },
      'MFA_NEEDED',
      'in the background',
      'mfa_command',
    ],
    ['an end of stdin', { options: STDIN, stdin: '' }, 'MFA_NEEDED', 'stdin ended', ''],
    [
      'an empty line',
      { options: STDIN, stdin: '\n123456' },
      'MFA_NEEDED',
      'stdin gave no MFA code',
      '',
    ],
    [
      'seven digits',
      { options: STDIN, stdin: '1234567' },
      'MFA_NEEDED',
      'stdin gave no',
      'six digits',
    ],
    [
      'a spent code on stdin',
      { options: STDIN, stdin: '111111', spent: ['111111'] },
      'MFA_NEEDED',
      'used already',
      'wait',
    ],
    [
      'letters in the variable',
      { env: { ASSUME_MFA_CODE: 'secret' } },
      'MFA_NEEDED',
      'ASSUME_MFA_CODE gave no',
      '',
    ],
    [
      'a spent variable and nobody to ask',
      { env: VARIABLE, spent: ['111111'] },
      'MFA_NEEDED',
      'ASSUME_MFA_CODE was used',
      'wait',
    ],
    [
      'a command that prints none',
      { command: 'x', commands: { x: 'touch me' } },
      'MFA_NEEDED',
      'gave no MFA code',
      '',
    ],
    ['a command that fails', { command: 'x' }, 'MFA_NEEDED', 'status was 1', ''],
    ['a person who gives up', { answers: [CTRL_C] }, 'CANCELLED', '', ''],
  ])('is not to be had: %s', async (_, row, code, message, hint) => {
    const error = await rejectionOf(open(row).source.next(SERIAL));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
    expect(error.message).not.toMatch(/111111|1234567|secret|touch me/);
  });

  it('of a command is waited for until the next step, and asked for once more', async () => {
    const { host, source } = open({ ...COMMAND, spent: ['222222'] });
    const error = await rejectionOf(source.next(SERIAL));
    expect(host.now()).toEqual(new Date('2026-01-02T12:00:30Z'));
    expect(host.captured).toEqual(['print-code', 'print-code']);
    expect(error.code).toBe('MFA_NEEDED');
  });

  it('of a command is the one that it prints in the next step', async () => {
    const { host, source } = open({ ...COMMAND, spent: ['222222'] });
    changeOutput(host, () => (host.captured.length > 1 ? '555555' : '222222'));
    expect(await source.next(SERIAL)).toBe('555555');
  });

  function changeOutput(host: FakeHost, print: () => string): void {
    Object.assign(host.processes, {
      capture: (line: string) => {
        host.captured.push(line);
        return Promise.resolve(print());
      },
    });
  }

  it.each<[string, Case, boolean]>([
    ['stdin', { options: STDIN, answers: [] }, false],
    ['a variable alone', { env: VARIABLE }, false],
    ['a variable at a terminal', { env: VARIABLE, answers: [] }, true],
    [
      'a variable at a terminal with --no-input',
      { env: VARIABLE, answers: [], options: { 'no-input': true } },
      false,
    ],
    ['a command', COMMAND, true],
    ['a terminal', { answers: [] }, true],
  ])('can be had once more after a refusal: %s: %#', (_, row, can) => {
    expect(open(row).source.canAskAgain).toBe(can);
  });

  it('is the variable only once', async () => {
    const { source } = open({ env: VARIABLE, answers: ['333333'] });
    expect([await source.next(SERIAL), await source.next(SERIAL)]).toEqual(['111111', '333333']);
  });
});

describe('parseCode', () => {
  it.each(['123456', ' 123456\n', '123 456', '1 2 3 4 5 6', '\t000000'])('reads %j', (text) => {
    expect(parseCode(text, 'x')).toBe(text.replace(/\s/g, ''));
  });

  it.each(['', '12345', '1234567', '12345a', '-12345', '12.345', '１２３４５６', '0x1234'])(
    'refuses %j',
    (text) => {
      expect(thrownBy(() => parseCode(text, 'x')).code).toBe('MFA_NEEDED');
    },
  );
});

import { describe, expect, it } from 'vitest';
import { Secret } from '../src/credentials.js';
import { AssumeError } from '../src/errors.js';
import { main } from '../src/main.js';
import { fakeHost, type FakeHost } from './support/fake-host.js';

/** The program, whose every writing to stdout ends as the work does. */
async function ending(
  work: () => never,
  ...flags: string[]
): Promise<{ host: FakeHost; status: number }> {
  const host = fakeHost({ argv: ['hook', 'bash', ...flags] });
  return { host, status: await main({ ...host, stdout: work }) };
}

const failing = (error: unknown) => (): never => {
  throw error;
};

describe('what goes wrong', () => {
  it('is told in lines that name us, and then what to type', async () => {
    const error = new AssumeError('CONFIG_INVALID', 'one\ntwo', { hint: 'do this\nor that' });
    const { host, status } = await ending(failing(error));
    expect(status).toBe(3);
    expect(host.written.stderr).toBe('assume: one\nassume: two\n  do this\n  or that\n');
    expect(host.written.stdout).toBe('');
  });

  it('has its causes told on demand alone, the whole way down', async () => {
    const bottom = new TypeError('bottom');
    const middle = new Error('middle', { cause: bottom });
    const error = new AssumeError('FAILED', 'top', { cause: middle });
    expect((await ending(failing(error))).host.written.stderr).toBe('assume: top\n');
    const { host } = await ending(failing(error), '--debug');
    expect(host.written.stderr).toBe(
      'assume: top\n  cause: Error: middle\n  cause: TypeError: bottom\n',
    );
  });

  it('is never told with a stack', async () => {
    const error = new Error('odd', { cause: new Error('odder') });
    for (const flags of [[], ['--debug']]) {
      const { host, status } = await ending(failing(error), ...flags);
      expect(status).toBe(1);
      expect(host.written.stderr).toContain('assume: odd\n');
      expect(host.written.stderr).toContain('fault in assume');
      expect(host.written.stderr).not.toMatch(/\bat .*:\d+/);
    }
  });

  it.each<[string, unknown, string]>([
    ['a text', 'plain', 'assume: plain\n'],
    ['null', null, 'assume: null\n'],
    ['undefined', undefined, 'assume: undefined\n'],
    ['an error without words', new Error(''), 'assume: \n'],
  ])('may be %s', async (_, thrown, text) => {
    const { host, status } = await ending(failing(thrown), '--debug');
    expect(status).toBe(1);
    expect(host.written.stderr).toContain(text);
  });

  it('is told once where stdout takes nothing', async () => {
    const error = new AssumeError('FAILED', 'cannot write to standard output');
    const argv = ['export', 'nowhere'];
    const host = fakeHost({ argv, env: { HOME: '/home/jane', SHELL: '/bin/bash' } });
    expect(await main({ ...host, stdout: failing(error) })).toBe(4);
    expect(host.written.stderr).toMatch(/^assume: there is no target nowhere\n( {2}[^\n]*\n)+$/);
  });

  it('shows no secret, of ours or by its looks, on any line', async () => {
    const secret = new Secret('plainly-fake-secret-of-main');
    const looks = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ';
    const text = `a ${secret.reveal()} b ${looks}`;
    const error = new AssumeError('FAILED', text, { hint: text, cause: new Error(text) });
    const { host } = await ending(failing(error), '--debug');
    expect(host.written.stderr).toBe(
      ['assume: ', '  ', '  cause: Error: ']
        .map((start) => `${start}a [secret] b [secret]\n`)
        .join(''),
    );
  });

  it('cannot steer the terminal', async () => {
    const error = new AssumeError('FAILED', 'a\u001b[2J', {
      hint: '\u202e',
      cause: new Error('\u0007'),
    });
    const { host } = await ending(failing(error), '--debug');
    expect(host.written.stderr).toBe(
      ['assume: a\\u{1b}[2J', '  \\u{202e}', '  cause: Error: \\u{7}', ''].join('\n'),
    );
  });

  it.each<[string, () => unknown]>([
    [
      'goes in a circle',
      () => {
        const cause = new Error('round');
        cause.cause = cause;
        return cause;
      },
    ],
    [
      'is an object that refers to itself',
      () => {
        const cause: Record<string, unknown> = {};
        cause['self'] = cause;
        return cause;
      },
    ],
    ['is a number too big for JSON', () => 10n],
    ['is a symbol', () => Symbol('x')],
    ['is a function', () => () => 1],
    ['is null', () => null],
    ['is an object that holds an error', () => ({ inner: new Error('inner') })],
  ])('may have a cause that %s', async (_, makeCause) => {
    const error = new AssumeError('FAILED', 'top', { cause: makeCause() });
    const { host, status } = await ending(failing(error), '--debug');
    expect(status).toBe(1);
    expect(host.written.stderr).toMatch(/^assume: top\n( {2}cause: .+\n){1,20}$/);
    expect(host.written.stderr).not.toMatch(/\bat .*:\d+/);
  });
});

describe('what was typed', () => {
  it.each([
    [['--version'], 0, /^0\.0\.0-test\n$/],
    [['--help'], 0, /Usage: assume \[TARGET\]/],
    [['export', '--help'], 0, /assume export prod-role --format json/],
    [['--nonsense'], 2, /^$/],
    [['serve'], 2, /^$/],
    [['prod'], 4, /^$/],
    [['export', 'prod'], 4, /^sh -c 'exit 4' >&2\n$/],
    [['--nonsense', 'export', 'prod'], 2, /^sh -c 'exit 2' >&2\n$/],
    [['serve', 'export'], 2, /^$/],
  ] as const)('%j ends with %i', async (argv, status, stdout) => {
    const host = fakeHost({ argv, env: { HOME: '/home/jane', SHELL: '/bin/bash' } });
    expect(await main(host)).toBe(status);
    expect(host.written.stdout).toMatch(stdout);
    expect(host.written.stderr === '').toBe(status === 0);
  });
});

import { describe, expect, it } from 'vitest';
import { AssumeError, EXIT_STATUS, isAssumeError, type ErrorCode } from '../src/errors.js';

describe('an AssumeError', () => {
  it.each(Object.entries(EXIT_STATUS))('with code %s ends the program with %i', (code, status) => {
    expect(new AssumeError(code as ErrorCode, 'x').exitStatus).toBe(status);
  });

  it('uses every exit status that scripts are promised, and no other', () => {
    const promised = [1, 2, 3, 4, 5, 6, 7, 8, 126, 127, 130, 141];
    expect([...new Set(Object.values(EXIT_STATUS))].sort((a, b) => a - b)).toEqual(promised);
  });

  it('keeps its message, hint and cause', () => {
    const cause = new Error('below');
    const error = new AssumeError('FAILED', 'above', { hint: 'type this', cause });
    expect(error).toMatchObject({
      name: 'AssumeError',
      message: 'above',
      hint: 'type this',
      cause,
    });
  });

  it('has no cause and no hint unless they are given', () => {
    const error = new AssumeError('FAILED', 'alone');
    expect('cause' in error).toBe(false);
    expect(error.hint).toBeUndefined();
  });
});

describe('isAssumeError', () => {
  it('knows one of another copy of the class, as another chunk has it', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('assume-cli.error')]: true });
    expect(isAssumeError(foreign)).toBe(true);
    expect(isAssumeError(new AssumeError('FAILED', 'x'))).toBe(true);
  });

  it.each([
    ['another error', new Error('x')],
    ['null', null],
    ['undefined', undefined],
    ['a text', 'AssumeError'],
    ['a plain object that looks alike', { name: 'AssumeError', code: 'FAILED' }],
  ])('does not take %s for one', (_, thrown) => {
    expect(isAssumeError(thrown)).toBe(false);
  });
});

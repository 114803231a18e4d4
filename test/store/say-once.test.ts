import { expect, it } from 'vitest';
import { sayOnce } from '../../src/store/say-once.js';
import { fakeHost } from '../support/fake-host.js';

it('a note is told once, again when it changed, each topic by itself', () => {
  const host = fakeHost();
  sayOnce(host, 'store', 'a', 'one');
  sayOnce(host, 'store', 'a', 'not again');
  sayOnce(host, 'hook', 'a', 'two');
  sayOnce(host, 'store', 'b', 'three');
  sayOnce(host, 'store', 'a', 'four');
  expect(host.written.stderr).toBe('assume: one\nassume: two\nassume: three\nassume: four\n');
});

it('where nothing can be remembered it is told each time', () => {
  const readOnly = fakeHost();
  readOnly.files.makeReadOnly('/home');
  for (const host of [fakeHost({ env: {} }), readOnly]) {
    sayOnce(host, 'store', 'a', 'one');
    sayOnce(host, 'store', 'a', 'one');
    expect(host.written.stderr).toBe('assume: one\nassume: one\n');
  }
});

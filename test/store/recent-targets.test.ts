import { expect, it } from 'vitest';
import { readRecentTargets, rememberTarget } from '../../src/store/recent-targets.js';
import { fakeHost } from '../support/fake-host.js';

it('the last targets of this terminal are remembered, each once, five at most', () => {
  const host = fakeHost({ answers: [] });
  expect(readRecentTargets(host)).toEqual([]);
  for (const name of ['a', 'b', 'c', 'a', 'd', 'e', 'f']) rememberTarget(host, name);
  expect(readRecentTargets(host)).toEqual(['f', 'e', 'd', 'a', 'c']);
});

it('another terminal has its own', () => {
  const host = fakeHost({ answers: [] });
  rememberTarget(host, 'a');
  const other = { ...host, terminal: { ...host.terminal, name: '/dev/pts/9' } };
  expect(readRecentTargets(other)).toEqual([]);
});

it('without a terminal or a home nothing is remembered', () => {
  for (const host of [fakeHost(), fakeHost({ answers: [], env: {} })]) {
    rememberTarget(host, 'a');
    expect(readRecentTargets(host)).toEqual([]);
    expect(host.files.contents()).toEqual({});
  }
});

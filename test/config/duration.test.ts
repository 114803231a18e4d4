import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../src/config/duration.js';

describe('parseDuration', () => {
  it.each([
    ['3600', 3600],
    ['0', 0],
    ['45m', 2700],
    ['1h30m', 5400],
    ['12h', 43_200],
    ['90s', 90],
    ['1h2m3s', 3723],
    ['1h5s', 3605],
    ['090m', 5400],
  ])('reads %s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    '',
    ' ',
    'h',
    'm',
    '1h30',
    '30m1h',
    '1.5h',
    '-1',
    '-1h',
    '1 h',
    ' 1h',
    '1h ',
    '1H',
    '1d',
    '1e3',
    '0x10',
    '1h1h',
    '\u0661h',
    '1h\n',
    '9'.repeat(10),
    `${'9'.repeat(400)}h`,
  ])('takes %j for no duration', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [59, '59s'],
    [60, '1m'],
    [900, '15m'],
    [3600, '1h'],
    [5400, '1h30m'],
    [43_200, '12h'],
    [129_600, '36h'],
    [3661, '1h1m1s'],
    [59.9, '59s'],
    [-5, '0s'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('writes what parseDuration reads back', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasUnseen } from '../src/config/names.js';
import { visible } from '../src/visible.js';

describe('visible', () => {
  it.each([
    ['escape', '\u001b[31m', String.raw`\u{1b}[31m`],
    ['bell', '\u0007', String.raw`\u{7}`],
    ['NUL', '\0', String.raw`\u{0}`],
    ['line feed', 'a\nb', String.raw`a\u{a}b`],
    ['carriage return', 'a\rb', String.raw`a\u{d}b`],
    ['tab', 'a\tb', String.raw`a\u{9}b`],
    ['delete', '\u007f', String.raw`\u{7f}`],
    ['C1 control sequence introducer', '\u009b', String.raw`\u{9b}`],
    ['right-to-left override', '\u202e', String.raw`\u{202e}`],
    ['isolate', '\u2066', String.raw`\u{2066}`],
    ['zero-width space', '\u200b', String.raw`\u{200b}`],
    ['zero-width joiner', '\u200d', String.raw`\u{200d}`],
    ['soft hyphen', '\u00ad', String.raw`\u{ad}`],
    ['byte order mark', '\ufeff', String.raw`\u{feff}`],
    ['tag letter', '\u{e0041}', String.raw`\u{e0041}`],
    ['line separator', '\u2028', String.raw`\u{2028}`],
    ['paragraph separator', '\u2029', String.raw`\u{2029}`],
    ['half a surrogate pair', 'a\ud800b', String.raw`a\u{d800}b`],
  ])('shows %s as its number', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    'prod-role',
    'Ünïcode 名前',
    'e\u0301',
    '👩',
    'a b',
    String.raw`C:\Users`,
    '$(id) `x`',
    '',
  ])('leaves "%s"', (text) => {
    expect(visible(text)).toBe(text);
  });

  it('leaves nothing in any text that a name may not hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hasUnseen(visible(text))).toBe(false);
        expect(visible(text) === text).toBe(!hasUnseen(text));
      }),
    );
  });
});

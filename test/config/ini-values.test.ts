import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIniValues } from '../../src/config/ini-values.js';

const read = (raw: string) => readIniValues([{ raw, line: 7 }]).get(7);

describe('a value', () => {
  it.each([
    [' eu-west-1', 'eu-west-1'],
    ['eu-west-1 \t', 'eu-west-1'],
    [' v ; comment', 'v'],
    [' v # comment ; more', 'v'],
    [' ; comment', ''],
    ['', ''],
    [' a=b, c=d', 'a=b, c=d'],
    [' "v"', 'v'],
    [' "v" ; comment "x"', 'v'],
    [' "v"#comment', 'v'],
    [' " v ; w # x "', ' v ; w # x '],
    [' "a \\"b\\" \\\\ \\u00e9"', 'a "b" \\ \u00e9'],
    [' ""', ''],
    [" 'v'", 'v'],
    [" 'v ; w' # comment", 'v ; w'],
    [" '1e3'", '1e3'],
    [" '0012'", '0012'],
    [` '{"Version": "2012-10-17"}'`, '{"Version": "2012-10-17"}'],
    [` '{"a": "it's"}'`, `{"a": "it's"}`],
    [` '["a"]'`, '["a"]'],
    [` '"x"'`, '"x"'],
    [' {"a": {"b": [1]}}', '{"a": {"b": [1]}}'],
    [' true', 'true'],
    [' false ; comment', 'false'],
    [' null', 'null'],
    [' 0123', '0123'],
    [' 1.0', '1.0'],
    [' a\\;b\\#c', 'a;b#c'],
    [' C:\\tools\\x', 'C:\\tools\\x'],
    [' a\\', 'a\\'],
    [' "/opt/my tool" --x', '"/opt/my tool" --x'],
    [' "a" "b"', '"a" "b"'],
    [" it's", "it's"],
    [' __proto__', '__proto__'],
    [' [section]', '[section]'],
    [' caf\u00e9 \ud83d\ude02', 'caf\u00e9 \ud83d\ude02'],
  ])('reads %j as %j', (raw, text) => {
    expect(read(raw)).toEqual({ text });
  });

  it.each([
    [' "v', 'does not close it'],
    [' "', 'does not close it'],
    [' "v\\"', 'does not close it'],
    [' "C:\\apps"', 'not as JSON writes it'],
    [' "a\tb"', 'not as JSON writes it'],
    [' abc#def', 'within it'],
    [' abc;def', 'within it'],
    [' echo a;b # c', 'within it'],
    [' a\u2028b', 'invisible'],
  ])('is a problem where ini would guess: %j', (raw, problem) => {
    expect(read(raw)).toEqual({ problem: expect.stringContaining(problem) as string });
  });

  it('is read as it is, whatever stands on other lines', () => {
    const raw = ['[x]', '__proto__', '"a', "'b'", 'c'].map((text, index) => ({
      raw: text,
      line: index,
    }));
    const values = readIniValues(raw);
    expect(raw.map(({ line }) => values.get(line))).toEqual([
      { text: '[x]' },
      { text: '__proto__' },
      { problem: expect.stringContaining('close') as string },
      { text: 'b' },
      { text: 'c' },
    ]);
  });

  it('has an answer for any line, and between JSON quotes says what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }).map(oneLine), (raw) => {
        expect(read(raw)).toBeDefined();
        expect(read(` ${JSON.stringify(raw)} ; comment`)).toEqual({ text: raw });
      }),
    );
  });
});

const oneLine = (text: string) => text.replace(/[\r\n\u2028\u2029]/g, ' ');

import { describe, expect, it } from 'vitest';
import { alignColumns, cutEnd, cutMiddle } from '../src/columns.js';

const lines = (rows: readonly (readonly string[])[]): string[] =>
  alignColumns(rows).map((cells) => cells.join('  '));

describe('alignColumns', () => {
  it.each<[what: string, rows: string[][], lines: string[]]>([
    [
      'cells of any length',
      [
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'c'],
      ],
      ['a    bb  c', 'aaa  b   c'],
    ],
    [
      'nothing after the last cell',
      [
        ['a', 'b'],
        ['aaa', ''],
      ],
      ['a    b', 'aaa'],
    ],
    [
      'an empty cell between two',
      [
        ['a', '', 'c'],
        ['a', 'bb', 'c'],
      ],
      ['a      c', 'a  bb  c'],
    ],
    [
      'no column that is empty in all rows',
      [
        ['a', '', 'c'],
        ['b', '', ''],
      ],
      ['a  c', 'b'],
    ],
    ['a row that is shorter', [['a'], ['aaa', 'b']], ['a', 'aaa  b']],
    [
      'wide characters',
      [
        ['本番/管理', 'x'],
        ['ab', 'x'],
      ],
      ['本番/管理  x', 'ab         x'],
    ],
    [
      'combining marks',
      [
        ['e\u0301', 'x'],
        ['ab', 'x'],
      ],
      ['e\u0301   x', 'ab  x'],
    ],
    [
      'emoji',
      [
        ['🚀', 'x'],
        ['a', 'x'],
      ],
      ['🚀  x', 'a   x'],
    ],
    [
      'colours, which take no room',
      [
        ['\u001b[31ma\u001b[39m', 'x'],
        ['bb', 'x'],
      ],
      ['\u001b[31ma\u001b[39m   x', 'bb  x'],
    ],
    [
      'a row of nothing',
      [
        ['', ''],
        ['a', 'b'],
      ],
      ['', 'a  b'],
    ],
    ['no rows', [], []],
  ])('aligns %s', (_what, rows, expected) => {
    expect(lines(rows)).toEqual(expected);
  });
});

describe('cutEnd and cutMiddle', () => {
  it.each([
    ['abcdef', 6, 'abcdef', 'abcdef'],
    ['abcdef', 5, 'abcd…', 'ab…ef'],
    ['abcdef', 4, 'abc…', 'ab…f'],
    ['abcdef', 1, '…', '…'],
    ['本番/管理者', 8, '本番/管…', '本番/…者'],
    ['本番/管理者', 7, '本番/…', '本番…者'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…', 'e\u0301…'],
  ])('%j in %i cells', (text, width, end, middle) => {
    expect([cutEnd(text, width), cutMiddle(text, width)]).toEqual([end, middle]);
  });
});

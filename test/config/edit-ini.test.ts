import { describe, expect, it } from 'vitest';
import { editIniSection, readIniSection, removeIniSection } from '../../src/config/edit-ini.js';
import { thrownBy } from './thrown-by.js';

type Values = Record<string, string | null>;

describe('editIniSection', () => {
  it.each<[about: string, text: string, values: Values, edited: string]>([
    ['writes an empty file', '', { k: '1' }, '[us]\nk = 1\n'],
    [
      'appends a section after one blank line',
      '[a]\nx = 1\n',
      { k: '1', l: '2' },
      '[a]\nx = 1\n\n[us]\nk = 1\nl = 2\n',
    ],
    [
      'appends after a last line without end',
      '[a]\nx = 1',
      { k: '1' },
      '[a]\nx = 1\n\n[us]\nk = 1',
    ],
    ['appends after a blank line', '[a]\n\n', { k: '1' }, '[a]\n\n[us]\nk = 1\n'],
    [
      'appends with the line end of the file',
      '[a]\r\nx = 1',
      { k: '1' },
      '[a]\r\nx = 1\r\n\r\n[us]\r\nk = 1',
    ],
    ['appends nothing where there is nothing to set', '[a]\n', { k: null }, '[a]\n'],
    ['replaces a value', '[us]\nk = 0\nl = 2\n', { k: '1' }, '[us]\nk = 1\nl = 2\n'],
    ['replaces a value without a line end', '[us]\nk = 0', { k: '1' }, '[us]\nk = 1'],
    ['replaces a value, a colon and a comment', '[us]\nK: 0 # c\n', { k: '1' }, '[us]\nk = 1\n'],
    [
      'keeps a line that says the same',
      '[us]\nk=1\nL : 2\n',
      { k: '1', l: '2' },
      '[us]\nk=1\nL : 2\n',
    ],
    [
      'replaces a value with its block',
      '[us]\nk =\n  x = 1\n\n # c\n# d\n  y = 2\nl = 2\n',
      { k: '1' },
      '[us]\nk = 1\n\n# d\nl = 2\n',
    ],
    [
      'replaces a key given twice by one',
      '[us]\nk = 0\nl = 2\nk = 9\n  9\n',
      { k: '1' },
      '[us]\nk = 1\nl = 2\n',
    ],
    [
      'replaces in a section given twice',
      '[us]\nl = 2\n[a]\n[us]\nk = 0\n',
      { k: '1' },
      '[us]\nl = 2\n[a]\n[us]\nk = 1\n',
    ],
    ['removes a key with its block', '[us]\nk = 0\n  1\nl = 2\n', { k: null }, '[us]\nl = 2\n'],
    ['removes the only key', '[us]\nk = 0\n[a]\n', { k: null }, '[us]\n[a]\n'],
    ['removes one key and adds another', '[us]\nk = 0\n', { k: null, l: '2' }, '[us]\nl = 2\n'],
    ['removes the last line and adds another', '[us]\nk = 0', { k: null, l: '2' }, '[us]\nl = 2'],
    [
      'adds after the last key',
      '[us]\nl = 2\n\n# of b\n[b]\n',
      { k: '1' },
      '[us]\nl = 2\nk = 1\n\n# of b\n[b]\n',
    ],
    [
      'adds after the last key and its block',
      '[us]\nl =\n  x = 1\n\n  y = 2\n\n[b]\n',
      { k: '1' },
      '[us]\nl =\n  x = 1\n\n  y = 2\nk = 1\n\n[b]\n',
    ],
    [
      'adds after an indented comment, which would else continue it',
      '[us]\n  # c\n',
      { k: '1' },
      '[us]\n  # c\nk = 1\n',
    ],
    ['adds below a header', '[us]\n# c\n[b]\n', { k: '1' }, '[us]\nk = 1\n# c\n[b]\n'],
    ['adds below a header without line end', '[us]', { k: '1' }, '[us]\nk = 1'],
    [
      'adds with the line end of the section',
      '[a]\n[us]\r\nl = 2\r\n',
      { k: '1' },
      '[a]\n[us]\r\nl = 2\r\nk = 1\r\n',
    ],
    ['adds with a lone carriage return', '[us]\rl = 2\r', { k: '1' }, '[us]\rl = 2\rk = 1\r'],
    [
      'finds a header with blanks and a comment',
      '[ us ] # c\nk = 0\n',
      { k: '1' },
      '[ us ] # c\nk = 1\n',
    ],
    [
      'finds a header with a bracket in its comment',
      '[us] # [a]\nk = 0\n',
      { k: '1' },
      '[us] # [a]\nk = 1\n',
    ],
    [
      'takes no indented header for one',
      '[a]\nx = 1\n  [us]\n',
      { k: '1' },
      '[a]\nx = 1\n  [us]\n\n[us]\nk = 1\n',
    ],
    ['takes no comment for a header', '# [us]\n', { k: '1' }, '# [us]\n\n[us]\nk = 1\n'],
    [
      'keeps a byte order mark',
      '\u00ef\u00bb\u00bf[us]\nk = 0\n',
      { k: '1' },
      '\u00ef\u00bb\u00bf[us]\nk = 1\n',
    ],
    [
      'keeps a byte order mark before a section it appends',
      '\u00ef\u00bb\u00bf',
      { k: '1' },
      '\u00ef\u00bb\u00bf[us]\nk = 1\n',
    ],
    [
      'keeps the indentation that the AWS CLI takes for none',
      '[us]\n  k = 0\n  l = 2\n',
      { k: '1' },
      '[us]\n  k = 1\n  l = 2\n',
    ],
    [
      'keeps a byte that looks like a blank',
      '[us]\n\u00c3\u00a0 = 1\nk = 0\n',
      { k: '1' },
      '[us]\n\u00c3\u00a0 = 1\nk = 1\n',
    ],
    [
      'writes UTF-8',
      '',
      { k: 'caf\u00e9 \ud83d\ude02' },
      '[us]\nk = caf\u00c3\u00a9 \u00f0\u009f\u0098\u0082\n',
    ],
    [
      'takes any word for a key',
      '[us]\nconstructor = 0\n',
      { constructor: '1' },
      '[us]\nconstructor = 1\n',
    ],
    ['keeps keys before any section', 'k = 0\n', { k: '1' }, 'k = 0\n\n[us]\nk = 1\n'],
    [
      'keeps junk',
      '[a]\njunk\n[us]\njunk\n  junk\n',
      { k: '1' },
      '[a]\njunk\n[us]\njunk\n  junk\nk = 1\n',
    ],
  ])('%s', (_, text, values, edited) => {
    expect(editIniSection(text, 'us', values)).toBe(edited);
  });

  it('changes nothing the second time', () => {
    const once = editIniSection('[a]\nx = 1\n', 'us', { k: '1', l: '2' });
    expect(editIniSection(once, 'us', { k: '1', l: '2' })).toBe(once);
  });

  it('finds a section by a name that is not ASCII', () => {
    const text = editIniSection('', 'caf\u00e9', { k: '1' });
    expect(editIniSection(text, 'caf\u00e9', { k: '2' })).toBe('[caf\u00c3\u00a9]\nk = 2\n');
  });

  it('finds a profile of the config file whatever blanks its header has', () => {
    expect(editIniSection('[profile \t us]\n', 'profile us', { k: '1' })).toBe(
      '[profile \t us]\nk = 1\n',
    );
  });

  it.each([
    ['a line feed', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['NUL', 'a\0b'],
    ['nothing', ''],
    ['a blank at its beginning', ' a'],
    ['a blank at its end', 'a\t'],
    ['what would be a comment', 'a #b'],
    ['what would be nothing but a comment', ';b'],
    ['half a character', 'a\ud83d'],
  ])('refuses a value with %s, and does not show it', (_, value) => {
    const error = thrownBy(() => editIniSection('', 'us', { k: value }));
    expect(error).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^cannot write k into \[us\]: /) as string,
    });
  });

  it.each([
    '',
    ' us',
    'a  b',
    'a]b',
    'a[b',
    'a\nb',
    'a\rb',
    'a\0b',
    'a#b',
    'a;b',
    'a\u2028b',
    '\ud83d',
  ])('refuses the section %j', (section) => {
    expect(thrownBy(() => editIniSection('', section, { k: '1' })).code).toBe('CONFIG_INVALID');
  });

  it.each(['', 'a b', 'K', 'a=b', 'a:b', '[a', '#a', 'a\n', 'caf\u00e9'])(
    'refuses the key %j',
    (key) => {
      expect(thrownBy(() => editIniSection('', 'us', { [key]: null })).code).toBe('CONFIG_INVALID');
    },
  );

  it.each(['[a]\n  [us]\n', ' [us]\nk = 1\n'])(
    'refuses a header that only some readers see: %j',
    (text) => {
      const error = thrownBy(() => editIniSection(text, 'us', { k: '1' }));
      expect(error).toMatchObject({
        code: 'CONFIG_INVALID',
        hint: expect.stringContaining('blanks') as string,
      });
    },
  );
});

describe('removeIniSection', () => {
  it.each(['', '[a]\nx = 1', '[a]\nx = 1\n', '[a]\r\nx = 1\r\n', '[a]\r\nx = 1', '[a]\n\n# c'])(
    'gives back %j, to which a section was added',
    (text) => {
      expect(removeIniSection(editIniSection(text, 'us', { k: '1' }), 'us')).toBe(text);
    },
  );

  it.each([
    ['the only one', '[us]\nk = 1\n', ''],
    ['the last one, with the blank line before it', '[a]\nx = 1\n\n[us]\nk = 1\n', '[a]\nx = 1\n'],
    ['one in the middle', '[a]\n\n[us]\nk = 1\n\n[b]\n', '[a]\n\n[b]\n'],
    ['one that is close to the next', '[a]\n\n[us]\nk = 1\n[b]\n', '[a]\n\n[b]\n'],
    ['one with a block', '[us]\nk =\n  x = 1\n\n  y = 2\n[b]\n', '[b]\n'],
    [
      'the comments between its keys, not those after them',
      '[us]\n# c\nk = 1\n# of b\n[b]\n',
      '# of b\n[b]\n',
    ],
    ['one without keys', '[us]\n# of b\n[b]\n', '# of b\n[b]\n'],
    ['each of that name', '[us]\nk = 1\n[a]\n[us]\nl = 2\n', '[a]\n'],
    ['none when there is none', '[a]\n  \n# [us]\n', '[a]\n  \n# [us]\n'],
    [
      'one below a byte order mark',
      '\u00ef\u00bb\u00bf[us]\nk = 1\n[b]\n',
      '\u00ef\u00bb\u00bf[b]\n',
    ],
  ])('removes %s', (_, text, removed) => {
    expect(removeIniSection(text, 'us')).toBe(removed);
  });

  it.each(['', '[a]\nx = 1\n', '[a]\r\nx = 1\r\n', '# c\n', '[a]\n  # c\n'])(
    'undoes what appended a section to %j',
    (text) => {
      expect(removeIniSection(editIniSection(text, 'us', { k: '1' }), 'us')).toBe(text);
    },
  );
});

describe('readIniSection', () => {
  it('gives the values of every section of that name, the last one winning', () => {
    const text =
      '[us]\nK = 1 # c\nl: 2\ncaf\u00c3\u00a9 = x\n[a]\nk = 9\n[ us ]\nl = caf\u00c3\u00a9\n  more # c\n';
    expect(readIniSection(text, 'us')).toEqual(
      new Map([
        ['k', '1'],
        ['l', 'caf\u00e9\nmore # c'],
        ['caf\u00e9', 'x'],
      ]),
    );
  });

  it('is null when there is no such section, and empty when it has no keys', () => {
    expect(readIniSection('[a]\n', 'us')).toBeNull();
    expect(readIniSection('[us]\n', 'us')).toEqual(new Map());
  });
});

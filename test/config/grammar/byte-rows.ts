import type { AwsRow } from './aws-row.js';

/** Line ends, marks, and bytes that are no text. */
export const BYTES: AwsRow[] = [
  ['CRLF', '[profile a]\r\nx = 1\r\n 2\r\n', { a: { x: '1\n2' } }, '3:2 continued-value'],
  [
    'CRLF after an empty value',
    '[profile a]\r\nx =\r\ny = 1\r\n',
    { a: { x: '', y: '1' } },
    '2:1 empty-value',
  ],
  ['no line end at the end', '[profile a]\nx = 1', { a: { x: '1' } }],
  [
    'lone carriage returns',
    '[profile a]\rx = 1\ry = 2',
    { a: { x: '1', y: '2' } },
    '1:12 lone-carriage-return',
  ],
  [
    'line ends of all kinds',
    '[profile a]\r\nx = 1\ry = 2\n\rz = 3',
    { a: { x: '1', y: '2', z: '3' } },
    '2:6 lone-carriage-return',
  ],
  ['a byte order mark', '\ufeff[profile a]\nx = 1', { a: { x: '1' } }, '1:1 byte-order-mark'],
  [
    'a byte order mark before a comment',
    '\ufeff# c\n[profile a]',
    { a: {} },
    '1:1 byte-order-mark',
  ],
  [
    'a byte order mark where two files were joined',
    '[profile a]\n\ufeff[profile b]\nx = 1',
    { a: {}, b: { x: '1' } },
    '2:1 byte-order-mark-within',
  ],
  [
    'bytes that are not UTF-8',
    '# \ufffd\n[profile a]\nx = \ufffd',
    { a: { x: '\ufffd' } },
    '1:3 not-utf8',
  ],
  ['NUL in a value', '[profile a]\nx = 1\u00002', { a: { x: '1\u00002' } }],
  ['NUL in a name', '[profile a\u0000]\nx = 1', {}, '1:1 unusable-name'],
  ['a line separator in a value', '[profile a]\nx = 1\u20282', { a: { x: '1\u20282' } }],
  [
    'a form feed at the start of a line',
    '[profile a]\n\fx = 1',
    { a: { x: '1' } },
    '2:1 odd-blank',
    '2:2 indented-property',
  ],
  ['a form feed alone in a line', '[profile a]\n\f\nx = 1', { a: { x: '1' } }, '2:1 odd-blank'],
  [
    'a no-break space at the end of a value',
    '[profile a]\nx = 1\u00a0',
    { a: { x: '1' } },
    '2:1 odd-blank',
  ],
  ['a no-break space within a value', '[profile a]\nx = 1\u00a02', { a: { x: '1\u00a02' } }],
  ['a no-break space after a key', '[profile a]\nx\u00a0= 1', { a: { x: '1' } }, '2:1 odd-blank'],
  [
    'a no-break space alone in a line',
    '[profile a]\n\u00a0\nx = 1',
    { a: { x: '1' } },
    '2:1 odd-blank',
  ],
  [
    'a no-break space before a second line',
    '[profile a]\nx = 1\n\u00a02',
    { a: { x: '1\n2' } },
    '3:1 odd-blank',
    '3:2 continued-value',
  ],
];

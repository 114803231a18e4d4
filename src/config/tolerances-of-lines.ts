import type { Tolerance } from './tolerance.js';

const REFUSED = 'refuse the whole file';
const LOST = 'read it into the line, if at all';
const UNSEEN = 'do not see it';
const IN_VALUE = 'take it for a part of the value';
const ONE_LINE = 'read it and the next as one line';
const READ = 'read it all the same';

/** What readers take in different ways in the lines below a header, and in the bytes of a file. */
export const OF_LINES = {
  'byte-order-mark': {
    found: 'a byte order mark',
    readers: { botocore: REFUSED, go: REFUSED, java: REFUSED },
    instead: 'save the file as UTF-8 without one',
  },
  'byte-order-mark-within': {
    found: 'a byte order mark, as where two files were joined',
    readers: { botocore: LOST, go: LOST, java: LOST },
    instead: 'remove it: write the line anew',
  },
  'not-utf8': {
    found: 'a character that is not UTF-8, or stands for one that was not',
    readers: { botocore: REFUSED },
    instead: 'save the file as UTF-8, and write the character anew',
  },
  'lone-carriage-return': {
    found: 'a line ends in a carriage return alone',
    readers: { js: ONE_LINE, go: ONE_LINE },
    instead: 'save the file with line feeds',
  },
  'odd-blank': {
    found: 'a blank that is neither a space nor a tab',
    readers: { java: 'read it into the value, if at all' },
    instead: 'write a space',
  },
  'repeated-key': {
    found: 'the property is in its section already',
    readers: { botocore: REFUSED },
    instead: 'remove one of the two',
  },
  'indented-property': {
    found: 'blanks before the first property of its section',
    readers: { go: UNSEEN, java: REFUSED },
    instead: 'put it in the first column',
  },
  'colon-for-equals': {
    found: 'a colon for the "="',
    readers: { js: UNSEEN, java: REFUSED },
    instead: 'write "="',
  },
  'colon-in-key': {
    found: 'a colon in the name of a property',
    readers: { botocore: 'cut the name at the colon', go: 'cut the name at the colon' },
    instead: 'choose a name without one',
  },
  'capital-in-key': {
    found: 'a capital letter in the name of a property',
    readers: { js: UNSEEN, java: UNSEEN },
    instead: 'write it in lower case',
  },
  'odd-key': {
    found: 'not read, for the name of a property is made of A-Z a-z 0-9 _ - / . % @ : +',
    readers: { botocore: READ, js: READ, go: READ },
    instead: 'write name = value, or remove the line',
  },
  'proto-key': {
    found: 'a property with a name that JavaScript keeps to itself',
    readers: { js: UNSEEN },
    instead: 'choose another',
  },
  'comment-after-value': {
    found: 'a comment after the value',
    readers: { botocore: IN_VALUE },
    instead: 'give the comment a line of its own',
  },
  'quoted-value': {
    found: 'quotes around the value, of which they are a part',
    readers: { go: 'take them away' },
    instead: 'remove them',
  },
  'empty-value': {
    found: 'a property without a value',
    readers: { js: 'take it for nothing, or for the head of indented lines below' },
    instead: 'write one, or remove the line',
  },
  'empty-needed-value': {
    found: 'a property without a value',
    readers: {
      botocore: 'fail for a profile that uses it',
      js: 'take it for nothing, or for the head of indented lines below',
    },
    instead: 'write one, or remove the line',
  },
  'continued-value': {
    found: 'an indented line, which continues the value above it',
    readers: { js: 'leave it out of the value' },
    instead: 'write the value in one line',
  },
  'property-in-value': {
    found: 'an indented property, which continues the value above it',
    readers: { js: 'take it for a property', go: 'leave it out of the value' },
    instead: 'put it in the first column',
  },
  'header-in-value': {
    found: 'an indented header, which continues the value above it',
    readers: { js: 'take it for a header', go: 'leave it out of the value' },
    instead: 'put it in the first column',
  },
  'blank-line-in-value': {
    found: 'a blank line within a value',
    readers: { botocore: IN_VALUE },
    instead: 'remove it',
  },
  'indented-comment': {
    found: 'blanks before a comment',
    readers: { java: 'read it into the value, if at all' },
    instead: 'put it in the first column',
  },
  'comment-in-block': {
    found: 'a # or ; after a blank in an indented line, of whose value it is a part',
    readers: { js: 'cut it off' },
    instead: 'give a comment a line of its own',
  },
} as const satisfies Readonly<Record<string, Tolerance>>;

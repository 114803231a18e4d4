import type { Tolerance } from './tolerance.js';

const REFUSED = 'refuse the whole file';
const UNSEEN = 'do not see it';
const READ = 'read it all the same';
const LAST = 'read the last of the two alone';
const INTO_ABOVE = 'take its properties for those of the section above';
const NAME = 'make the name of A-Z a-z 0-9 _ - / . % @ : +';

/** What readers take in different ways in the form of a header, or of several. */
export const OF_HEADERS = {
  'indented-header': {
    found: 'blanks before the header',
    readers: { go: INTO_ABOVE, java: REFUSED },
    instead: 'put it in the first column',
  },
  'text-after-header': {
    found: 'text after the "]"',
    readers: { js: INTO_ABOVE, go: REFUSED, java: REFUSED },
    instead: 'remove it, or put a blank and # before it',
  },
  'sign-in-header': {
    found: 'a # or ; starts a comment, even between the brackets',
    readers: { go: REFUSED, java: REFUSED },
    instead: NAME,
  },
  'comment-in-header': {
    found: 'a # or ; starts a comment, even between the brackets',
    readers: { js: INTO_ABOVE, go: REFUSED, java: REFUSED },
    instead: 'close the header before it',
  },
  'comment-at-header': {
    found: 'a comment right after the "]"',
    readers: { js: INTO_ABOVE },
    instead: 'put a blank before it',
  },
  'bracket-in-comment': {
    found: 'a "]" in the comment after the header',
    readers: { botocore: UNSEEN },
    instead: 'give the comment a line of its own',
  },
  'padded-header': {
    found: 'blanks right inside the brackets',
    readers: { botocore: UNSEEN, js: UNSEEN },
    instead: 'remove them',
  },
  'wide-header': {
    found: 'more blanks inside the brackets than one between two words',
    readers: { js: UNSEEN },
    instead: 'remove them',
  },
  'empty-header': {
    found: 'nothing inside the brackets',
    readers: { botocore: REFUSED },
    instead: 'write a name, or remove the header',
  },
  'repeated-section': {
    found: 'the section is in the file already',
    readers: { botocore: REFUSED },
    instead: 'make one of the two',
  },
  'respelled-section': {
    found: 'the section is in the file already, with other blanks or quotes',
    readers: { botocore: LAST },
    instead: 'make one of the two',
  },
  'shadowed-name': {
    found: 'left out, for the section is in the file already as every reader knows it',
    readers: { botocore: LAST, js: READ },
    instead: 'remove one of the two',
  },
  'shadowed-type': {
    found: 'left out, for the section is in the file already as every reader knows it',
    readers: { botocore: LAST },
    instead: 'remove one of the two',
  },
  'shared-default': {
    found: 'not the same as [default]',
    readers: { botocore: 'give its properties to every section' },
    instead: 'write [default], or the properties where they belong',
  },
  'default-twice': {
    found: 'left out, for [profile default] is in the file',
    readers: {},
    instead: 'remove one of the two',
  },
  'default-twice-last': {
    found: 'left out, for [profile default] is in the file',
    readers: { botocore: 'read it instead' },
    instead: 'remove one of the two',
  },
} as const satisfies Readonly<Record<string, Tolerance>>;

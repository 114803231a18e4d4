import type { Tolerance } from './tolerance.js';

const REFUSED = 'refuse the whole file';
const UNSEEN = 'do not see it';
const IN_NAME = 'take all of it for the name';
const READ = 'read it all the same';
const NAME = 'make the name of A-Z a-z 0-9 _ - / . % @ : +';

/** What readers take in different ways in what a header names. */
export const OF_NAMES = {
  'quoted-name': {
    found: 'quotes around the name',
    readers: { go: IN_NAME, java: UNSEEN },
    instead: 'remove them',
  },
  'quoted-words': {
    found: 'a name with quotes or backslashes in it, or one that needs them',
    readers: { js: UNSEEN, go: IN_NAME, java: UNSEEN },
    instead: NAME,
  },
  'odd-name': {
    found: 'a name with characters that not every reader takes',
    readers: { js: UNSEEN, java: UNSEEN },
    instead: NAME,
  },
  'odd-credentials-name': {
    found: 'a name with characters that not every reader takes',
    readers: { java: UNSEEN },
    instead: NAME,
  },
  'two-word-name': {
    found: 'a name of two words',
    readers: { js: UNSEEN, java: UNSEEN },
    instead: NAME,
  },
  'proto-name': {
    found: 'a name that JavaScript keeps to itself',
    readers: { js: REFUSED },
    instead: 'choose another',
  },
  'misspelt-type': {
    found: 'more letters than in profile, sso-session or services',
    readers: { js: UNSEEN, go: UNSEEN, java: UNSEEN },
    instead: 'write that word alone',
  },
  'bare-name': {
    found: 'not read',
    readers: {},
    instead: "a profile's header in the config file reads [profile NAME]",
  },
  'dotted-type': {
    found: 'not read',
    readers: { js: READ },
    instead: "a profile's header in the config file reads [profile NAME]",
  },
  'unknown-type': {
    found: 'not read',
    readers: {},
    instead:
      'the headers of the config file are [profile NAME], [sso-session NAME], [services NAME]',
  },
  'words-in-name': {
    found: 'not read, for a name of several words has to stand in quotes',
    readers: { go: READ },
    instead: 'choose a name without blanks and quotes',
  },
  'unusable-name': {
    found: 'not read, for its name is empty or has characters that nobody can see',
    readers: { botocore: READ, go: READ },
    instead: NAME,
  },
  'unusable-credentials-name': {
    found: 'not read, for its name has characters that nobody can see',
    readers: { botocore: READ, js: READ, go: READ },
    instead: NAME,
  },
  'typed-in-credentials': {
    found: 'not read',
    readers: { botocore: IN_NAME, js: IN_NAME },
    instead: "a profile's header in the credentials file reads [NAME]",
  },
  'quotes-in-credentials': {
    found: 'not read, for a name in the credentials file is written without quotes',
    readers: { botocore: IN_NAME, js: IN_NAME, go: IN_NAME },
    instead: 'remove them',
  },
} as const satisfies Readonly<Record<string, Tolerance>>;

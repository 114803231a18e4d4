import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import { SECTION_KINDS, type SectionKind } from './assume-schema.js';
import { explainName } from './names.js';

/** What a header says: `[account acme/production]` is the account `production` of `acme`. */
export interface Header {
  readonly kind: SectionKind;
  readonly name: string;
  /** `null` where the header names none; its key `customer` may still. */
  readonly customer: string | null;
}

/** How each kind is written, and how many names it takes with slashes between them. */
const FORMS: Readonly<Record<SectionKind, { form: string; fewest: number; most: number }>> = {
  settings: { form: '[settings]', fewest: 0, most: 0 },
  identity: { form: '[identity NAME]', fewest: 1, most: 1 },
  customer: { form: '[customer NAME]', fewest: 1, most: 1 },
  account: { form: '[account NAME] or [account CUSTOMER/NAME]', fewest: 1, most: 2 },
  role: { form: '[role NAME]', fewest: 1, most: 1 },
  target: {
    form: '[target ACCOUNT/ROLE] or [target CUSTOMER/ACCOUNT/ROLE]',
    fewest: 2,
    most: 3,
  },
};

/** Reads the text between the brackets; what is wrong with it is told by a function. */
export function parseHeader(text: string): Header | { readonly problem: () => string } {
  const [, word = text, name = ''] = /^(\S+)\s+([^]*)$/.exec(text) ?? [];
  const kind = SECTION_KINDS.find((candidate) => candidate === word);
  if (!kind) return { problem: () => noSuch('kind of section', word, SECTION_KINDS) };
  const parts = name === '' ? [] : name.split('/');
  const { form, fewest, most } = FORMS[kind];
  if (parts.length < fewest || parts.length > most) {
    return { problem: () => `a section of that kind reads ${form}` };
  }
  const wrong = parts.map(explainName).find((explained) => explained !== null);
  if (wrong !== undefined) return { problem: () => `a name in the header ${wrong}` };
  const [customer = null, own = name] = kind === 'account' && parts.length === 2 ? parts : [];
  return { kind, name: own, customer };
}

/** That there is no such word, and which one was meant. */
export function noSuch(what: string, word: string, words: readonly string[]): string {
  const [near] = nearestNames(word, words, 1);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `there is no ${what} "${shownWord(word)}"${hint}`;
}

/** Text that was meant as a word of ours; no more of it than such a word has: it may be a secret. */
export function shownWord(word: string): string {
  return visible(word.length > 24 ? `${word.slice(0, 12)}…` : word);
}

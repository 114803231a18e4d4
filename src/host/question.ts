import input from '@inquirer/input';
import password from '@inquirer/password';
import search, { Separator } from '@inquirer/search';
import { cutMiddle } from '../columns.js';
import { visible } from '../visible.js';
import type { Choice, Layout } from './host.js';

/** A question as it is put to a terminal, which is that many columns wide now. */
export type Question<T> = (
  context: NonNullable<Parameters<typeof input>[1]>,
  columns: () => number,
) => Promise<T>;

const PAGE_ROWS = 12;
const MOST_MATCHES = 50;
/** The mark before a choice, and the last column, after which some terminals begin a new line. */
const MARGIN = 3;

/** One line that is not shown; no key makes it visible. */
export function hidden(message: string): Question<string> {
  const question = { message: visible(message), mask: '*', toggleMask: false } as const;
  return (context) => password(question, context);
}

/** One line of text. */
export function text(message: string): Question<string> {
  return (context) => input({ message: visible(message) }, context);
}

/** One of a list that shrinks as its words are typed. */
export function oneOf<T>(
  message: string,
  choices: readonly Choice<T>[],
  layout: Layout = (width) => choices.map(({ name }) => cutMiddle(visible(name), width)),
): Question<T> {
  return (context, columns) =>
    search(
      {
        message: visible(message),
        pageSize: PAGE_ROWS,
        source: (typed) => {
          const lines = layout(columns() - MARGIN);
          const rows = choices.map((choice, at) => ({ ...choice, line: lines[at] ?? choice.name }));
          const { shown, more } = matchChoices(rows, typed ?? '');
          const rest = more === 0 ? [] : [new Separator(`… ${more.toString()} more`)];
          return [...shown.map(row), ...rest];
        },
      },
      context,
    );
}

/** What can be picked, and the line that shows it. */
interface Row<T> extends Choice<T> {
  readonly line: string;
}

/**
 * The rows in which every typed word is found, in their order, and how many more there are. The Tab
 * key types a whole line, cut as it may be.
 */
export function matchChoices<T>(
  rows: readonly Row<T>[],
  typed: string,
): { shown: Row<T>[]; more: number } {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = rows.filter(
    ({ haystack, line }) => line === typed || words.every((word) => haystack.includes(word)),
  );
  return {
    shown: matches.slice(0, MOST_MATCHES),
    more: Math.max(0, matches.length - MOST_MATCHES),
  };
}

function row<T>({ line, name, value, description }: Row<T>) {
  return {
    name: visible(line),
    short: visible(name),
    value,
    description: description === undefined ? '' : visible(description),
  };
}

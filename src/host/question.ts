import type { createPromptModule } from 'inquirer';
import { visible } from '../visible.js';
import type { Choice } from './host.js';

/** A question as it is put to a terminal. */
export type Question<T> = (prompt: ReturnType<typeof createPromptModule<never>>) => Promise<T>;

const PAGE_ROWS = 12;
const MOST_MATCHES = 50;

/** One line that is not shown; no key makes it visible. */
export function hidden(message: string): Question<string> {
  return async (prompt) => {
    const question = { message: visible(message), mask: '*', toggleMask: false } as const;
    const { answer } = await prompt<{ answer: string }>([
      { type: 'password', name: 'answer', ...question },
    ]);
    return answer;
  };
}

/** One line of text. */
export function text(message: string): Question<string> {
  return async (prompt) => {
    const { answer } = await prompt<{ answer: string }>([
      { type: 'input', name: 'answer', message: visible(message) },
    ]);
    return answer;
  };
}

/** One of a list that shrinks as its words are typed. */
export function oneOf<T>(message: string, choices: readonly Choice<T>[]): Question<T> {
  return async (prompt) => {
    const { default: inquirer } = await import('inquirer');
    const { answer } = await prompt<{ answer: () => T }>([
      {
        type: 'search',
        name: 'answer',
        message: visible(message),
        pageSize: PAGE_ROWS,
        source: (typed) => {
          const { shown, more } = matchChoices(choices, typed ?? '');
          const rest = more === 0 ? [] : [new inquirer.Separator(`… ${more.toString()} more`)];
          return [...shown.map(row), ...rest];
        },
      },
    ]);
    return answer();
  };
}

/** The choices in which every typed word is found, in their order, and how many more there are. */
export function matchChoices<T>(
  choices: readonly Choice<T>[],
  typed: string,
): { shown: Choice<T>[]; more: number } {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = choices.filter(({ haystack }) => words.every((word) => haystack.includes(word)));
  return {
    shown: matches.slice(0, MOST_MATCHES),
    more: Math.max(0, matches.length - MOST_MATCHES),
  };
}

function row<T>(choice: Choice<T>) {
  const description = choice.description === undefined ? '' : visible(choice.description);
  return { name: visible(choice.name), value: () => choice.value, description };
}

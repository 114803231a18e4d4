import { closeSync, fstatSync, openSync } from 'node:fs';
import { isInForeground, terminalName } from './foreground.js';
import type { Choice, Layout, Terminal } from './host.js';
import type { Question } from './question.js';
import { showOnTerminal, terminalRows } from './show-on-terminal.js';
import { TERMINAL_INPUT } from './terminal-device.js';

type Questions = typeof import('./question.js');

/** The terminal that controls this process. Nothing is opened before somebody asks. */
export function createTerminal(): Terminal {
  let name: string | null | undefined;
  return {
    get canAsk() {
      return whyNot() === null;
    },
    get whyNot() {
      return whyNot() ?? 'there is nothing against it';
    },
    get stdinIsTerminal() {
      return isTerminal(0);
    },
    get stdoutIsTerminal() {
      return isTerminal(1);
    },
    get stderrIsTerminal() {
      return isTerminal(2);
    },
    get stdoutColumns() {
      return isTerminal(1) ? process.stdout.columns : null;
    },
    get name() {
      return name === undefined ? (name = terminalName()) : name;
    },
    get rows() {
      return terminalRows();
    },
    show: showOnTerminal,
    askHidden: (question) => put(({ hidden }) => hidden(question)),
    askText: (question) => put(({ text }) => text(question)),
    choose: <T>(question: string, choices: readonly Choice<T>[], layout?: Layout) =>
      put(({ oneOf }) => oneOf(question, choices, layout)),
  };
}

/** Most runs ask nothing. */
async function put<T>(make: (questions: Questions) => Question<T>): Promise<T> {
  const { ask } = await import('./prompt.js');
  return ask(make(await import('./question.js')), canStop());
}

/**
 * A shell that captures what we print, as our hook does, waits for the end of it and never learns
 * that we were stopped: it would hang, and the terminal show what is typed.
 */
function canStop(): boolean {
  return process.platform !== 'win32' && isTerminal(1);
}

/** Looked at afresh each time: `fg` and `bg` change the answer. */
function whyNot(): string | null {
  try {
    closeSync(openSync(TERMINAL_INPUT, 'r+'));
  } catch {
    return 'there is no terminal';
  }
  return isInForeground() ? null : 'this process is in the background of its terminal';
}

/** Node's own answer takes long to load, and no file or pipe needs it. */
function isTerminal(descriptor: number): boolean {
  return isCharacterDevice(descriptor) && process.getBuiltinModule('node:tty').isatty(descriptor);
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return process.platform === 'win32' || fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

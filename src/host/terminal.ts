import { closeSync, openSync } from 'node:fs';
import { isInForeground, terminalName } from './foreground.js';
import type { Choice, Layout, Terminal } from './host.js';
import { ask } from './prompt.js';
import { hidden, oneOf, text } from './question.js';
import { showOnTerminal, terminalRows } from './show-on-terminal.js';
import { TERMINAL_INPUT } from './terminal-device.js';

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
    get name() {
      return name === undefined ? (name = terminalName()) : name;
    },
    get rows() {
      return terminalRows();
    },
    show: showOnTerminal,
    askHidden: (question) => ask(hidden(question), canStop()),
    askText: (question) => ask(text(question), canStop()),
    choose: <T>(question: string, choices: readonly Choice<T>[], layout?: Layout) =>
      ask(oneOf(question, choices, layout), canStop()),
  };
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

function isTerminal(descriptor: number): boolean {
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}

import { AssumeError } from '../errors.js';
import { endAs } from './end-as.js';
import { areSignalsHeld } from './hold-signals.js';
import type { Question } from './question.js';
import { openTerminalDevice, type TerminalDevice } from './terminal-device.js';

/** Of a terminal that does not know how wide it is. */
const USUAL_COLUMNS = 80;

/** Why a question ended without an answer; after the last two it is asked again. */
type Interruption = 'cancelled' | 'suspended' | 'resumed';

/**
 * Asks on the terminal itself, never through our streams, and leaves the terminal as it was: cooked,
 * echoing, and read by nobody.
 *
 * @param canStop - Ctrl-Z stops us until the shell continues us; else that key does nothing.
 * @throws AssumeError `CANCELLED` on Ctrl-C, Ctrl-D or when the terminal goes away.
 */
export async function ask<T>(question: Question<T>, canStop: boolean): Promise<T> {
  for (;;) {
    const end = await askOnce(question, canStop);
    if (typeof end !== 'string') return end.answer;
    if (end === 'cancelled') throw new AssumeError('CANCELLED', 'cancelled');
    // The whole group, as the terminal does it: a shell waiting for a script of which we are a part
    // would else never learn of it. Returns once `fg` has continued us, or at once if nobody could.
    if (end === 'suspended') process.kill(0, 'SIGTSTP');
  }
}

async function askOnce<T>(
  question: Question<T>,
  canStop: boolean,
): Promise<{ answer: T } | Interruption> {
  const stop = new AbortController();
  let why: Interruption = 'cancelled';
  const interrupt = (interruption: Interruption): void => {
    why = interruption;
    stop.abort();
  };
  const device = openTerminalDevice(canStop, interrupt);
  const letGo = handleSignals(device, interrupt);
  try {
    const { keys: input, output } = device;
    const context = { input, output, signal: stop.signal };
    return { answer: await question(context, () => output.columns || USUAL_COLUMNS) };
  } catch (thrown) {
    if (stop.signal.aborted) return why;
    throw thrown;
  } finally {
    letGo();
    await device.close();
  }
}

/** Whatever ends or stops us, the terminal must not stay without echo. */
function handleSignals(
  device: TerminalDevice,
  interrupt: (interruption: Interruption) => void,
): () => void {
  const die = (signal: NodeJS.Signals): void => {
    if (areSignalsHeld()) {
      interrupt('cancelled');
      return;
    }
    device.restore();
    void endAs({ signal });
  };
  const handlers: [NodeJS.Signals, (signal: NodeJS.Signals) => void][] = [
    ['SIGTERM', die],
    ['SIGHUP', die],
    ['SIGQUIT', die],
    [
      'SIGINT',
      () => {
        interrupt('cancelled');
      },
    ],
    // Stopped from outside, the shell took raw mode away: start over.
    [
      'SIGCONT',
      () => {
        interrupt('resumed');
      },
    ],
  ];
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of handlers) process.removeListener(signal, handler);
  };
}

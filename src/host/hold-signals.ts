import type { HeldSignals } from './host.js';

const ENDING = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;

/** Notes the signals that would end us, until they are let go. */
export function holdSignals(): HeldSignals {
  let received: NodeJS.Signals | null = null;
  const note = (signal: NodeJS.Signals): void => {
    received ??= signal;
  };
  for (const signal of ENDING) process.on(signal, note);
  return {
    get received() {
      return received;
    },
    letGo: () => {
      for (const signal of ENDING) process.removeListener(signal, note);
    },
  };
}

import type { HeldSignals } from './host.js';

const ENDING = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;

let holders = 0;

/** Tells whether a signal that would end us leaves that to whoever holds it. */
export function areSignalsHeld(): boolean {
  return holders > 0;
}

/** Notes the signals that would end us, until they are let go. */
export function holdSignals(): HeldSignals {
  let received: NodeJS.Signals | null = null;
  const note = (signal: NodeJS.Signals): void => {
    received ??= signal;
  };
  holders++;
  for (const signal of ENDING) process.on(signal, note);
  return {
    get received() {
      return received;
    },
    letGo: () => {
      holders--;
      for (const signal of ENDING) process.removeListener(signal, note);
    },
  };
}

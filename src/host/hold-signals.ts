import type { HeldSignals } from './host.js';

const ENDING = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;

const HOLDERS = Symbol.for('assume-cli.signal-holders');

/** One number for all chunks that this module is bundled into. */
const shared: Record<symbol, number | undefined> = globalThis;

/** Tells whether a signal that would end us leaves that to whoever holds it. */
export function areSignalsHeld(): boolean {
  return (shared[HOLDERS] ?? 0) > 0;
}

/** Notes the signals that would end us, until they are let go. */
export function holdSignals(): HeldSignals {
  let received: NodeJS.Signals | null = null;
  const note = (signal: NodeJS.Signals): void => {
    received ??= signal;
  };
  shared[HOLDERS] = (shared[HOLDERS] ?? 0) + 1;
  for (const signal of ENDING) process.on(signal, note);
  return {
    get received() {
      return received;
    },
    letGo: () => {
      shared[HOLDERS] = (shared[HOLDERS] ?? 0) - 1;
      for (const signal of ENDING) process.removeListener(signal, note);
    },
  };
}

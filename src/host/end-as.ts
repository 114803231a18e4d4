import type { ChildEnd } from './host.js';

/**
 * Their default is a core dump, and ours would hold credentials: for these our status says it, as a
 * shell's would.
 */
const DUMP_CORE = 'SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGSEGV SIGXCPU SIGXFSZ SIGSYS';

/** How long a signal to ourselves may take; it is delivered at once unless it was blocked. */
const PATIENCE_MS = 200;

/**
 * Ends this process as that child ended: with its status, or killed by its signal, so that whoever
 * waits for us (a shell's loop, make) sees the truth.
 */
export async function endAs(end: ChildEnd): Promise<never> {
  if ('status' in end) process.exit(end.status);
  const { signal } = end;
  if (!DUMP_CORE.split(' ').includes(signal)) {
    restoreDefault(signal);
    process.kill(process.pid, signal);
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }
  const { constants } = process.getBuiltinModule('node:os');
  process.exit(128 + constants.signals[signal]);
}

/** A listener that was there and went leaves the system's default, even where Node had its own. */
function restoreDefault(signal: NodeJS.Signals): void {
  if (signal === 'SIGKILL' || signal === 'SIGSTOP') return;
  process.on(signal, () => undefined);
  process.removeAllListeners(signal);
}

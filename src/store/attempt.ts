import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';

/**
 * The text of a file of ours that only spares work; `null` where there is none, or where it is not
 * ours to read, as after a run as root.
 */
export function readIfOurs(host: Host, path: string): string | null {
  try {
    return host.files.readText(path);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}

const TOLD = Symbol.for('assume-cli.losses-told');

/**
 * Does what only spares work later, such as noting a target. A full disk or a read-only HOME is
 * told, once a run, and does not stop a switch. `--quiet` does not silence it: it is no notice but a
 * loss, and the next run asks again what this one was told.
 */
export function attempt(host: Host, what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    tellFailure(host, what, error);
  }
}

/** The same for work that takes its time, such as keeping a session. */
export async function attemptLater(
  host: Host,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    tellFailure(host, what, error);
  }
}

/**
 * Tells that something is lost which only spares work. The first of a run is told alone: what follows
 * has the same cause, and is of no more use to know.
 */
export function tellLoss(host: Host, text: string): void {
  const told = toldHosts();
  if (told.has(host)) return;
  told.add(host);
  host.stderr(`assume: ${text}\n`);
}

function tellFailure(host: Host, what: string, error: unknown): void {
  if (!isAssumeError(error)) throw error;
  tellLoss(host, `could not ${what}: ${error.message}`);
}

/** One set for all chunks that this module is bundled into. */
function toldHosts(): WeakSet<Host> {
  const shared: Record<symbol, WeakSet<Host> | undefined> = globalThis;
  return (shared[TOLD] ??= new WeakSet());
}

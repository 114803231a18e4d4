import type { Host, ProcessRecord } from './host.js';
import { parseObject } from './parse-object.js';

/** A lock file as it was read: one holding by one process. */
export interface Holding {
  readonly text: string;
  /** Of this one holding; `unreadable` when the text is no record, as after a power failure. */
  readonly nonce: string;
  readonly holder: ProcessRecord | null;
}

/** How long a lock stays when nothing can be known of its holder: time for a person to type a code. */
const UNKNOWN_HOLDER_MS = 10 * 60_000;

/** A new holding by this process. */
export function newHolding(host: Host): Holding {
  const { pid, startTime, bootId, hostName } = host.processes.self;
  const holder = { pid, startTime, bootId, hostName };
  const nonce = host.randomBytes(16).toString('hex');
  return { text: `${JSON.stringify({ ...holder, nonce })}\n`, nonce, holder };
}

/** Who holds the lock; `null` when nobody does. */
export function readHolding(host: Host, lockFile: string): Holding | null {
  const text = host.files.readText(lockFile);
  if (text === null) return null;
  const { nonce, ...holder } = parseRecord(text) ?? {};
  if (nonce === undefined || !('pid' in holder)) return { text, nonce: 'unreadable', holder: null };
  return { text, nonce, holder };
}

function parseRecord(text: string): (ProcessRecord & { nonce: string }) | null {
  const { pid, startTime, bootId, hostName, nonce } = parseObject(text) ?? {};
  const isPid = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
  const isNonce = typeof nonce === 'string' && /^[0-9a-f]{32}$/.test(nonce);
  if (!isPid || !isNonce || typeof hostName !== 'string') return null;
  return { pid, startTime: textOrNull(startTime), bootId: textOrNull(bootId), hostName, nonce };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/**
 * Tells whether the holder can do nothing any more. Where it can't be asked (another machine), only
 * the file's age speaks.
 */
export function isHolderDead(host: Host, lockFile: string, { holder }: Holding): boolean {
  if (holder === null) return true;
  const state = host.processes.state(holder);
  if (state !== 'unknown') return state === 'dead';
  const written = host.files.facts(lockFile)?.modified ?? host.now();
  return host.now().getTime() - written.getTime() > UNKNOWN_HOLDER_MS;
}

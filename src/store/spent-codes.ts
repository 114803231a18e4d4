import { createHmac } from 'node:crypto';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { readIfOurs } from './attempt.js';
import { findMemoryDirectory } from './memory-directory.js';

/** A TOTP step, and for how many of them a code may still be accepted by AWS. */
const STEP_MS = 30_000;
const STEPS = 3;

/** MFA codes that were sent to AWS: it takes each only once. */
export interface SpentCodes {
  has(serial: string, code: string): boolean;
  add(serial: string, code: string): void;
}

/**
 * Remembers codes for 90 seconds as keyed hashes, one a device and step. Where nothing can be
 * written, nothing is remembered, and AWS itself refuses the second use.
 */
export function openSpentCodes(host: Host): SpentCodes {
  const directory = findMemoryDirectory(host).path ?? ownDirectory(host, 'state');
  const steps = (): number[] => {
    const step = Math.floor(host.now().getTime() / STEP_MS);
    return Array.from({ length: STEPS + 1 }, (_, back) => step - back);
  };
  return {
    has: (serial, code) => {
      const key = directory === null ? null : readIfOurs(host, `${directory}/spent.key`);
      if (directory === null || key === null) return false;
      const spent = new Set(readHashes(host, directory));
      return steps().some((step) => spent.has(hash(key, serial, code, step)));
    },
    add: (serial, code) => {
      if (directory === null) return;
      host.files.makePrivateDirectory(directory);
      const key = readKey(host, directory);
      const [now = 0, ...before] = steps();
      const recent = readHashes(host, directory).filter((row) =>
        [now, ...before].some((step) => row.startsWith(`${String(step)} `)),
      );
      const rows = [...recent, hash(key, serial, code, now)];
      host.files.writePrivate(`${directory}/spent.codes`, rows.join('\n'));
    },
  };
}

function readKey(host: Host, directory: string): string {
  const path = `${directory}/spent.key`;
  const key = host.files.readText(path);
  if (key !== null) return key;
  const fresh = host.randomBytes(32).toString('hex');
  host.files.writePrivate(path, fresh);
  return fresh;
}

function readHashes(host: Host, directory: string): string[] {
  return readIfOurs(host, `${directory}/spent.codes`)?.split('\n') ?? [];
}

function hash(key: string, serial: string, code: string, step: number): string {
  const text = JSON.stringify([serial, code, step]);
  return `${String(step)} ${createHmac('sha256', key).update(text).digest('hex')}`;
}

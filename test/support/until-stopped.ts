import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';

/**
 * Waits until the process has stopped. A shell says `Stopped` once its own child has; what that
 * child has started may not have run yet, is still reading from the terminal, and would be given
 * the next line that is typed.
 */
export async function untilStopped(pid: number): Promise<void> {
  const state = () => execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  await expect.poll(state, { timeout: 10_000 }).toMatch(/^T/);
}

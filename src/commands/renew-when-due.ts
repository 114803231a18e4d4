import { timeLeft } from '../delivery/switch-line.js';
import { formatScript } from '../delivery/export.js';
import { findDialect } from '../dialect/dialects.js';
import { isAssumeError, type ErrorCode } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';

/** What only a person can give, as words that follow "renewing it". */
const NEEDS: Partial<Record<ErrorCode, string>> = {
  MFA_NEEDED: 'needs a code',
  LOGIN_NEEDED: 'needs a login',
};

/** Tells whether the hook renews before a command, and nobody typed it. */
export function isRenewedByHook(host: Host): boolean {
  return Boolean(host.env['ASSUME_RENEWAL']);
}

/**
 * Renews where nobody asked for it: a failure is one line, told once for these credentials, and no
 * error. The hook tries again in silence, since a login elsewhere may have made it possible. That it
 * was told is remembered in the shell itself: the next switch removes the variable.
 */
export async function renewWhenDue(host: Host, renew: () => Promise<number>): Promise<number> {
  try {
    return await renew();
  } catch (error) {
    if (!isAssumeError(error) || error.code === 'READER_GONE') throw error;
    const dialect = findDialect(host.env['ASSUME_SHELL'] ?? '');
    const expiration = host.env['ASSUME_EXPIRATION'] ?? '';
    if (!dialect || host.env['ASSUME_RENEW_TOLD'] === expiration) return 0;
    const why = NEEDS[error.code] ?? 'failed; to see why';
    host.stderr(`assume: ${howLong(host, expiration)}; renewing it ${why}: assume renew\n`);
    host.stdout(formatScript(dialect, { ASSUME_RENEW_TOLD: expiration }));
    return 0;
  }
}

function howLong(host: Host, expiration: string): string {
  const target = visible(host.env['ASSUME_TARGET'] ?? '');
  const end = new Date(expiration);
  return end > host.now()
    ? `${target} ends in ${timeLeft(end, host.now())}`
    : `${target} has ended`;
}

import type { Answer } from '../assume.js';
import { formatDuration } from '../config/duration.js';
import type { Credentials } from '../credentials.js';
import type { Host } from '../host/host.js';
import type { Target } from '../target/target.js';
import { visible } from '../visible.js';

/** One line on where the person is now: customer, account and its ID, role, region, time left. */
export function formatSwitch(
  target: Target,
  { credentials, accountId }: Answer,
  host: Host,
): string {
  const account = [target.accountName, accountId].filter((part) => part !== null).join(' ');
  const left = credentials.expiration && timeLeft(credentials.expiration, host.now());
  const parts = [
    target.customer,
    account === '' ? null : account,
    target.roleName ?? `identity ${target.identity.name}`,
    target.region?.value ?? 'no region',
    left === null ? lasting(credentials) : `${left} left`,
    target.isProtected.value ? 'protected' : null,
  ];
  const facts = parts.filter((part) => part !== null).map(visible);
  return `assume: ${visible(target.name)}: ${facts.join(', ')}\n`;
}

/** What stands for the time left where nobody says when the credentials end. */
function lasting({ sessionToken }: Credentials): string {
  return sessionToken === null ? 'long-term keys' : 'temporary, for a time that nobody told';
}

/** To the minute, or to the second in the last two: `59m`, `1h30m`, `45s`. */
export function timeLeft(expiration: Date, now: Date): string {
  const seconds = Math.max(0, (expiration.getTime() - now.getTime()) / 1000);
  return formatDuration(seconds < 120 ? seconds : Math.floor(seconds / 60) * 60);
}

import type { Answer } from '../assumption.js';
import { formatDuration } from '../config/duration.js';
import type { Credentials } from '../credentials.js';
import type { Host } from '../host/host.js';
import type { ShownTarget } from '../plan/shown-target.js';
import { visible } from '../visible.js';

/** One line on where the person is now: customer, account and its ID, role, region, time left. */
export function formatSwitch(
  shown: ShownTarget,
  { credentials, accountId }: Answer,
  host: Host,
): string {
  const account = [shown.accountName, accountId].filter((part) => part !== null).join(' ');
  const left = credentials.expiration && timeLeft(credentials.expiration, host.now());
  const parts = [
    shown.customer,
    account === '' ? null : account,
    shown.roleName ?? `identity ${shown.identityName}`,
    shown.region ?? 'no region',
    left === null ? lasting(credentials) : `${left} left`,
    shown.isProtected ? 'protected' : null,
  ];
  const facts = parts.filter((part) => part !== null).map(visible);
  return `assume: ${visible(shown.name)}: ${facts.join(', ')}\n`;
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

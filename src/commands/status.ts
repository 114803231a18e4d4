import { readConfig, type Config } from '../config/config.js';
import { timeLeft } from '../delivery/switch-line.js';
import type { Environment, Host } from '../host/host.js';
import { readLiveEntries } from '../store/live-entries.js';
import type { SecretStore } from '../store/secret-store.js';
import type { EntryFacts } from '../store/cache-entry.js';
import { readSsoToken } from '../store/sso-tokens.js';
import { findStore } from '../store/stores.js';
import { ssoSessionsOf } from '../target/sso-sessions.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';

/** What this shell is, and what is kept of every identity; calls nothing. */
export const command: Command = {
  run: ({ options }, host) => {
    const config = readConfig(host);
    const store = findStore({ host, config, options, lockWaitMs: null });
    const kept = readLiveEntries(host, store).sort(
      (a, b) => Number(a.kind === 'role') - Number(b.kind === 'role'),
    );
    const live = [...liveLogins(config, host), ...kept];
    const shell = shellOf(host.env);
    host.stdout(
      options.json
        ? `${visibleJson(statusJson(shell, live, store))}\n`
        : formatStatus(shell, live, store, host),
    );
    return Promise.resolve(0);
  },
};

/** A kept entry, or a login at AWS that AWS's tools share. */
type Live = Pick<EntryFacts, 'identity' | 'target' | 'roleArn' | 'mfaSerial' | 'keptUntil'> & {
  readonly kind: EntryFacts['kind'] | 'login';
};

interface Shell {
  readonly target: string;
  readonly roleArn: string | null;
  readonly accountId: string | null;
  readonly expiration: string | null;
}

/** The target that this shell belongs to, by what was delivered into its environment. */
function shellOf(env: Environment): Shell | null {
  const target = env['ASSUME_TARGET'];
  if (!target) return null;
  return {
    target,
    roleArn: env['ASSUME_ROLE_ARN'] ?? null,
    accountId: env['ASSUME_ACCOUNT_ID'] ?? null,
    expiration: env['ASSUME_EXPIRATION'] ?? null,
  };
}

function liveLogins(config: Config, host: Host): Live[] {
  const now = host.now();
  return ssoSessionsOf(config.aws).flatMap((session): Live[] => {
    const token = readSsoToken(host, session);
    if (!token || token.expiration <= now) return [];
    const nothing = { target: null, roleArn: null, mfaSerial: null };
    const identity = session.session ?? session.startUrl;
    return [{ kind: 'login', identity, ...nothing, keptUntil: token.expiration }];
  });
}

function statusJson(shell: Shell | null, live: readonly Live[], store: SecretStore): object {
  return {
    version: 1,
    shell,
    sessions: live.map(({ kind, identity, target, roleArn, keptUntil }) => ({
      kind,
      identity,
      target,
      roleArn,
      expiration: keptUntil,
    })),
    store: { name: store.name, path: store.path, reason: store.reason },
  };
}

function formatStatus(
  shell: Shell | null,
  live: readonly Live[],
  store: SecretStore,
  host: Host,
): string {
  const now = host.now();
  const sessions = live.map((entry) => {
    return `  ${visible(whatIs(entry))}: ${timeLeft(entry.keptUntil, now)} left`;
  });
  const place = store.path === null ? 'nowhere' : visible(store.path);
  return [
    `this shell: ${shell === null ? 'belongs to no target' : formatShell(shell, now)}`,
    sessions.length === 0 ? 'sessions: none' : 'sessions:',
    ...sessions,
    `kept in: ${place} (${visible(store.reason)})`,
    '',
  ].join('\n');
}

function whatIs({ kind, identity, target, roleArn, mfaSerial }: Live): string {
  switch (kind) {
    case 'login':
      return `login to ${identity}`;
    case 'identity':
      return `credentials of ${identity}`;
    case 'session':
      return `${mfaSerial === null ? 'session' : 'MFA session'} of ${identity}`;
    case 'role':
      return `${target ?? roleArn ?? 'role'}, from ${identity}`;
  }
}

function formatShell({ target, accountId, expiration }: Shell, now: Date): string {
  const until = new Date(expiration ?? Number.NaN);
  const left = Number.isFinite(until.getTime())
    ? until > now
      ? `, ${timeLeft(until, now)} left`
      : ', expired'
    : '';
  return `${visible(target)}${accountId === null ? '' : ` in account ${visible(accountId)}`}${left}`;
}

import { readConfig } from '../config/config.js';
import { timeLeft } from '../delivery/switch-line.js';
import type { Environment, Host } from '../host/host.js';
import type { SecretStore } from '../store/secret-store.js';
import { makeSessionCache, type CacheEntry } from '../store/session-cache.js';
import { openStore } from '../store/stores.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';

/** What this shell is, and what is kept of every identity; calls nothing. */
export const command: Command = {
  run: ({ options }, host) => {
    const store = openStore(readConfig(host), host);
    const live = liveEntries(store, host);
    const shell = shellOf(host.env);
    host.stdout(
      options.json
        ? `${visibleJson(statusJson(shell, live, store))}\n`
        : formatStatus(shell, live, store, host),
    );
    return Promise.resolve(0);
  },
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

function liveEntries(store: SecretStore, host: Host): CacheEntry[] {
  const now = host.now();
  return makeSessionCache(store)
    .all()
    .map(({ entry }) => entry)
    .filter((entry) => entry.keptUntil > now)
    .sort((a, b) => Number(a.kind === 'role') - Number(b.kind === 'role'));
}

function statusJson(shell: Shell | null, live: readonly CacheEntry[], store: SecretStore): object {
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
  live: readonly CacheEntry[],
  store: SecretStore,
  host: Host,
): string {
  const now = host.now();
  const sessions = live.map((entry) => {
    const what =
      entry.kind === 'session'
        ? `${entry.mfaSerial === null ? 'session' : 'MFA session'} of ${entry.identity}`
        : `${entry.target ?? entry.roleArn ?? 'role'}, from ${entry.identity}`;
    return `  ${visible(what)}: ${timeLeft(entry.keptUntil, now)} left`;
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

function formatShell({ target, accountId, expiration }: Shell, now: Date): string {
  const until = new Date(expiration ?? Number.NaN);
  const left = Number.isFinite(until.getTime())
    ? until > now
      ? `, ${timeLeft(until, now)} left`
      : ', expired'
    : '';
  return `${visible(target)}${accountId === null ? '' : ` in account ${visible(accountId)}`}${left}`;
}

import type { Request } from '../argv.js';
import { ownCliEntries } from '../aws/cli-cache.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { parseFacts } from '../store/cache-entry.js';
import { forgetPlanRecords } from '../store/plan-index.js';
import { forgetRememberedKeys } from '../store/remembered-key.js';
import type { SecretStore } from '../store/secret-store.js';
import { possibleStores } from '../store/stores.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';
import { findAwsLogins, type AwsLogin } from './logout-aws.js';
import { sayUnlessQuiet } from './say.js';

interface Kept {
  /** `null` for what cannot be read: it goes with everything else. */
  readonly identity: string | null;
  readonly expiration: Date | null;
  remove(): boolean;
}

/**
 * Forgets what is kept of an identity, wherever it may lie, the AWS CLI's cache included, and ends its
 * login at AWS. Without a configuration that can be read it still forgets.
 *
 * @throws AssumeError FAILED when something may be left, once all else is forgotten.
 */
export const command: Command = {
  run: async (request, host) => {
    const failures: AssumeError[] = [];
    collect(failures, () => {
      forgetRememberedKeys(host);
      forgetPlanRecords(host);
      return [];
    });
    const kept = [
      ...possibleStores(host).flatMap((store) => collect(failures, () => keptIn(store))),
      ...collect(failures, () => ownCliEntries(host)),
    ];
    const identities = [...new Set(kept.flatMap(({ identity }) => identity ?? []))];
    const name = request.operands[0] ?? identities[0] ?? null;
    const logins = findAwsLogins(request, host, name);
    if (kept.length === 0 && logins.length === 0) throwFirst(failures);
    const forgotten = choose(request, kept, identities, logins).flatMap((each) =>
      collect(failures, () => {
        each.remove();
        return [each];
      }),
    );
    const isWorthTelling = forgotten.length > 0 || failures.length === 0;
    if (isWorthTelling && !request.options.quiet) report(host, forgotten, logins);
    for (const login of logins) {
      await login.end();
      const text = `logged out of ${login.name}, for the AWS CLI and every other tool too`;
      sayUnlessQuiet(host, request.options, text);
    }
    throwFirst(failures);
    return 0;
  },
};

function throwFirst([first]: readonly AssumeError[]): void {
  if (!first) return;
  throw new AssumeError('FAILED', `something may be left: ${first.message}`, {
    hint: 'see what to do: assume doctor',
    cause: first,
  });
}

/** What the work gives; its failure is noted, and there is nothing. */
function collect<T>(failures: AssumeError[], work: () => T[]): T[] {
  try {
    return work();
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    failures.push(error);
    return [];
  }
}

function keptIn(store: SecretStore): Kept[] {
  return store.names().map((name) => {
    const entry = parseFacts(name, store.facts(name));
    return {
      identity: entry?.identity ?? null,
      expiration: entry?.expiration ?? null,
      remove: () => store.remove(name),
    };
  });
}

function choose(
  { operands, options }: Request,
  kept: readonly Kept[],
  identities: readonly string[],
  logins: readonly AwsLogin[],
): readonly Kept[] {
  const [name] = operands;
  if (options.all) return kept;
  if (name === undefined && identities.length <= 1) return kept;
  if (name !== undefined && (identities.includes(name) || logins.length > 0)) {
    return kept.filter(({ identity }) => identity === name);
  }
  const known = identities.map(visible).join(', ');
  const problem =
    name === undefined
      ? `there are sessions of several identities: ${known}`
      : `nothing is kept of ${visible(name)}`;
  throw new AssumeError('USAGE', problem, {
    hint:
      identities.length > 0
        ? `name one of ${known}, or say --all`
        : 'see what is kept: assume status',
  });
}

function report(host: Host, chosen: readonly Kept[], logins: readonly AwsLogin[]): void {
  const now = host.now();
  const live = chosen.flatMap(({ expiration }) => expiration ?? []).filter((end) => end > now);
  if (chosen.length === 0) {
    if (logins.length === 0) host.stderr('assume: there was nothing to forget\n');
    return;
  }
  const latest = new Date(Math.max(...live.map((end) => end.getTime())));
  const atAws =
    live.length === 0
      ? ''
      : `; credentials already handed out live at AWS until ${latest.toISOString().slice(0, 16)}Z`;
  host.stderr(`assume: forgot ${String(chosen.length)} cached sessions${atAws}\n`);
}

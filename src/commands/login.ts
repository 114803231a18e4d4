import type { Request } from '../argv.js';
import { readConfig, type Config } from '../config/config.js';
import { timeLeft } from '../delivery/switch-line.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { makePlan } from '../plan/make-plan.js';
import type { PlannedTarget } from '../plan/plan.js';
import { isAlive } from '../store/freshness.js';
import { readLearned } from '../store/learned.js';
import { makeSessionCache, sessionNames, type SessionCache } from '../store/session-cache.js';
import { openStore } from '../store/stores.js';
import { noteSurroundings } from '../surroundings.js';
import { identityTarget } from '../target/identity-target.js';
import { fromFlag } from '../target/target.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';

/** Starts the MFA session of an identity now, so that no role asks a code for as long as it lives. */
export const command: Command = {
  run: async (request, host) => {
    const config = readConfig(host);
    const cache = makeSessionCache(openStore(config, host));
    for (const name of identitiesOf(request, config))
      await login(request, host, config, cache, name);
    return 0;
  },
};

function identitiesOf({ operands, options }: Request, config: Config): (string | null)[] {
  if (!options.all) return [operands[0] ?? null];
  if (operands.length > 0) {
    throw new AssumeError('USAGE', 'an identity is named, and --all is given too', {
      hint: 'write assume login IDENTITY, or assume login --all',
    });
  }
  const names = config.assume.sections.flatMap(({ kind, name }) =>
    kind === 'identity' ? [name] : [],
  );
  return names.length > 0 ? names : [null];
}

async function login(
  request: Request,
  host: Host,
  config: Config,
  cache: SessionCache,
  name: string | null,
): Promise<void> {
  const { options } = request;
  const planned = planLogin(config, host, name, request);
  const { identity } = planned.target;
  const live = options.refresh ? null : findLive(planned, cache, host.now());
  if (live !== null) {
    say(
      host,
      request,
      `${identity.name} has an MFA session already: ${timeLeft(live, host.now())} left`,
    );
    return;
  }
  if (identity.isTemporary) {
    throw new AssumeError(
      'MFA_NEEDED',
      `${visible(identity.name)} holds temporary credentials, which can buy no MFA session`,
      { hint: 'login is for the long-term keys of an IAM user' },
    );
  }
  noteSurroundings(host, options, config, planned, cache.store);
  const { obtain } = await import('../obtain.js');
  await obtain({
    ...{ host, config, options, planned, cache, lockWaitMs: null },
    ...{ renews: false, isGood: () => false, newSession: options.refresh === true },
  });
  // Planned again: the device may have been learned meanwhile.
  const kept = findLive(planLogin(config, host, name, request), cache, host.now());
  if (kept === null) {
    throw new AssumeError(
      'FAILED',
      `${visible(identity.name)} has an MFA session, but it could not be kept`,
      {
        hint: 'see why: assume doctor',
      },
    );
  }
  say(
    host,
    request,
    `logged in as ${identity.name}: MFA session with ${timeLeft(kept, host.now())} left`,
  );
}

function planLogin(
  config: Config,
  host: Host,
  name: string | null,
  { options }: Request,
): PlannedTarget {
  const target = identityTarget(config, host, name, options);
  const mfa = { value: 'required', origin: fromFlag('login') } as const;
  const learned = readLearned(host, target.identity.accessKeyId?.value ?? null);
  return makePlan({ ...target, mfa }, learned, false);
}

function findLive({ plan }: PlannedTarget, cache: SessionCache, now: Date): Date | null {
  if (plan.accessKeyId === null) return null;
  const [name] = sessionNames(plan, plan.accessKeyId);
  const entry = name === undefined ? null : cache.read(name);
  return entry?.madeUnder === plan.accessKeyId && isAlive(entry, now) ? entry.keptUntil : null;
}

function say(host: Host, { options }: Request, text: string): void {
  if (!options.quiet) host.stderr(`assume: ${visible(text)}\n`);
}

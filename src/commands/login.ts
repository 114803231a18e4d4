import type { Request } from '../argv.js';
import { awsContext } from '../aws/aws-context.js';
import { readConfig, type Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import type { Errand } from '../identity/identity-source.js';
import { makePlan } from '../plan/make-plan.js';
import { readLearned } from '../store/learned.js';
import { makeSessionCache, type SessionCache } from '../store/session-cache.js';
import { openStore } from '../store/stores.js';
import { noteSurroundings } from '../surroundings.js';
import { identityTarget } from '../target/identity-target.js';
import type { Command } from './command.js';
import { sayUnlessQuiet } from './say.js';

/** Logs an identity in now, so that nothing asks a person again for as long as that lasts. */
export const command: Command = {
  run: async (request, host) => {
    const config = readConfig(host);
    const { options } = request;
    const store = await openStore({ host, config, options, lockWaitMs: null });
    const cache = makeSessionCache(store, host);
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
  const names = config.assume.index.ofKind('identity').map(({ name }) => name);
  return names.length > 0 ? names : [null];
}

/** By what its source is: a login at IAM Identity Center or of `aws login`, else an MFA session. */
async function login(
  request: Request,
  host: Host,
  config: Config,
  cache: SessionCache,
  name: string | null,
): Promise<void> {
  const { options } = request;
  const target = identityTarget(config, host, name, options);
  const source = target.identity.source.value;
  if (source.kind !== 'sso' && source.kind !== 'login') {
    if (options.all && target.identity.isTemporary) {
      sayUnlessQuiet(host, options, `${target.identity.name} needs no login`);
      return;
    }
    const { startMfaSession } = await import('./login-mfa.js');
    await startMfaSession(request, host, config, cache, target);
    return;
  }
  const planned = makePlan(target, readLearned(host, target.identity), false);
  const aws = awsContext(host, planned.target);
  const errand: Errand = { host, config, options, planned, aws, cache, lockWaitMs: null };
  noteSurroundings(host, options, config, planned, cache.store);
  const { logInToAws } = await import('./login-aws.js');
  await logInToAws(errand, source);
}

import { awsContext } from '../../src/aws/aws-context.js';
import type { Options } from '../../src/argv.js';
import type { Errand } from '../../src/identity/identity-source.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { readLearned } from '../../src/store/learned.js';
import { makeNoStore } from '../../src/store/plain-store.js';
import { makeSessionCache } from '../../src/store/session-cache.js';
import { identityTarget } from '../../src/target/identity-target.js';
import { configuredHost, type UserFiles } from './configured-host.js';
import type { FakeHostOptions } from './fake-host.js';

/** What reading the identity of these files takes: no cache, and nobody else at work. */
export function errandOf(
  texts: UserFiles,
  machine: FakeHostOptions = {},
  options: Options = {},
): Errand {
  const { host, config } = configuredHost(texts, machine);
  const target = identityTarget(config, host, null, options);
  const planned = makePlan(target, readLearned(host, target.identity), false);
  const aws = awsContext(host, target);
  const cache = makeSessionCache(makeNoStore('a test'), host);
  return { host, config, options, planned, aws, cache, lockWaitMs: null };
}

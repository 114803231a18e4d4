import type { Options } from '../../src/argv.js';
import type { Walked } from '../../src/assume.js';
import type { Answer } from '../../src/assumption.js';
import { Secret } from '../../src/credentials.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { NOTHING_LEARNED } from '../../src/plan/plan.js';
import { makeShownTarget } from '../../src/plan/shown-target.js';
import { makeNoStore } from '../../src/store/plain-store.js';
import { makeSessionCache } from '../../src/store/session-cache.js';
import { findTarget } from '../../src/target/find-target.js';
import { configuredHost, type UserFiles } from './configured-host.js';
import type { FakeHost, FakeHostOptions } from './fake-host.js';

/** An hour from the fake clock's start. */
export const EXPIRATION = new Date('2026-01-02T04:04:05Z');

/** What a delivery is given: an exact target, and credentials that are plainly fake. */
export async function assumptionOf(
  texts: UserFiles,
  name: string,
  { options = {}, ...machine }: FakeHostOptions & { readonly options?: Options } = {},
): Promise<{ host: FakeHost; assumption: Walked; answer: Answer }> {
  const { host, config } = configuredHost(texts, machine);
  const target = await findTarget(config, host, { name, options, mayPick: false });
  const answer: Answer = {
    accountId: target.accountId?.value ?? null,
    credentials: {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      secretAccessKey: new Secret('fake-delivered-secret'),
      sessionToken: new Secret('fake-delivered-token'),
      expiration: EXPIRATION,
    },
  };
  const planned = makePlan(target, NOTHING_LEARNED, false);
  const assumption: Walked = {
    ...{ config, planned, shown: makeShownTarget(config, planned) },
    cache: makeSessionCache(makeNoStore('a test'), host),
    source: () => Promise.resolve(answer),
  };
  return { host, assumption, answer };
}

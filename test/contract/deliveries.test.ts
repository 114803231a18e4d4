import { expect, describe, it } from 'vitest';

import { parseArgv } from '../../src/argv.js';
import type { Walked } from '../../src/assume.js';
import type { Answer } from '../../src/assumption.js';
import { readConfig } from '../../src/config/config.js';
import { Secret } from '../../src/credentials.js';
import type { Delivery } from '../../src/delivery/delivery.js';
import { DELIVERIES } from '../../src/delivery/deliveries.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { NOTHING_LEARNED } from '../../src/plan/plan.js';
import { makeShownTarget } from '../../src/plan/shown-target.js';
import { makeNoStore } from '../../src/store/plain-store.js';
import { makeSessionCache } from '../../src/store/session-cache.js';
import { findTarget } from '../../src/target/find-target.js';
import { Ended, fakeHost, type FakeHost } from '../support/fake-host.js';

const SECRET = 'secret/of/EXAMPLE';
const TOKEN = 'token/of/EXAMPLE';

/** What is typed for each; a new delivery without a row fails. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  shell: ['prod'],
  exec: ['exec', 'prod', '--', 'terraform', 'plan'],
  export: ['export', 'prod'],
  write: ['write', 'prod'],
  'credential-process': ['credential-process', 'prod'],
};

function makeHost(): FakeHost {
  return fakeHost({
    answers: [],
    env: { HOME: '/home/jane', PATH: '/usr/bin:/bin', SHELL: '/bin/bash', AWS_PROFILE: 'other' },
    files: {
      '/home/jane/.aws/config':
        '[profile prod]\nrole_arn = arn:aws:iam::444455556666:role/prod\nsource_profile = base\nrole_session_name = jane\n',
      '/home/jane/.aws/credentials':
        '[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n',
    },
  });
}

async function deliver(delivery: Delivery<Walked>, source: () => Promise<Answer>) {
  const host = makeHost();
  const request = parseArgv(TYPED[delivery.name] ?? []);
  const config = readConfig(host);
  const { options } = request;
  const target = await findTarget(config, host, { name: 'prod', options, mayPick: false });
  const planned = makePlan(target, NOTHING_LEARNED, delivery.manner(host).renews);
  const cache = makeSessionCache(makeNoStore('a test'), host);
  const shown = makeShownTarget(config, planned);
  const assumption: Walked = { config, planned, shown, cache, source };
  delivery.check(request, host);
  const status = await delivery.deliver(assumption, request, host).catch((thrown: unknown) => {
    if (thrown instanceof Ended && 'status' in thrown.end) return thrown.end.status;
    throw thrown;
  });
  return { host, status };
}

const answer: Answer = {
  accountId: '444455556666',
  credentials: {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: new Secret(SECRET),
    sessionToken: new Secret(TOKEN),
    expiration: new Date('2026-01-02T04:04:05.678Z'),
  },
};

describe.each(DELIVERIES.map((delivery) => [delivery.name, delivery] as const))(
  'the delivery %s',
  (name, delivery) => {
    it('has a row here, and a name of its own', () => {
      expect(TYPED).toHaveProperty(name);
      expect(DELIVERIES.filter((other) => other.name === name)).toHaveLength(1);
    });

    it('asks its source once, hands all of the answer over, and ends with status 0', async () => {
      let asked = 0;
      const { host, status } = await deliver(delivery, () => {
        asked++;
        return Promise.resolve(answer);
      });
      expect([status, asked]).toEqual([0, 1]);
      const handed = [
        host.written.stdout,
        JSON.stringify(host.ran),
        host.files.readText('/home/jane/.aws/credentials'),
      ].join('\n');
      for (const part of ['ASIAIOSFODNN7EXAMPLE', SECRET, TOKEN, '2026-01-02T04:04:05Z']) {
        expect(handed).toContain(part);
      }
    });

    it('shows no secret to a person, and passes none as an argument', async () => {
      const { host } = await deliver(delivery, () => Promise.resolve(answer));
      const seen = [host.written.stderr, ...host.ran.flatMap(({ args }) => args)].join('\n');
      for (const secret of [SECRET, TOKEN]) expect(seen).not.toContain(secret);
    });

    it('gives a child none of what would be a second identity', async () => {
      const { host } = await deliver(delivery, () => Promise.resolve(answer));
      for (const { env } of host.ran) expect(env).not.toHaveProperty('AWS_PROFILE');
    });

    it('hands nothing over when its source fails', async () => {
      const failing = deliver(delivery, () => Promise.reject(new Error('refused')));
      await expect(failing).rejects.toThrow('refused');
    });

    it('asks for margins and waits that can be kept', () => {
      const manner = delivery.manner(makeHost());
      expect(manner.marginMs).toBeGreaterThanOrEqual(15 * 60_000);
      expect(manner.marginMs).toBeLessThanOrEqual(30 * 60_000);
      expect(manner.lockWaitMs ?? 0).toBeLessThan(60_000);
    });
  },
);

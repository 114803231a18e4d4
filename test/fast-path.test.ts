import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseArgv } from '../src/argv.js';
import { readConfig } from '../src/config/config.js';
import { Secret } from '../src/credentials.js';
import { isAssumeError } from '../src/errors.js';
import { fastPath } from '../src/fast-path.js';
import type { ChildEnd } from '../src/host/host.js';
import { main } from '../src/main.js';
import { makePlan } from '../src/plan/make-plan.js';
import { canonicalJson } from '../src/plan/plan-key.js';
import { entryNames } from '../src/record-plan.js';
import { readLearned } from '../src/store/learned.js';
import { makePlainStore } from '../src/store/plain-store.js';
import { makeSessionCache } from '../src/store/session-cache.js';
import { findTarget } from '../src/target/find-target.js';
import { ASSUME_INI, AWS_CONFIG, AWS_CREDENTIALS, KEYS } from './support/configured-host.js';
import { fakeHost, type FakeHost } from './support/fake-host.js';

const MEMORY = '/run/user/1000/assume';
const PLANS = '/home/jane/.cache/assume/plans';

/** A machine, what is typed at it, and in which environment. */
interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
}

/** What a user sees of a run, and whether the configuration was read for it. */
interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ran: FakeHost['ran'];
  readonly isFast: boolean;
}

const ENV = {
  HOME: '/home/jane',
  PATH: '/usr/bin:/bin',
  SHELL: '/bin/bash',
  XDG_RUNTIME_DIR: '/run/user/1000',
};

function machineOf({ files }: Case): FakeHost {
  return fakeHost({ files: { '/run/user/1000/x': '', ...files } });
}

/** A run of the whole program on that machine, as `run.ts` and `start.ts` do it. */
async function run(machine: FakeHost, { argv, env }: Case): Promise<Outcome> {
  let reads = 0;
  const process = fakeHost({ argv, env: { ...ENV, ...env } });
  const files = {
    ...machine.files,
    readText: (path: string) => {
      if (path === AWS_CREDENTIALS) reads++;
      return machine.files.readText(path);
    },
  };
  // It does not return: what we end as is what a child ended as.
  const endAs = (end: ChildEnd) =>
    Promise.resolve('status' in end ? end.status : 1) as Promise<never>;
  const processes = { ...process.processes, endAs };
  const { clock } = machine;
  const host = { ...process, files, processes, clock, now: () => clock.now() };
  const status = (await fastPath(host)) ? 0 : await main(host);
  const { stdout, stderr } = process.written;
  return { status, stdout, stderr, ran: process.ran, isFast: reads === 0 };
}

/**
 * Puts credentials into the cache that tell by themselves which plan they are the answer to.
 *
 * @returns Whether AWS would have to be asked all the same.
 */
async function seed(machine: FakeHost, { argv, env }: Case): Promise<boolean> {
  const host = { ...fakeHost({ env: { ...ENV, ...env } }), files: machine.files };
  try {
    const { options, operands } = parseArgv(argv);
    const config = readConfig(host);
    const target = await findTarget(config, host, {
      ...{ name: operands[0] ?? null, options, mayPick: false },
    });
    for (const renews of [true, false]) {
      const planned = makePlan(target, readLearned(host, target.identity), renews);
      const { plan } = planned;
      const [name] = entryNames(planned, plan.accessKeyId ?? '');
      if (name === undefined || planned.unknown.length > 0 || !target.isCached.value) return true;
      const startedAt = machine.clock.now();
      const expiration = new Date(startedAt.getTime() + 3600_000);
      const store = makePlainStore(machine, MEMORY, 'a test');
      await makeSessionCache(store, machine).write(name, {
        kind: plan.hops.length > 0 ? 'role' : 'session',
        identity: target.identity.name,
        madeUnder: plan.accessKeyId ?? '',
        ...{ target: target.name, mfaSerial: plan.mfaSerial, startedAt, keptUntil: expiration },
        roleArn: plan.hops.at(-1)?.roleArn ?? null,
        accountId: target.accountId?.value ?? null,
        credentials: {
          accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
          secretAccessKey: new Secret(`secret of ${canonicalJson(plan)}`),
          sessionToken: new Secret('fake-token'),
          expiration,
        },
      });
    }
  } catch (error) {
    // What cannot be planned is refused before anything is asked.
    if (!isAssumeError(error)) throw error;
  }
  return false;
}

/** All of it but what is told once ever. */
const shownBy = ({ isFast: _, stderr, ...seen }: Outcome): object => ({
  ...seen,
  stderr: stderr.replace(/^assume: this is a new .*\n/m, ''),
});

const REGION = fc.constantFrom('eu-west-1', 'us-east-1', 'us-gov-west-1', 'nowhere');
const ROLES = ['admin', 'reader'] as const;

/** A profile or an account, or a line that changes what follows from it. */
const PROFILE = fc.record({
  region: fc.option(REGION),
  role: fc.constantFrom(...ROLES),
  account: fc.constantFrom('111122223333', '444455556666'),
  duration: fc.option(fc.constantFrom('900', '1h', '3600', '2h', '30m', 'soon')),
  externalId: fc.option(fc.constantFrom('a-1', 'b-2')),
});

const CONFIG = fc
  .array(PROFILE, { minLength: 1, maxLength: 3 })
  .map((profiles) =>
    profiles
      .map(({ region, role, account, duration, externalId }, at) =>
        [
          `[profile p${String(at)}]`,
          `role_arn = arn:aws:iam::${account}:role/${role}`,
          'source_profile = base',
          'role_session_name = jane',
          ...(region === null ? [] : [`region = ${region}`]),
          ...(duration === null ? [] : [`duration_seconds = ${duration}`]),
          ...(externalId === null ? [] : [`external_id = ${externalId}`]),
        ].join('\n'),
      )
      .join('\n'),
  );

const INI = fc
  .record({
    user: fc.constantFrom('jane', 'john'),
    roles: fc.subarray([...ROLES], { minLength: 1 }),
    isProtected: fc.boolean(),
    prompt: fc.boolean(),
    region: REGION,
    isCached: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
    customer: fc.option(fc.constantFrom('acme', 'zeta')),
  })
  .map((each) =>
    [
      '[settings]\nidentity = me',
      ...(each.prompt ? [] : ['prompt_variable = no']),
      `[identity me]\ncredentials = profile:base\nuser_name = ${each.user}`,
      ...(each.customer === null ? [] : [`[customer ${each.customer}]\ncolor = red`]),
      `[account prod]\nid = 444455556666\nroles = ${each.roles.join(', ')}`,
      `region = ${each.region}`,
      ...(each.customer === null ? [] : [`customer = ${each.customer}`]),
      ...(each.isProtected ? ['protected = yes'] : []),
      ...(each.isCached ? [] : ['cache = no']),
    ].join('\n'),
  );

const FILES = fc
  .record({ config: CONFIG, assume: fc.oneof({ weight: 3, arbitrary: INI }, fc.constant('')) })
  .map(({ config, assume }) => ({
    [AWS_CONFIG]: config,
    [AWS_CREDENTIALS]: `[base]\n${KEYS}`,
    ...(assume === '' ? {} : { [ASSUME_INI]: assume }),
  }));

const ENVIRONMENT = fc.record(
  {
    AWS_REGION: REGION,
    AWS_PROFILE: fc.constantFrom('p0', 'base', 'none'),
    AWSUME_OLD: fc.constant('x'),
    ASSUME_SHELL: fc.constantFrom('zsh', 'fish'),
    SHELL: fc.constantFrom('/bin/zsh', '/bin/sh', '/usr/bin/fish'),
    ASSUME_TARGET: fc.constantFrom('prod/admin', 'p1'),
    ASSUME_CONFIG: fc.constantFrom(ASSUME_INI, '/home/jane/other.ini'),
    AWS_CONFIG_FILE: fc.constantFrom(AWS_CONFIG, '/home/jane/other'),
  },
  { requiredKeys: [] },
);

const TARGET = fc.constantFrom(
  ...['p0', 'p0', 'p1', 'prod/admin', 'prod/reader', 'acme/prod/admin', 'base', 'profile:p0'],
  ...['444455556666/admin', 'arn:aws:iam::111122223333:role/reader', 'admin', 'nobody'],
);

const OPTIONS = fc.array(
  fc.constantFrom(
    ...[['--region', 'eu-central-1'], ['--duration', '30m'], ['--quiet'], ['--read-only']],
    ...[['--expect-account', '444455556666'], ['--no-input'], ['--session-name', 'x']],
  ),
  { maxLength: 2 },
);

const ARGV = fc
  .tuple(
    fc.constantFrom('credential-process', 'export', 'exec', 'switch', 'json', 'bare'),
    TARGET,
    OPTIONS,
    fc.boolean(),
  )
  .map(([kind, target, options, isFirst]) => {
    const rest = isFirst ? [...options.flat(), target] : [target, ...options.flat()];
    if (kind === 'exec') return ['exec', ...rest, '--', 'env', '-0'];
    if (kind === 'bare') return [...rest, '--', 'env'];
    if (kind === 'json') return ['export', ...rest, '--format', 'json'];
    return [kind, ...rest];
  });

const CASE: fc.Arbitrary<Case> = fc.record({ files: FILES, env: ENVIRONMENT, argv: ARGV });

/** What happens to the machine between two runs. */
const CHANGE = fc.oneof(
  fc.record({ path: fc.constantFrom(AWS_CONFIG), text: CONFIG }),
  fc.record({ path: fc.constantFrom(ASSUME_INI), text: INI }),
  fc.record({
    path: fc.constantFrom('/home/jane/.config/assume/conf.d/a.ini'),
    text: fc.constantFrom(
      '[account more]\nid = 111122223333\nroles = admin\n',
      '[role admin]\nduration = 15m\n',
    ),
  }),
  fc.record({
    path: fc.constantFrom(AWS_CREDENTIALS),
    text: fc.constantFrom(
      '',
      `[base]\n${KEYS.replace('AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE')}`,
    ),
  }),
  fc.record({ env: ENVIRONMENT }),
  fc.record({ minutes: fc.constantFrom(1, 20, 40, 55, 61) }),
);

describe('a line that was answered before', () => {
  let fast = 0;
  let all = 0;
  const RUNS = process.env['ASSUME_TEST_FULL'] ? 20_000 : 4000;

  it('is answered again byte for byte, and never as it was before a change', async () => {
    await fc.assert(
      fc.asyncProperty(CASE, CHANGE, async (given, change) => {
        const machine = machineOf(given);
        await machine.clock.advance(60_000);
        fc.pre(!(await seed(machine, given)));
        const first = await run(machine, given);
        const second = await run(machine, given);
        expect(shownBy(second)).toEqual(shownBy(first));
        expect(first.status === 0 && first.isFast).toBe(false);
        if (first.status === 0) all++;
        if (first.status === 0 && second.isFast) fast++;

        const later = { ...given, ...('env' in change ? { env: change.env } : {}) };
        if ('path' in change) machine.files.put(change.path, change.text);
        if ('minutes' in change) await machine.clock.advance(change.minutes * 60_000);
        fc.pre(!(await seed(machine, later)));
        const third = await run(machine, later);
        machine.files.removeTree(PLANS);
        expect(shownBy(third)).toEqual(shownBy(await run(machine, later)));
      }),
      { numRuns: RUNS },
    );
  }, 240_000);

  afterAll(() => {
    expect(all).toBeGreaterThan(RUNS / 4);
    expect(fast / all).toBeGreaterThan(0.5);
  });
});

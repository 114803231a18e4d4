import { describe, expect, it } from 'vitest';
import { issueMachineRole } from '../support/machine-role.js';
import { MACHINE_KINDS, type MachineSource } from '../support/machine-kinds.js';
import type { Ended, Practice, RunOptions } from '../support/practice.js';
import { changeEntry, inMinutes, storedEntries } from '../support/stored-entries.js';
import { lastRequest, printed, usePractice } from '../support/use-practice.js';

const DEV = 'arn:aws:iam::222222222222:role/dev-role';
const STAGING = 'arn:aws:iam::333333333333:role/staging-role';
const PROD = 'arn:aws:iam::444444444444:role/prod-role';

const roleText = (name: string, arn: string): string =>
  `[profile ${name}]\nrole_arn = ${arn}\nsource_profile = machine\nrole_session_name = jane\n`;

/** A practice whose profile `machine` has that source, with roles beside it and a catalogue. */
async function useMachine(start: (practice: Practice) => Promise<MachineSource>) {
  const practice = await usePractice();
  const source = await start(practice);
  practice.write(
    '.aws/config',
    `[profile machine]\n${source.profile}${roleText('dev', DEV)}${roleText('staging', STAGING)}${roleText('prod', PROD)}mfa_serial = ${practice.serial('jane.doe')}\n`,
  );
  const run = (args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
    practice.run(args, { ...options, env: { ...source.env, ...options.env } });
  return { practice, source, run };
}

describe.each(MACHINE_KINDS)('temporary credentials by $name', ({ start, kind }) => {
  it('are a target by themselves, asked for once while they last', async () => {
    const { practice, source, run } = await useMachine(start);
    const credentials = issueMachineRole(practice);
    source.hand(credentials);
    const first = printed(await run(['credential-process', 'machine']));
    expect(first).toMatchObject({
      AccessKeyId: credentials.accessKeyId,
      SessionToken: credentials.sessionToken,
    });
    expect(source.asked()).toEqual(source.once);
    expect(printed(await run(['credential-process', 'machine']))).toEqual(first);
    expect(source.asked()).toEqual([]);
    expect(practice.received()).toEqual([]);
  });

  it('begin a chain, one reading for every role', async () => {
    const { practice, source, run } = await useMachine(start);
    const credentials = issueMachineRole(practice);
    source.hand(credentials);
    printed(await run(['credential-process', 'dev']));
    expect(lastRequest(practice, 'AssumeRole')).toMatchObject({
      signedBy: credentials.accessKeyId,
      parameters: { RoleArn: DEV, RoleSessionName: 'jane' },
    });
    printed(await run(['credential-process', 'staging']));
    expect(source.asked()).toEqual(source.once);
    expect(practice.received()).toEqual(['AssumeRole', 'AssumeRole']);
    printed(await run(['credential-process', 'dev']));
    expect([source.asked(), practice.received()]).toEqual([[], []]);
  });

  it('are an identity of assume.ini, for every role of its catalogue', async () => {
    const { practice, source, run } = await useMachine(start);
    practice.write(
      '.config/assume/assume.ini',
      `[identity m]\ncredentials = ${source.setting}\nuser_name = jane\n[account development]\nid = 222222222222\nroles = dev-role\n`,
    );
    const ended = await run(['exec', 'development/dev-role', '--', 'printenv', 'ASSUME_ROLE_ARN']);
    expect(ended).toMatchObject({ status: 0, stdout: `${DEV}\n` });
    expect(source.asked()).toEqual(source.once);
    expect(practice.received()).toEqual(['AssumeRole']);
    const status = await run(['status']);
    expect(status.stdout).toContain('credentials of m: ');
    expect(status.stdout).toContain('development/dev-role, from m: ');
  });

  it('are read again when they have expired, and the roles assumed with the new ones', async () => {
    const { practice, source, run } = await useMachine(start);
    printed(await run(['credential-process', 'dev']));
    for (const kept of ['identity', 'role'] as const) {
      for (const entry of storedEntries(practice.home, kept)) {
        changeEntry(entry, { keptUntil: inMinutes(-1), expiration: inMinutes(-1) });
      }
    }
    source.asked();
    practice.received();
    const renewed = issueMachineRole(practice);
    source.hand(renewed);
    printed(await run(['credential-process', 'dev']));
    expect(source.asked()).toEqual(source.once);
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').signedBy).toBe(renewed.accessKeyId);
  });

  it('are read again with little time left, while a role made with the old ones still serves', async () => {
    const { practice, source, run } = await useMachine(start);
    printed(await run(['credential-process', 'dev']));
    for (const entry of storedEntries(practice.home, 'identity')) {
      changeEntry(entry, { startedAt: inMinutes(-58), keptUntil: inMinutes(2) });
    }
    source.asked();
    practice.received();
    printed(await run(['credential-process', 'dev']));
    expect([source.asked(), practice.received()]).toEqual([[], []]);
    const renewed = issueMachineRole(practice);
    source.hand(renewed);
    const own = printed(await run(['credential-process', 'machine']));
    expect(own.AccessKeyId).toBe(renewed.accessKeyId);
    expect(source.asked()).toEqual(source.once);
  });

  it('are read again by --refresh', async () => {
    const { practice, source, run } = await useMachine(start);
    printed(await run(['credential-process', 'machine']));
    source.asked();
    const renewed = issueMachineRole(practice);
    source.hand(renewed);
    const refreshed = printed(await run(['credential-process', 'machine', '--refresh']));
    expect(refreshed.AccessKeyId).toBe(renewed.accessKeyId);
    expect(source.asked()).toEqual(source.once);
    printed(await run(['credential-process', 'machine']));
    expect(source.asked()).toEqual([]);
  });

  it('are kept nowhere by --no-cache', async () => {
    const { practice, source, run } = await useMachine(start);
    const ended = await run(['export', 'dev', '--no-cache', '--format', 'json']);
    expect(ended.status).toBe(0);
    expect(source.asked()).toEqual(source.once);
    expect(storedEntries(practice.home, 'identity')).toEqual([]);
  });

  it('buy no MFA session, which the plan and a refusal explain', async () => {
    const { practice, source, run } = await useMachine(start);
    const options = { env: { ASSUME_MFA_CODE: practice.code('jane.doe') } };
    const refused = await run(['export', 'prod'], options);
    expect(refused.status).toBe(6);
    expect(refused.stderr).toMatch(/^ {2}MFA: \S+ holds temporary credentials of .+(none|code)/m);
    expect(practice.received()).toEqual(['AssumeRole']);
    const planned = await run(['plan', 'prod', '--json']);
    const plan = JSON.parse(planned.stdout) as { signer: string; mfa: { reason: string } };
    expect(plan.signer).toBe('keys');
    expect(plan.mfa.reason).toContain('temporary credentials');
    source.asked();
    await run(['plan', 'prod']);
    expect([source.asked(), practice.received()]).toEqual([[], []]);
  });

  it('cannot meet mfa = required', async () => {
    const { practice, run } = await useMachine(start);
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    const options = { env: { ASSUME_MFA_CODE: practice.code('jane.doe') } };
    const ended = await run(['export', 'dev'], options);
    expect(ended.status).toBe(5);
    expect(ended.stderr).toContain('temporary credentials');
    expect(practice.received()).toEqual([]);
  });

  it('are read by one of many processes', async () => {
    const { practice, source, run } = await useMachine(start);
    const runs = Array.from({ length: 4 }, () => run(['credential-process', 'dev']));
    const answers = (await Promise.all(runs)).map(printed);
    expect(new Set(answers.map((answer) => answer.AccessKeyId)).size).toBe(1);
    expect(source.asked()).toEqual(source.once);
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it(`are told by plan as ${kind}, before and after they were read`, async () => {
    const { source, run } = await useMachine(start);
    const before = await run(['plan', 'machine', '--json']);
    const { identity } = JSON.parse(before.stdout) as { identity: { source: string } };
    expect(identity.source.startsWith(kind)).toBe(true);
    expect(source.asked()).toEqual([]);
    printed(await run(['credential-process', 'machine']));
    const after = JSON.parse((await run(['plan', 'machine', '--json'])).stdout) as {
      identity: { source: string; accessKeyId: string };
      session: { cachedUntil: string | null };
    };
    expect(after.identity.source).toBe(identity.source);
    expect(after.identity.accessKeyId).toMatch(/^ASIA/);
    expect(after.session.cachedUntil).toBeTruthy();
  });
});

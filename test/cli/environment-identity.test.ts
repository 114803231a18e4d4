import { describe, expect, it } from 'vitest';
import { issueMachineRole } from '../support/machine-role.js';
import { lastRequest, printed, usePractice } from '../support/use-practice.js';

const ROLE = 'role_arn = arn:aws:iam::222222222222:role/dev-role\nrole_session_name = jane\n';

/** A practice whose profiles start from the environment, which holds the machine's credentials. */
async function useEnvironment(secondsLeft = 3600) {
  const practice = await usePractice();
  practice.write('.aws/credentials', '');
  practice.write(
    '.aws/config',
    `[profile e]\ncredential_source = Environment\n[profile dev]\n${ROLE}credential_source = Environment\n`,
  );
  const { accessKeyId, secret, sessionToken, expiration } = issueMachineRole(practice, secondsLeft);
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CREDENTIAL_EXPIRATION: expiration.toISOString(),
  };
  return { practice, env };
}

describe('credentials of the environment', () => {
  it('are a target by themselves', async () => {
    const { practice, env } = await useEnvironment();
    const answer = printed(await practice.run(['credential-process', 'e'], { env }));
    expect(answer.AccessKeyId).toBe(env.AWS_ACCESS_KEY_ID);
    expect(practice.received()).toEqual([]);
  });

  it('begin a chain where a profile says so', async () => {
    const { practice, env } = await useEnvironment();
    printed(await practice.run(['credential-process', 'dev'], { env }));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').signedBy).toBe(env.AWS_ACCESS_KEY_ID);
  });

  it('are an identity of assume.ini', async () => {
    const { practice, env } = await useEnvironment();
    practice.write(
      '.config/assume/assume.ini',
      '[identity ci]\ncredentials = environment\nuser_name = jane\n[account development]\nid = 222222222222\nroles = dev-role\n',
    );
    printed(await practice.run(['credential-process', 'development/dev-role'], { env }));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').signedBy).toBe(env.AWS_ACCESS_KEY_ID);
    const plan = await practice.run(['plan', 'development/dev-role'], { env });
    expect(plan.stdout).toContain('temporary credentials of the environment');
  });

  it('that are temporary buy no MFA session, and the plan says why', async () => {
    const { practice, env } = await useEnvironment();
    const code = { ASSUME_MFA_CODE: practice.code('jane.doe') };
    const serial = ['--mfa-serial', practice.serial('jane.doe')];
    printed(
      await practice.run(['credential-process', 'dev', ...serial], { env: { ...env, ...code } }),
    );
    expect(practice.received()).toEqual(['AssumeRole']);
    const plan = await practice.run(['plan', 'dev', ...serial, '--json'], { env });
    const { mfa } = JSON.parse(plan.stdout) as { mfa: { reason: string } };
    expect(mfa.reason).toContain('temporary credentials of the environment');
  });

  it.each([
    ['credential-process', ['--long-term']],
    ['export', ['--format', 'json', '--long-term']],
  ])('that are long-term are handed over by %s only for --long-term', async (command, flags) => {
    const { practice } = await useEnvironment();
    const { id, secret } = practice.key('jane.doe');
    const env = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
    const asked = await practice.run([command, 'e', ...flags], { env });
    expect(asked.stdout).toContain(id);
    expect(practice.received()).toEqual([]);
  });

  it('that are long-term buy a session when they are the target', async () => {
    const { practice } = await useEnvironment();
    const { id, secret } = practice.key('jane.doe');
    const env = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret };
    const answer = printed(await practice.run(['credential-process', 'e'], { env }));
    expect(answer.AccessKeyId).not.toBe(id);
    expect(practice.received()).toEqual(['GetSessionToken']);
  });

  it('that have expired are refused before AWS is asked', async () => {
    const { practice, env } = await useEnvironment(-60);
    const ended = await practice.run(['credential-process', 'dev'], { env });
    expect([ended.status, practice.received()]).toEqual([6, []]);
    expect(ended.stderr).toMatch(/environment \(.+config:6:\d+\): they expired at/);
  });

  it("are never a target's that was delivered there", async () => {
    const { practice, env } = await useEnvironment();
    const inside = { ...env, ASSUME_TARGET: 'prod' };
    const ended = await practice.run(['credential-process', 'dev'], { env: inside });
    expect([ended.status, practice.received()]).toEqual([6, []]);
    expect(ended.stderr).toContain('those of a target that assume delivered');
  });
});

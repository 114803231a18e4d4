import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueMachineRole, MACHINE_ROLE } from '../support/machine-role.js';
import { printed, usePractice } from '../support/use-practice.js';
import { useWebIdentitySts } from '../support/web-identity-sts.js';

const ARGS = ['credential-process', 'w'];
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: object): string => `${encoded({ alg: 'RS256' })}.${encoded(claims)}.c2ln`;
const POD = tokenOf({ sub: 'system:serviceaccount:shop:cart', aud: 'sts.amazonaws.com' });

/** A practice whose STS takes that token for the machine's role, with a profile that has it. */
async function useWebIdentity(token = POD, lines = '') {
  const practice = await usePractice();
  const path = practice.write('token', `${token}\n`);
  const sts = await useWebIdentitySts(practice, issueMachineRole(practice), token);
  practice.write(
    '.aws/config',
    `[profile w]\nrole_arn = ${MACHINE_ROLE}\nweb_identity_token_file = ${path}\n${lines}`,
  );
  return { practice, sts, path, env: { ASSUME_ENDPOINT_URL: sts.url } };
}

describe('a web identity', () => {
  it('is what the environment of a pod names', async () => {
    const { practice, sts, path, env } = await useWebIdentity();
    practice.write('.aws/config', '');
    practice.write('.aws/credentials', '');
    const pod = { AWS_ROLE_ARN: MACHINE_ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: path };
    const role = 'arn:aws:iam::222222222222:role/dev-role';
    const ended = await practice.run(
      ['credential-process', role, '--session-name', 'jane', '--duration', '15m'],
      { env: { ...env, ...pod, AWS_ROLE_SESSION_NAME: 'pod-1' } },
    );
    printed(ended);
    expect(sts.received()).toMatchObject([
      { RoleArn: MACHINE_ROLE, RoleSessionName: 'pod-1', WebIdentityToken: POD },
    ]);
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it("is still there in a target's shell, for a switch to the next", async () => {
    const { practice, sts, path, env } = await useWebIdentity();
    practice.write('.aws/config', '');
    practice.write('.aws/credentials', '');
    const pod = {
      ...{ AWS_ROLE_ARN: MACHINE_ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: path },
      AWS_ROLE_SESSION_NAME: 'pod-1',
    };
    const shell = { ...env, ASSUME_SHELL: 'bash', ASSUME_HOOK: '1' };
    const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
    const first = await practice.run([role('222222222222', 'dev-role'), '--session-name', 'jane'], {
      env: { ...shell, ...pod },
    });
    expect(first.status).toBe(0);
    const inside = Object.fromEntries(
      [...first.stdout.matchAll(/^export (\w+)='([^']*)'/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    ) as Record<string, string>;
    expect(inside).not.toHaveProperty('AWS_ROLE_ARN');
    const second = [role('333333333333', 'staging-role'), '--session-name', 'jane'];
    printed(
      await practice.run(['credential-process', ...second], {
        env: { ...shell, ...inside },
      }),
    );
    expect(sts.received().map((fields) => fields['RoleSessionName'])).toEqual(['pod-1']);
    expect(practice.aws.requests.at(-1)?.signedBy).toBe(sts.credentials.accessKeyId);
  });

  it('lasts as its profile says', async () => {
    const { practice, sts, env } = await useWebIdentity(POD, 'duration_seconds = 2h\n');
    printed(await practice.run(ARGS, { env }));
    expect(sts.received()[0]).toMatchObject({ DurationSeconds: '7200' });
  });

  it.each([
    ['its profile', POD, 'role_session_name = jane doe\n', 'jane-doe'],
    ['its token', POD, '', 'system-serviceaccount-shop-cart'],
    ['its kind, where a token names nobody', tokenOf({}), '', 'web-identity'],
    ['its kind, where a token is none of those', 'opaque', '', 'web-identity'],
  ])('has its session named by %s', async (_, token, lines, name) => {
    const { practice, sts, env } = await useWebIdentity(token, lines);
    printed(await practice.run(ARGS, { env }));
    const [request] = sts.received();
    expect(request?.['RoleSessionName']).toBe(name);
    expect(request).not.toHaveProperty('DurationSeconds');
  });

  it('has its session named by the user name of assume.ini', async () => {
    const { practice, sts, env } = await useWebIdentity();
    const assume = `[identity w]\nuser_name = jane\ncredentials = web-identity:${MACHINE_ROLE} ../../token\n`;
    practice.write('.config/assume/assume.ini', assume);
    const role = 'arn:aws:iam::222222222222:role/dev-role';
    printed(await practice.run(['credential-process', role], { env }));
    expect(sts.received()[0]).toMatchObject({ RoleSessionName: 'jane' });
  });

  it('reads its token anew', async () => {
    const { practice, sts, env } = await useWebIdentity();
    printed(await practice.run(ARGS, { env }));
    const renewed = tokenOf({ sub: 'cart', jti: 'second' });
    practice.write('token', renewed);
    sts.token = renewed;
    printed(await practice.run([...ARGS, '--refresh'], { env }));
    expect(sts.received().map((fields) => fields['WebIdentityToken'])).toEqual([POD, renewed]);
  });

  it.each([
    ['ExpiredTokenException', 'Token expired', /token in \/.+\/token has expired/],
    ['InvalidIdentityToken', 'No OpenIDConnect provider found', /identity provider/],
    ['AccessDenied', 'Not authorized to perform', /trust policy/],
    ['IDPRejectedClaim', 'Missing claim', /trust policy/],
  ])('that AWS refuses with %s is explained', async (code, message, hint) => {
    const { practice, sts, env } = await useWebIdentity();
    sts.refusal = { status: code === 'AccessDenied' ? 403 : 400, code, message };
    const ended = await practice.run([...ARGS, '--debug'], { env });
    expect(ended).toMatchObject({ status: 6, stdout: '' });
    expect(ended.stderr).toContain(
      `cannot get the credentials of w (${practice.home.path}/.aws/config:3:27): could not assume ${MACHINE_ROLE} with a web identity: AWS answered ${code}`,
    );
    expect(ended.stderr).toContain(`: ${message}\n`);
    expect(ended.stderr).toMatch(hint);
    expect(ended.stderr).not.toContain(POD);
    expect(sts.received()).toHaveLength(1);
  });

  it.each([
    ['absent', 'there is no token file'],
    ['empty', 'nothing is in token file'],
  ])('whose file is %s is told before AWS is asked', async (what, problem) => {
    const { practice, sts, path, env } = await useWebIdentity();
    if (what === 'absent') rmSync(path);
    else practice.write('token', '\n');
    const ended = await practice.run(ARGS, { env });
    expect(ended.status).toBe(6);
    expect(ended.stderr).toContain(
      `w (${practice.home.path}/.aws/config:3:27): ${problem} ${path}`,
    );
    expect(sts.received()).toEqual([]);
  });

  it('is not taken for another role or account', async () => {
    const { practice, sts, env } = await useWebIdentity();
    const role = 'arn:aws:iam::111111111111:role/other';
    practice.write(
      '.aws/config',
      `[profile w]\nrole_arn = ${role}\nweb_identity_token_file = ${join(practice.home.path, 'token')}\n`,
    );
    sts.answersForAnyRole = true;
    const ended = await practice.run(ARGS, { env });
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr).toContain(`not for ${role}`);
  });

  it('is asked for in the region of its profile, unsigned', async () => {
    const { practice, sts, env } = await useWebIdentity(POD, 'region = eu-west-1\n');
    const plan = await practice.run(['plan', 'w', '--json'], { env });
    expect(JSON.parse(plan.stdout)).toMatchObject({ stsRegion: 'eu-west-1', signer: 'keys' });
    printed(await practice.run(ARGS, { env }));
    expect(sts.received()).toHaveLength(1);
  });
});

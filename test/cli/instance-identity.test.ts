import { describe, expect, it } from 'vitest';
import { useEndpoint, type EndpointAnswer } from '../support/endpoint-server.js';
import { METADATA_QUESTIONS, useInstanceMetadata } from '../support/instance-metadata.js';
import { issueMachineRole } from '../support/machine-role.js';
import { printed, usePractice } from '../support/use-practice.js';

const ENDPOINT = 'AWS_EC2_METADATA_SERVICE_ENDPOINT';
const ARGS = ['credential-process', 'i'];
const [TOKEN, ROLES, KEYS] = METADATA_QUESTIONS.map((question) => question.replace(/^\w+ /, ''));

/** A practice whose one profile is the role of the instance that it runs on. */
async function useInstance(lines = '') {
  const practice = await usePractice();
  practice.write('.aws/config', `[profile i]\ncredential_source = Ec2InstanceMetadata\n${lines}`);
  const metadata = await useInstanceMetadata(issueMachineRole(practice));
  return { practice, metadata, env: { [ENDPOINT]: metadata.url } };
}

describe("an instance's metadata", () => {
  it('are found where the profile says', async () => {
    const { practice, metadata } = await useInstance();
    practice.write(
      '.aws/config',
      `[profile i]\ncredential_source = Ec2InstanceMetadata\nec2_metadata_service_endpoint = ${metadata.url}\n`,
    );
    const answer = printed(await practice.run(ARGS));
    expect(answer.AccessKeyId).toBe(metadata.credentials.accessKeyId);
    expect(metadata.received()).toEqual(METADATA_QUESTIONS);
  });

  it('are never asked unless something names them', async () => {
    const { practice, metadata, env } = await useInstance();
    practice.write('.aws/config', '');
    practice.write('.aws/credentials', '');
    const ended = await practice.run(['export', 'arn:aws:iam::222222222222:role/dev-role'], {
      env,
    });
    expect([ended.status, metadata.received()]).toEqual([3, []]);
  });

  it.each<[string, string | undefined, EndpointAnswer, number, RegExp]>([
    ['have no role', ROLES, { status: 404, body: '' }, 6, /no role\n.*instance profile/],
    ['name no role', ROLES, { status: 200, body: '\n' }, 6, /no role\n.*instance profile/],
    ['name a path for a role', ROLES, { status: 200, body: '../x' }, 6, /no role/],
    ['are turned off', TOKEN, { status: 403, body: '' }, 6, /answered 403\n.*turn on/],
    ['speak version 1 alone', TOKEN, { status: 404, body: '' }, 6, /answered 404\n.*version 2/],
    ['give no token', TOKEN, { status: 200, body: '' }, 6, /answered 200\n.*version 2/],
    [
      'may not give the role',
      KEYS,
      { status: 200, body: '{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot"}' },
      6,
      /AssumeRoleUnauthorizedAccess: EC2 cannot/,
    ],
    ['fail', KEYS, { status: 500, body: '' }, 7, /answered 500/],
  ])('that %s are told', async (_, path, answer, status, said) => {
    const { practice, metadata, env } = await useInstance();
    metadata.instead.set(path ?? '', answer);
    const ended = await practice.run(ARGS, { env });
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).toContain(
      `cannot get the credentials of instance-metadata (${practice.home.path}/.aws/config:2:21): `,
    );
    expect(ended.stderr).toMatch(said);
  });

  it('are asked by version 2 alone', async () => {
    const { practice, metadata, env } = await useInstance();
    metadata.instead.set(TOKEN ?? '', { status: 405, body: '' });
    await practice.run(ARGS, { env });
    expect(metadata.received()).toEqual([METADATA_QUESTIONS[0]]);
  });

  it.each([
    [
      'is refused',
      'http://127.0.0.1:1',
      /nothing answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    ],
    ['never answers', 'silent', /no answer within 2 s/],
  ])('are soon known to be nowhere: the connection %s', async (_, url, said) => {
    const { practice, metadata } = await useInstance();
    const silent = await useEndpoint(() => null);
    const begun = performance.now();
    const env = { [ENDPOINT]: url === 'silent' ? silent.url : url };
    const ended = await practice.run(ARGS, { env });
    expect(performance.now() - begun).toBeLessThan(12_000);
    expect([ended.status, metadata.received()]).toEqual([7, []]);
    expect(ended.stderr).toMatch(said);
    expect(ended.stderr).toContain('hop limit');
  });

  it.each([
    ['AWS_EC2_METADATA_DISABLED', 'true', 'AWS_EC2_METADATA_DISABLED is true'],
    [ENDPOINT, 'http://metadata.example.com', 'http://metadata.example.com is no endpoint'],
    [ENDPOINT, 'http://169.254.170.2', 'http://169.254.170.2 is no endpoint'],
  ])('are not asked under %s=%s', async (name, value, problem) => {
    const { practice, metadata, env } = await useInstance();
    const ended = await practice.run(ARGS, { env: { ...env, [name]: value } });
    expect([ended.status, metadata.received()]).toEqual([6, []]);
    expect(ended.stderr).toContain(problem);
  });
});

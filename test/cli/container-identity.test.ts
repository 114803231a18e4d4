import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTAINER_PATH, useContainerEndpoint } from '../support/container-endpoint.js';
import { endpointJson, useEndpoint } from '../support/endpoint-server.js';
import { issueMachineRole } from '../support/machine-role.js';
import { printed, usePractice } from '../support/use-practice.js';

const FULL = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
const TOKEN = 'AWS_CONTAINER_AUTHORIZATION_TOKEN';
const TOKEN_FILE = 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE';
const ARGS = ['credential-process', 'c'];

/** A practice without keys, whose one profile is what a container's endpoint gives. */
async function useContainer() {
  const practice = await usePractice();
  practice.write('.aws/credentials', '');
  practice.write('.aws/config', '[profile c]\ncredential_source = EcsContainer\n');
  const endpoint = await useContainerEndpoint(issueMachineRole(practice));
  const env = { [FULL]: `${endpoint.url}${CONTAINER_PATH}` };
  return { practice, endpoint, env };
}

describe("a container's endpoint", () => {
  it('is where targets start from when nothing else is there', async () => {
    const { practice, endpoint, env } = await useContainer();
    practice.write('.aws/config', '');
    const role = 'arn:aws:iam::222222222222:role/dev-role';
    printed(await practice.run(['credential-process', role, '--session-name', 'jane'], { env }));
    expect(endpoint.received()).toEqual([`GET ${CONTAINER_PATH}`]);
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('is shown the token of the environment', async () => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.token = 'Basic fake-token';
    const shown = await practice.run(ARGS, { env: { ...env, [TOKEN]: 'Basic fake-token' } });
    expect(printed(shown).AccessKeyId).toBe(endpoint.credentials.accessKeyId);
    expect(endpoint.received()).toHaveLength(1);
  });

  it('is shown the token of a file, before any other and as the file has it by then', async () => {
    const { practice, endpoint, env } = await useContainer();
    const file = { [TOKEN_FILE]: practice.write('token', 'first-token\n'), [TOKEN]: 'ignored' };
    endpoint.token = 'first-token';
    printed(await practice.run(ARGS, { env: { ...env, ...file } }));
    practice.write('token', 'second-token');
    endpoint.token = 'second-token';
    endpoint.credentials = issueMachineRole(practice);
    const again = await practice.run([...ARGS, '--refresh'], { env: { ...env, ...file } });
    expect(printed(again).AccessKeyId).toBe(endpoint.credentials.accessKeyId);
    expect(endpoint.received()).toHaveLength(2);
  });

  it.each([
    ['a line end', 'fake-token\n'],
    ['that of Windows', 'fake-token\r\n'],
    ['a carriage return', 'fake-token\r'],
    ['several', 'fake-token\n\n'],
  ])('is shown the token of a file without %s after it', async (_, text) => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.token = 'fake-token';
    const file = { [TOKEN_FILE]: practice.write('token', text) };
    printed(await practice.run(ARGS, { env: { ...env, ...file } }));
  });

  it.each(['fake-token\r\nX-Other: b', 'fake-token\nX-Other: b\n', 'fake\0token', '\n', ''])(
    'is never shown the file %j, which would be more than a token',
    async (text) => {
      const { practice, endpoint, env } = await useContainer();
      const file = { [TOKEN_FILE]: practice.write('token', text) };
      const ended = await practice.run(ARGS, { env: { ...env, ...file } });
      expect([ended.status, endpoint.received()]).toEqual([6, []]);
      expect(ended.stderr).toContain('holds no token that can be sent');
      expect(ended.stderr).not.toContain('fake');
    },
  );

  it('gives another identity under another token', async () => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.token = 'token-a';
    printed(await practice.run(ARGS, { env: { ...env, [TOKEN]: 'token-a' } }));
    endpoint.token = 'token-b';
    endpoint.credentials = issueMachineRole(practice);
    const other = await practice.run(ARGS, { env: { ...env, [TOKEN]: 'token-b' } });
    expect(printed(other).AccessKeyId).toBe(endpoint.credentials.accessKeyId);
  });

  it('that refuses is asked once, and quoted', async () => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.token = 'another';
    const ended = await practice.run(ARGS, { env: { ...env, [TOKEN]: 'fake-secret-token' } });
    expect(ended.status).toBe(6);
    expect(ended.stderr).toContain(
      `cannot get the credentials of container (${practice.home.path}/.aws/config:2:21): ${endpoint.url} answered 401: AccessDenied: no valid token`,
    );
    expect(ended.stderr).toContain(FULL);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('fake-secret-token');
    expect(endpoint.received()).toHaveLength(1);
  });

  it('that is busy is asked again', async () => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.instead.push({ status: 503, body: '' }, { status: 429, body: '' });
    printed(await practice.run(ARGS, { env }));
    expect(endpoint.received()).toHaveLength(3);
  });

  it.each([
    ['no JSON', '<html>captive portal</html>', 'without a JSON object'],
    [
      'no token',
      '{"AccessKeyId":"ASIAIOSFODNN7EXAMPLE","SecretAccessKey":"fake"}',
      'gave no Token',
    ],
    ['another code', '{"Code":"AssumeRoleUnauthorizedAccess"}', 'AssumeRoleUnauthorizedAccess'],
    ['no end', `{"x":"${'y'.repeat(200_000)}"}`, 'answers has no end'],
  ])('that answers with %s gives nothing', async (_, body, problem) => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.instead.push({ status: 200, body });
    const ended = await practice.run(ARGS, { env });
    expect([ended.status === 6 || ended.status === 7, ended.stdout]).toEqual([true, '']);
    expect(ended.stderr).toContain(problem);
  });

  it('that gives what has expired gives nothing', async () => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.credentials = issueMachineRole(practice, -60);
    const ended = await practice.run(ARGS, { env });
    expect(ended.status).toBe(6);
    expect(ended.stderr).toMatch(/they expired at \d{4}-/);
  });

  it('is not followed elsewhere', async () => {
    const { practice, endpoint, env } = await useContainer();
    const other = await useEndpoint(() => ({
      status: 200,
      body: endpointJson(endpoint.credentials),
    }));
    endpoint.instead.push({ status: 302, body: '', headers: { Location: other.url } });
    const ended = await practice.run(ARGS, { env });
    expect([ended.status, other.received()]).toEqual([6, []]);
    expect(ended.stderr).toContain('answered 302');
  });

  it('is reached by no proxy', async () => {
    const { practice, endpoint, env } = await useContainer();
    const proxy = await useEndpoint(() => ({ status: 502, body: '' }));
    const proxied = { HTTP_PROXY: proxy.url, http_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' };
    printed(await practice.run(ARGS, { env: { ...env, ...proxied } }));
    expect([endpoint.received().length, proxy.received()]).toEqual([1, []]);
  });

  it.each([
    ['http://169.254.169.254/x', 'http://169.254.169.254 is no endpoint'],
    ['http://example.com/x', 'http://example.com is no endpoint'],
    ['http://127.0.0.1.example.com/x', 'http://127.0.0.1.example.com is no endpoint'],
    ['http://jane:fake-secret@127.0.0.1/x', 'http://127.0.0.1 is no endpoint'],
    ['ftp://127.0.0.1/x', 'ftp://127.0.0.1 is no endpoint'],
    ['nonsense', 'what is set is no endpoint'],
  ])('may not be %s', async (url, problem) => {
    const { practice, endpoint } = await useContainer();
    const ended = await practice.run(ARGS, { env: { [FULL]: url, [TOKEN]: 'fake-token' } });
    expect([ended.status, endpoint.received()]).toEqual([6, []]);
    expect(ended.stderr).toContain(problem);
    expect(ended.stderr).toContain('169.254.170.2');
    expect(ended.stderr).not.toContain('fake-secret');
  });

  it('that is not there is told within seconds', async () => {
    const { practice, env } = await useContainer();
    const closed = 'http://127.0.0.1:1/x';
    const begun = performance.now();
    const ended = await practice.run(ARGS, { env: { ...env, [FULL]: closed } });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(ended.status).toBe(7);
    expect(ended.stderr).toContain('nothing answers at http://127.0.0.1:1 (ECONNREFUSED)');
  });

  it.each([
    ['no endpoint', {}, 'the environment names no container endpoint'],
    [
      'a token file that is not there',
      { [FULL]: 'http://127.0.0.1:1/', [TOKEN_FILE]: '/nonexistent/token' },
      'there is no token file /nonexistent/token',
    ],
    [
      'a token of two lines',
      { [FULL]: 'http://127.0.0.1:1/', [TOKEN]: 'a\nX-Other: b' },
      'holds no token that can be sent',
    ],
  ])('is told of an environment with %s', async (_, env, problem) => {
    const { practice } = await useContainer();
    const ended = await practice.run(ARGS, { env });
    expect(ended.status).toBe(6);
    expect(ended.stderr).toContain(problem);
  });

  it('is there for a switch from one target to the next, in their shells', async () => {
    const { practice, endpoint, env } = await useContainer();
    practice.write(
      '.aws/config',
      '[profile dev]\nrole_arn = arn:aws:iam::222222222222:role/dev-role\ncredential_source = EcsContainer\nrole_session_name = jane\n[profile staging]\nrole_arn = arn:aws:iam::333333333333:role/staging-role\ncredential_source = EcsContainer\nrole_session_name = jane\n',
    );
    const shell = { ASSUME_SHELL: 'bash', ASSUME_HOOK: '1' };
    const file = { [TOKEN_FILE]: practice.write('token', 'fake-token') };
    endpoint.token = 'fake-token';
    const first = await practice.run(['dev'], { env: { ...env, ...file, ...shell } });
    expect(first.status).toBe(0);
    const inside = Object.fromEntries(
      [...first.stdout.matchAll(/^export (\w+)='([^']*)'/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    ) as Record<string, string>;
    expect(inside).toMatchObject({ ASSUME_TARGET: 'dev' });
    expect(inside).not.toHaveProperty(FULL);
    const second = await practice.run(['credential-process', 'staging'], {
      env: { ...inside, ...shell },
    });
    printed(second);
    expect(practice.aws.requests.at(-1)?.signedBy).toBe(endpoint.credentials.accessKeyId);
    expect(join(practice.home.path, 'token')).toBe(inside[`ASSUME_BEFORE_${TOKEN_FILE}`]);
  });

  it('that needs a token which a target took out of the shell says so', async () => {
    const { practice, endpoint, env } = await useContainer();
    endpoint.token = 'fake-token';
    const ended = await practice.run(ARGS, {
      env: { ASSUME_TARGET: 'dev', [`ASSUME_BEFORE_${FULL}`]: env[FULL] },
    });
    expect(ended.status).toBe(6);
    expect(ended.stderr).toContain(`outside any target`);
  });
});

import { describe, expect, it } from 'vitest';
import { putBehindProxy } from '../support/behind-proxy.js';
import { startProxy } from '../support/own-proxy.js';
import { makePrivateCa, OPENSSL } from '../support/private-ca.js';
import { printed, usePractice, withCode } from '../support/use-practice.js';

const STS = 'sts.us-east-1.amazonaws.com:443';
const DEV = ['credential-process', 'dev'];

describe.skipIf(OPENSSL === null)("through a proxy, by AWS's own names", () => {
  it('a role with MFA is assumed, and the command gets it', async () => {
    const practice = await usePractice();
    const { env, proxy } = await putBehindProxy(practice);
    const ended = await practice.run(['exec', 'prod-role', '--', 'printenv', 'ASSUME_ROLE_ARN'], {
      env: { ...env, ...withCode(practice).env },
    });
    expect(ended).toMatchObject({
      status: 0,
      stdout: 'arn:aws:iam::444444444444:role/prod-role\n',
    });
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(proxy.asked.map(({ host }) => host)).toEqual([STS, STS]);
  });

  it('the devices of the identity are looked up', async () => {
    const practice = await usePractice();
    const { env, proxy } = await putBehindProxy(practice);
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    printed(await practice.run(DEV, { env: { ...env, ...withCode(practice).env } }));
    expect(practice.received()).toEqual(['ListMFADevices', 'GetSessionToken', 'AssumeRole']);
    expect(proxy.asked.map(({ host }) => host)).toEqual(['iam.amazonaws.com:443', STS, STS]);
  });

  it.each([['whoami'], ['doctor'], ['export', 'dev']])('goes assume %s', async (...args) => {
    const practice = await usePractice();
    const { env, proxy } = await putBehindProxy(practice);
    const ended = await practice.run(args, { env });
    expect(ended.stderr).not.toMatch(/could not/);
    expect(practice.received()).toHaveLength(1);
    expect(proxy.asked.map(({ host }) => host)).toEqual([STS]);
  });

  it.each<[what: string, rename: (env: Env) => Env]>([
    ['in lower case', ({ HTTPS_PROXY, ...env }) => ({ ...env, https_proxy: HTTPS_PROXY })],
    ['without a scheme', (env) => ({ ...env, HTTPS_PROXY: env['HTTPS_PROXY']?.slice(7) })],
    ['with other hosts excepted', (env) => ({ ...env, NO_PROXY: 'example.com,10.0.0.0/8' })],
    ['with another port excepted', (env) => ({ ...env, NO_PROXY: 'amazonaws.com:8443' })],
    ['with Node told to use it too', (env) => ({ ...env, NODE_USE_ENV_PROXY: '1' })],
  ])('may be named %s', async (_, rename) => {
    const practice = await usePractice();
    const { env, proxy } = await putBehindProxy(practice);
    printed(await practice.run(DEV, { env: rename(env) }));
    expect(proxy.asked.map(({ host }) => host)).toEqual([STS]);
  });

  it('that is itself spoken to by HTTPS', async () => {
    const practice = await usePractice();
    const { env, ca, port } = await putBehindProxy(practice);
    const proxy = await startProxy({ to: port, secure: ca.issue(['127.0.0.1']) });
    printed(await practice.run(DEV, { env: { ...env, HTTPS_PROXY: proxy.url } }));
    expect(proxy.asked.map(({ host }) => host)).toEqual([STS]);
  });

  it('that wants a user and password, which nothing else sees', async () => {
    const practice = await usePractice();
    const { env, proxy } = await putBehindProxy(practice);
    const url = proxy.url.replace('://', '://jane:p%40ss-word@');
    const more = { HTTPS_PROXY: url, DEBUG: '*' };
    const ended = await practice.run([...DEV, '--debug'], { env: { ...env, ...more } });
    printed(ended);
    const header = `Basic ${Buffer.from('jane:p@ss-word').toString('base64')}`;
    expect(proxy.asked).toEqual([{ host: STS, authorization: header }]);
    expect(ended.stderr).not.toMatch(/p@ss|p%40ss|Basic \w/);
  });
});

type Env = Readonly<Record<string, string | undefined>>;

describe.skipIf(OPENSSL === null)('a proxy that does not let us through', () => {
  it.each([
    ['407 Proxy Authentication Required', 'HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT'],
    ['502 Bad Gateway', 'check HTTPS_PROXY'],
    ['403 Forbidden', 'check HTTPS_PROXY'],
    ['503 Service Unavailable', 'check HTTPS_PROXY'],
  ])('is told: %s', async (refusal, hint) => {
    const practice = await usePractice();
    const { env, port } = await putBehindProxy(practice);
    const proxy = await startProxy({ to: port, refusal });
    const ended = await practice.run(DEV, { env: { ...env, HTTPS_PROXY: proxy.url } });
    expect(ended).toMatchObject({ status: 7, stdout: '' });
    expect(ended.stderr).toContain(`the proxy ${proxy.url} (HTTPS_PROXY) refused: ${refusal}`);
    expect(ended.stderr).toContain(hint);
    expect(practice.received()).toEqual([]);
  });

  it('is told when nobody listens there', async () => {
    const practice = await usePractice();
    const env = { ASSUME_ENDPOINT_URL: undefined, https_proxy: 'http://jane:s3cret@127.0.0.1:1' };
    const ended = await practice.run([...DEV, '--debug'], { env });
    expect(ended).toMatchObject({ status: 7, stdout: '' });
    expect(ended.stderr).toContain('the proxy http://127.0.0.1:1 (https_proxy) was not reached');
    expect(ended.stderr).toContain('check https_proxy');
    expect(ended.stderr).not.toContain('s3cret');
  });

  it('is told when what listens is no proxy', async () => {
    const practice = await usePractice();
    const port = new URL(practice.aws.url).port;
    const env = { ASSUME_ENDPOINT_URL: undefined, HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const ended = await practice.run(DEV, { env });
    expect(ended).toMatchObject({ status: 7, stdout: '' });
    expect(ended.stderr).toContain(`the proxy http://127.0.0.1:${port} (HTTPS_PROXY)`);
    expect(practice.received()).toEqual([]);
  });

  it.runIf(process.env['ASSUME_TEST_FULL'])('is given up when it says nothing', async () => {
    const practice = await usePractice();
    const { env, port } = await putBehindProxy(practice);
    const proxy = await startProxy({ to: port, refusal: null });
    const begun = performance.now();
    const ended = await practice.run(DEV, { env: { ...env, HTTPS_PROXY: proxy.url } });
    expect(ended).toMatchObject({ status: 7, stdout: '' });
    expect(ended.stderr).toContain('in time');
    expect(performance.now() - begun).toBeLessThan(16_000);
  });

  it('is told when it cannot be one', async () => {
    const practice = await usePractice();
    const env = { ASSUME_ENDPOINT_URL: undefined, HTTPS_PROXY: 'socks5://jane:s3cret@127.0.0.1:1' };
    const ended = await practice.run(DEV, { env });
    expect(ended).toMatchObject({ status: 3, stdout: '' });
    expect(ended.stderr).toContain('HTTPS_PROXY does not name an HTTP proxy');
    expect(ended.stderr).not.toContain('s3cret');
  });
});

describe('a host that needs no proxy', () => {
  it('is reached straight, when it is listed', async () => {
    const practice = await usePractice();
    const proxy = await startProxy({ to: 1 });
    const url = ['--endpoint-url', 'https://sts.aws.invalid'];
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: 'other.example,.aws.invalid' };
    const straight = await practice.run([...DEV, ...url], { env });
    expect(straight.status).toBe(7);
    expect(straight.stderr).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(proxy.asked).toEqual([]);
    const { NO_PROXY: _, ...listed } = env;
    expect((await practice.run([...DEV, ...url], { env: listed })).status).toBe(7);
    expect(proxy.asked.map(({ host }) => host)).toContain('sts.aws.invalid:443');
  });

  it('is this machine, always', async () => {
    const practice = await usePractice();
    const proxy = await startProxy({ to: 1 });
    printed(await practice.run(DEV, { env: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url } }));
    expect(proxy.asked).toEqual([]);
  });
});

describe.skipIf(OPENSSL === null)('the CAs that are trusted', () => {
  it.each<[where: string, config: (path: string) => string]>([
    ["the role's profile", (path) => `[profile dev]\nca_bundle = ${path}\n`],
    ['the profile that it starts from', (path) => `[profile base]\nca_bundle = ${path}\n`],
  ])('are those that %s names', async (_, more) => {
    const practice = await usePractice();
    const { env, ca } = await putBehindProxy(practice);
    practice.write('.aws/config', `${ROLE}${more(ca.path)}`);
    const { AWS_CA_BUNDLE: _path, ...bare } = env;
    printed(await practice.run(DEV, { env: bare }));
    // The variable goes before the profile.
    const wrong = { ...env, AWS_CA_BUNDLE: makePrivateCa().path };
    expect((await practice.run([...DEV, '--refresh'], { env: wrong })).status).toBe(7);
  });

  it.each(['~/corp/ca.pem', 'corp/ca.pem'])('may be at %s', async (path) => {
    const practice = await usePractice();
    const { env, ca } = await putBehindProxy(practice);
    practice.write('corp/ca.pem', `Corp\n${ca.pem}\n${makePrivateCa().pem}`);
    printed(await practice.run(DEV, { env: { ...env, AWS_CA_BUNDLE: path } }));
  });

  it('are, without a bundle, those of Node and what it is given besides', async () => {
    const practice = await usePractice();
    const { env, ca } = await putBehindProxy(practice);
    const bare = { ...env, AWS_CA_BUNDLE: undefined };
    printed(await practice.run(DEV, { env: { ...bare, NODE_EXTRA_CA_CERTS: ca.path } }));
    const distrusted = await practice.run([...DEV, '--refresh'], { env: bare });
    expect(distrusted).toMatchObject({ status: 7, stdout: '' });
    expect(distrusted.stderr).toContain('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(distrusted.stderr).toContain('AWS_CA_BUNDLE=FILE, or ca_bundle in the profile');
  });

  it('vouch for the host that is asked, and no other', async () => {
    const practice = await usePractice();
    const { env } = await putBehindProxy(practice, ['sts.eu-west-1.amazonaws.com']);
    const ended = await practice.run(DEV, { env });
    expect(ended).toMatchObject({ status: 7, stdout: '' });
    expect(ended.stderr).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(ended.stderr).toContain('answers in its place');
    printed(await practice.run(DEV, { env: { ...env, AWS_REGION: 'eu-west-1' } }));
  });

  it.each<[what: string, text: string | null, problem: string]>([
    ['is not there', null, 'there is no file'],
    ['holds none', 'no certificate\n', 'holds no certificate'],
    ['is empty', '', 'holds no certificate'],
    [
      'is damaged',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      'certificate 1 of',
    ],
  ])('are told when their file %s', async (_, text, problem) => {
    const practice = await usePractice();
    if (text !== null) practice.write('ca.pem', text);
    const path = `${practice.home.path}/ca.pem`;
    const config = practice.write('.aws/config', `${ROLE}ca_bundle = ${path}\n`);
    const named = await practice.run(DEV);
    expect(named).toMatchObject({ status: 3, stdout: '' });
    expect(named.stderr).toContain(`${config}:4:13: `);
    expect(named.stderr).toContain(problem);
    expect(named.stderr).toContain(path);
    expect((await practice.run(['config', 'check'])).stderr).toContain(problem);
    practice.write('.aws/config', ROLE);
    const variable = await practice.run(DEV, { env: { AWS_CA_BUNDLE: path } });
    expect(variable).toMatchObject({ status: 3, stdout: '' });
    expect(variable.stderr).toContain('AWS_CA_BUNDLE: ');
    expect(practice.received()).toEqual([]);
  });

  it('are told when their file cannot be read', async () => {
    const practice = await usePractice();
    const ended = await practice.run(DEV, { env: { AWS_CA_BUNDLE: practice.home.path } });
    expect(ended).toMatchObject({ status: 3, stdout: '' });
    expect(ended.stderr).toContain(`AWS_CA_BUNDLE: cannot read ${practice.home.path}`);
    expect(ended.stderr).toContain('directory');
  });
});

const ROLE = `[profile dev]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
`;

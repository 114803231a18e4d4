import { chmodSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installBrowser } from '../support/fake-browser.js';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { useSignOn, type SignOn } from '../support/use-sign-on.js';

const LOGIN = ['login', 'sso-dev'];
const BY_DEVICE = [
  'RegisterClient',
  'StartDeviceAuthorization',
  'page of a device code',
  'CreateToken',
];
const BY_BROWSER = ['RegisterClient', 'page of a login', 'CreateToken'];

/** Starts the built program in a terminal of its own. */
function inTerminal(
  { practice }: SignOn,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Terminal {
  const options = { env: { ...practice.env, ...env }, cwd: practice.home.path };
  const terminal = openTerminal(RUNTIME, [ASSUME, ...args], options);
  onTestFinished(() => terminal.close());
  return terminal;
}

/** What a person does who reads the page's address on the terminal. */
async function visitShownPage(terminal: Terminal): Promise<string> {
  const shown = await terminal.waitFor(/ {2}http:\S+\n/);
  const page = shown.trim().split(/\s+/).at(-1) ?? '';
  await fetch(page);
  return page;
}

describe.skipIf(findTerminal() === null)('assume login at IAM Identity Center', () => {
  it('opens the browser with one word, and keeps what comes of it', async () => {
    const on = await useSignOn();
    const browser = installBrowser(on.practice);
    const terminal = inTerminal(on, LOGIN, { BROWSER: browser.path });
    await terminal.waitFor(/logged in to acme: 7h59m left/);
    expect(await terminal.end()).toEqual({ status: 0 });
    expect(on.received()).toEqual(BY_BROWSER);
    const [words, ...others] = browser.calls();
    expect([words?.length, others]).toEqual([1, []]);
    expect(terminal.text).toContain(`\n  ${words?.[0] ?? ''}\n`);
    expect(on.token()).toMatchObject({ region: 'eu-west-1' });
    expect(terminal.text).not.toContain(on.token()?.['accessToken']);
  });

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['no desktop', {}, []],
    ['a desktop at the other end of SSH', { DISPLAY: ':0', SSH_TTY: '/dev/pts/1' }, []],
    ['a wish for it', { BROWSER: '/bin/true' }, ['--device-code']],
  ])('shows page and code for any browser where there is %s', async (_, env, args) => {
    const on = await useSignOn();
    const terminal = inTerminal(on, [...LOGIN, ...args], env);
    const [, code = ''] = /show the code (\S+)/.exec(await terminal.waitFor(/the code \S+/)) ?? [];
    const page = await visitShownPage(terminal);
    expect(page).toBe(`${on.url}/device?user_code=${code}`);
    await terminal.waitFor('logged in to acme');
    expect(await terminal.end()).toEqual({ status: 0 });
    expect(on.received()).toEqual(BY_DEVICE);
  });

  it.each([
    ['fails', '#!/bin/false\n'],
    ['cannot be started', '#!/nonexistent/interpreter\n'],
  ])('is no error when the browser %s', async (_, text) => {
    const on = await useSignOn();
    const browser = on.practice.write('bin/browser', text);
    chmodSync(browser, 0o755);
    const terminal = inTerminal(on, LOGIN, { BROWSER: browser });
    await terminal.waitFor('in the browser; if none opens');
    await visitShownPage(terminal);
    await terminal.waitFor('logged in to acme');
    expect(await terminal.end()).toEqual({ status: 0 });
    expect(on.received()).toEqual(BY_BROWSER);
  });

  it('by the old keys takes a code even where a browser is', async () => {
    const on = await useSignOn();
    const browser = installBrowser(on.practice);
    const terminal = inTerminal(on, ['login', 'old'], { BROWSER: browser.path });
    await terminal.waitFor('logged in to https://acme.awsapps.com/start: 7h59m left');
    expect(on.received()).toEqual(BY_DEVICE);
    expect(on.requests[0]?.fields).not.toHaveProperty('scopes');
  });

  it('is done once, also with no terminal, until it is asked for again', async () => {
    const on = await useSignOn();
    const browser = installBrowser(on.practice);
    const env = { BROWSER: browser.path };
    await inTerminal(on, LOGIN, env).end();
    const first = on.token()?.['accessToken'];
    on.received();
    const again = await on.practice.run(LOGIN);
    expect(again).toMatchObject({ status: 0, stdout: '' });
    expect(again.stderr).toContain('assume: there is a login to acme already: 7h59m left\n');
    expect(on.received()).toEqual([]);
    await inTerminal(on, [...LOGIN, '--refresh'], env).end();
    // The registration serves again.
    expect(on.received()).toEqual(['page of a login', 'CreateToken']);
    expect(on.token()?.['accessToken']).not.toBe(first);
  });

  it('--all logs every identity in, one login for all that share it', async () => {
    const on = await useSignOn();
    on.practice.write(
      '.config/assume/assume.ini',
      `[identity dev]\ncredentials = sso:acme/111111111111/Developer\n[identity keys]\ncredentials = profile:base\nmfa_serial = ${on.practice.serial('jane.doe')}\n[identity admin]\ncredentials = profile:sso-admin\n[identity env]\ncredentials = environment\n`,
    );
    const env = { BROWSER: installBrowser(on.practice).path, AWS_SESSION_TOKEN: 'x' };
    const terminal = inTerminal(on, ['login', '--all'], env);
    await terminal.waitFor('logged in to acme');
    await terminal.waitFor('MFA code of jane.doe for keys:');
    terminal.type(`${on.practice.code('jane.doe')}\r`);
    await terminal.waitFor('logged in as keys: MFA session');
    await terminal.waitFor('there is a login to acme already');
    await terminal.waitFor('env needs no login');
    expect(await terminal.end()).toEqual({ status: 0 });
    expect(on.received()).toEqual([...BY_BROWSER, 'GetSessionToken']);
  });
});

describe.skipIf(findTerminal() === null)('the login that another command needs', () => {
  it('is run by it, and the command goes on', async () => {
    const on = await useSignOn();
    const env = { BROWSER: installBrowser(on.practice).path };
    const terminal = inTerminal(on, ['exec', 'chained', '--', 'printenv', 'ASSUME_ROLE_ARN'], env);
    await terminal.waitFor('arn:aws:iam::222222222222:role/dev-role');
    expect(await terminal.end()).toEqual({ status: 0 });
    expect(on.received()).toEqual([
      ...BY_BROWSER,
      ...['GetRoleCredentials', 'GetCallerIdentity', 'AssumeRole'],
    ]);
  });

  it('is awaited by those who need it too', async () => {
    const on = await useSignOn();
    const first = inTerminal(on, ['exec', 'sso-dev', '--', 'true']);
    const shown = await first.waitFor(/ {2}http:\S+user_code=\S+\n/);
    const second = inTerminal(on, ['exec', 'sso-admin', '--', 'true']);
    await second.waitFor(/waiting for another assume \(process \d+\) to log in to acme/);
    await fetch(shown.trim().split(/\s+/).at(-1) ?? '');
    expect([await first.end(), await second.end()]).toEqual([{ status: 0 }, { status: 0 }]);
    const logins = on.received().filter((action) => action === 'StartDeviceAuthorization');
    expect(logins).toHaveLength(1);
  });

  it('is not run by credential-process, which may not take that long', async () => {
    const on = await useSignOn();
    const terminal = inTerminal(on, ['credential-process', 'sso-dev']);
    await terminal.waitFor('and there is no time for it here');
    expect(await terminal.end()).toEqual({ status: 6 });
    expect(on.received()).toEqual([]);
  });
});

describe.skipIf(findTerminal() === null)('a login that does not come about', () => {
  it.each([
    [
      'in the browser',
      'the login was denied: access_denied',
      { BROWSER: 'browser' },
      BY_BROWSER.slice(0, -1),
    ],
    ['by code', 'the login was denied in the browser', {}, BY_DEVICE],
  ])('is denied %s', async (_, text, env, asked) => {
    const on = await useSignOn();
    on.center.settings.decision = 'deny';
    const path = `${on.practice.home.path}/bin:${on.practice.env['PATH'] ?? ''}`;
    installBrowser(on.practice);
    const terminal = inTerminal(on, LOGIN, { ...env, PATH: path });
    if (!('BROWSER' in env)) await visitShownPage(terminal);
    await terminal.waitFor(text);
    expect(await terminal.end()).toEqual({ status: 6 });
    expect(on.received()).toEqual(asked);
    expect(on.token()).toBeNull();
  });

  it('is too late when the code has expired', async () => {
    const on = await useSignOn();
    on.center.settings.deviceSeconds = 2;
    const terminal = inTerminal(on, LOGIN);
    await terminal.waitFor('nobody logged in before the code expired');
    expect(await terminal.end()).toEqual({ status: 6 });
  });

  it.each([
    ['in the browser', { BROWSER: '/bin/true' }],
    ['by code', {}],
  ])('is given up with Ctrl-C %s, and leaves nothing half done', async (_, env) => {
    const on = await useSignOn();
    const terminal = inTerminal(on, LOGIN, env);
    await terminal.waitFor(/ {2}http:\S+\n/);
    terminal.type('\x03');
    expect(await terminal.end()).toEqual({ status: 130 });
    expect(terminal.text).toContain('assume: cancelled\n');
    expect(on.received()).not.toContain('page of a login');
    expect(on.token()).toBeNull();
    // The registration alone, whole.
    expect(readdirSync(dirname(on.tokenPath()))).toEqual([expect.stringMatching(/^\w{40}\.json$/)]);
    const again = inTerminal(on, LOGIN, { BROWSER: installBrowser(on.practice).path });
    await again.waitFor('logged in to acme');
    expect(again.text).not.toContain('waiting');
  });

  it('goes slower when it is told to', async () => {
    const on = await useSignOn();
    on.center.settings.slowDowns = 1;
    const terminal = inTerminal(on, LOGIN);
    await visitShownPage(terminal);
    await terminal.waitFor('logged in to acme');
    const [first, second] = on.requests.filter(({ action }) => action === 'CreateToken');
    const seconds = (Number(second?.at) - Number(first?.at)) / 1000;
    expect(seconds).toBeGreaterThan(5.9);
    expect(seconds).toBeLessThan(9);
  });
});

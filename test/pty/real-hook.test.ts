import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  HOOKED,
  openShell,
  type HookedShell,
  type ShellName,
  type ShellOptions,
} from '../support/open-shell.js';
import { startPractice, type Practice } from '../support/practice.js';
import { findTerminal } from '../support/pty.js';
import { findTool } from '../support/tools.js';

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const CATALOGUE = `[identity shared]
user_name = jane.doe
credentials = profile:base
[account staging]
id = 333333333333
identity = shared
roles = staging-role
protected = yes
`;

let practice: Practice;
let shell: HookedShell | null;
beforeEach(async () => {
  practice = await startPractice();
  shell = null;
  const config = readFileSync(join(practice.home.path, '.aws/config'), 'utf8');
  practice.write('.aws/config', config.replace('prod-role]\n', 'prod-role]\nregion = eu-west-1\n'));
  practice.write('.config/assume/assume.ini', CATALOGUE);
});
afterEach(async () => {
  await shell?.terminal.close();
  await practice.close();
});

/** With a live MFA session, so that nothing asks for a code. */
async function login(): Promise<void> {
  const env = { ASSUME_MFA_CODE: practice.code('jane.doe') };
  expect(await practice.run(['login', 'base'], { env })).toMatchObject({ status: 0 });
  practice.received();
}

function lastRole() {
  return practice.aws.requests.filter(({ action }) => action === 'AssumeRole').at(-1);
}

describe.each(HOOKED)('%s, with the hook', (name) => {
  const it = test.skipIf(findTool(name) === null || findTerminal() === null);
  // What one shell proves of the program holds for all; the rest is each shell's own.
  const itOfProgram = name === 'bash' || process.env['ASSUME_TEST_FULL'] === '1' ? it : test.skip;
  const open = async (options: ShellOptions = {}): Promise<HookedShell> =>
    (shell = await openShell(practice, name, options));

  it('asks one code at a hidden prompt for the first role, none for the second', async () => {
    const { run, runWithCode, environment, terminal } = await open();
    const code = practice.code('jane.doe');
    const first = await runWithCode('assume prod-role', code);
    expect(first.status).toBe(0);
    expect(first.shown).toMatch(/prod-role: .*444444444444.*eu-west-1/);
    expect(terminal.text).not.toContain(code);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    const prod = await environment();
    expect(prod).toMatchObject({ ASSUME_TARGET: 'prod-role', AWS_REGION: 'eu-west-1' });

    expect(await run('assume prod-readonly')).toMatchObject({ status: 0 });
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRole()?.principalArn).toBe('arn:aws:iam::111111111111:user/jane.doe');
    const readonly = await environment();
    expect(readonly['AWS_ACCESS_KEY_ID']).not.toBe(prod['AWS_ACCESS_KEY_ID']);
    expect(readonly).not.toHaveProperty('AWS_REGION');
    expect(readonly).not.toHaveProperty('AWS_DEFAULT_REGION');

    expect(await run('assume -')).toMatchObject({ status: 0 });
    expect(practice.received()).toEqual([]);
    const again = await environment();
    expect(again['AWS_ACCESS_KEY_ID']).toBe(prod['AWS_ACCESS_KEY_ID']);
    expect(again['AWS_REGION']).toBe('eu-west-1');
  });

  it('stays as it was when a switch fails, and says so by its status', async () => {
    await login();
    practice.write(
      '.config/assume/conf.d/gone.ini',
      '[account gone]\nid = 444444444444\nidentity = shared\nroles = no-such-role\n',
    );
    const { run, environment } = await open();
    await run('assume prod-role');
    const before = await environment();
    for (const [target, status] of [
      ['nowhere', 4],
      ['gone/no-such-role', 6],
      ['prod-role --no-such-option', 2],
    ] as const) {
      expect(await run(`assume ${target}`)).toMatchObject({ status });
    }
    const same = ({ _: _last, ...rest }: Record<string, string>) => rest;
    expect(same(await environment())).toEqual(same(before));
  });

  itOfProgram('renews with the options that the target was entered with', async () => {
    await login();
    const { run, environment } = await open();
    expect(await run('assume prod-role --read-only')).toMatchObject({ status: 0 });
    const before = await environment();
    expect(lastRole()?.parameters['PolicyArns.member.1.arn']).toBe(READ_ONLY);
    expect(await run('assume renew')).toMatchObject({ status: 0 });
    expect(practice.received()).toEqual(['AssumeRole', 'AssumeRole']);
    expect(lastRole()?.parameters['PolicyArns.member.1.arn']).toBe(READ_ONLY);
    const after = await environment();
    expect(after['AWS_ACCESS_KEY_ID']).not.toBe(before['AWS_ACCESS_KEY_ID']);
  });

  it('gives back on leaving what was there before the first target', async () => {
    await login();
    const mine = { AWS_PROFILE: 'dev', AWS_REGION: 'us-west-2' };
    const { run, environment } = await open({ env: mine });
    const before = await environment();
    await run('assume prod-role');
    expect(await environment()).not.toHaveProperty('AWS_PROFILE');
    await run('assume prod-readonly');
    expect(await environment()).toMatchObject({ AWS_REGION: 'us-west-2' });
    expect(await run('assume leave')).toMatchObject({ status: 0 });
    const { _: _last, ...after } = await environment();
    expect(after).toEqual(expect.objectContaining(mine));
    expect(Object.keys(after).filter((key) => !(key in before))).toEqual([]);
    expect(await run('assume leave')).toMatchObject({ status: 0 });
  });

  it('has renewed before the command that comes when it is time', async () => {
    await login();
    const { run, environment } = await open();
    await run('assume prod-role');
    const before = await environment();
    expect(Number(before['ASSUME_RENEW_AT']) * 1000).toBeGreaterThan(Date.now());
    practice.received();
    await run(name === 'fish' ? 'set -gx ASSUME_RENEW_AT 1' : 'export ASSUME_RENEW_AT=1');
    const after = await environment();
    expect(after['AWS_ACCESS_KEY_ID']).not.toBe(before['AWS_ACCESS_KEY_ID']);
    expect(Number(after['ASSUME_RENEW_AT']) * 1000).toBeGreaterThan(Date.now());
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('says once that renewing needs a code, and renews when it needs none', async () => {
    const { run, runWithCode, environment, terminal } = await open();
    const due = name === 'fish' ? 'set -gx ASSUME_RENEW_AT 1' : 'export ASSUME_RENEW_AT=1';
    await runWithCode('assume prod-role', practice.code('jane.doe'));
    await run('assume logout --all');
    const begin = terminal.text.length;
    for (let tries = 0; tries < 2; tries++) {
      await run(due);
      expect(await run('true')).toMatchObject({ status: 0 });
    }
    const said = terminal.text.slice(begin).replaceAll('\r', '').split('\n');
    expect(said.filter((line) => /assume|code/.test(line))).toEqual([
      expect.stringMatching(
        /^(READY> )*assume: prod-role ends in (1h|59m); renewing it needs a code: assume renew$/,
      ),
    ]);
    const after = await environment();
    expect(Number(after['ASSUME_RENEW_AT']) * 1000).toBeGreaterThan(Date.now());
    expect(after).not.toHaveProperty('ASSUME_RENEWAL');

    await runWithCode('assume login base', practice.freshCode('jane.doe'));
    await run(due);
    const renewed = await environment();
    expect(renewed['AWS_ACCESS_KEY_ID']).not.toBe(after['AWS_ACCESS_KEY_ID']);
    expect(renewed).not.toHaveProperty('ASSUME_RENEW_TOLD');
  });

  itOfProgram('never renews a protected target by itself', async () => {
    await login();
    const { run, environment } = await open();
    expect(await run('assume staging/staging-role')).toMatchObject({ status: 0 });
    const variables = await environment();
    expect(variables).toMatchObject({ ASSUME_PROTECTED: '1' });
    expect(variables).not.toHaveProperty('ASSUME_RENEW_AT');
  });

  it.each([
    ['expired', { ASSUME_EXPIRATION: '2020-01-01T00:00:00Z' }, true],
    ['protected', { ASSUME_PROTECTED: '1' }, true],
    ['live', {}, false],
  ] as const)('drops inherited credentials or keeps them: %s', async (_, more, isDropped) => {
    const inherited = {
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      ASSUME_TARGET: 'prod-role',
      ASSUME_PID: '1',
      ASSUME_EXPIRATION: '2099-01-01T00:00:00Z',
      ...more,
    };
    const { environment, terminal } = await open({ env: inherited });
    expect('AWS_ACCESS_KEY_ID' in (await environment())).toBe(!isDropped);
    expect(terminal.text.includes('dropped the credentials of prod-role')).toBe(isDropped);
  });

  it('shows no secret while it traces what it runs', async () => {
    await login();
    const { run, environment, terminal } = await open();
    await run(name === 'fish' ? 'set -g fish_trace 1' : 'set -x');
    expect(await run('assume prod-role')).toMatchObject({ status: 0 });
    await run(name === 'fish' ? 'set -e fish_trace' : 'set +x');
    const { AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = await environment();
    expect(terminal.text).toMatch(/assume prod-role/);
    const joined = terminal.text.replaceAll('\n', '');
    for (const text of [secret, token]) expect(joined).not.toContain((text ?? '?').slice(0, 20));
  });

  itOfProgram('leaves a command after -- and other commands untouched', async () => {
    await login();
    const { run, environment } = await open();
    const { shown } = await run('assume prod-role -- printenv ASSUME_TARGET');
    expect(shown).toContain('\nprod-role\n');
    expect(await run("assume exec prod-role sh -c 'exit 7'")).toMatchObject({ status: 7 });
    expect(await environment()).not.toHaveProperty('ASSUME_TARGET');
  });
});

test.each<ShellName>(['bash', 'zsh'])('%s without the hook cannot leave in place', async (name) => {
  if (findTool(name) === null || findTerminal() === null) return;
  shell = await openShell(practice, name, {
    startFile: '',
    env: { ASSUME_TARGET: 'prod-role' },
  });
  const { shown, status } = await shell.run('assume leave');
  expect(status).toBe(2);
  expect(shown).toMatch(/type exit/);
});

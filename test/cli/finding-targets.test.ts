import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSUME, startPractice, type Practice, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';

let practice: Practice;

const PROD = 'arn:aws:iam::444444444444:role/prod-role';
const INI = `[settings]
identity = shared
session_name = jane
[identity shared]
credentials = profile:base
[customer acme]
external_id = acme-1
[customer umbrella]
external_id = umbrella-1
[account acme/production]
id = 444444444444
roles = prod-role, readonly
tags = env=prod
region = eu-west-1
protected = yes
[account umbrella/production]
id = 333333333333
roles = staging-role
[account development]
id = 222222222222
roles = dev-role
[target development/dev-role]
alias = workbench
[account list]
id = 222222222222
roles = readonly
[target list/readonly]
alias = status
`;
const CONFIG = `[profile twin]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
role_session_name = jane
[profile workshop]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
role_session_name = jane
[profile other]
credential_process = /usr/local/bin/assume credential-process acme/production/prod-role
[profile planted]
credential_process = CANARY credential-process x
[profile loop-a]
credential_process = assume credential-process loop-b
[profile loop-b]
credential_process = assume credential-process loop-a
`;

beforeAll(async () => {
  practice = await startPractice();
  // Whoever ran it would find its mark, under either name.
  const canary = practice.write('bin/assume', `#!/bin/sh\ntouch ${practice.home.path}/canary\n`);
  chmodSync(canary, 0o755);
  practice.write('.aws/config', CONFIG.replace('CANARY', `${canary}-other`));
  practice.write('.config/assume/assume.ini', INI);
});

afterAll(() => practice.close());

interface Found {
  readonly target: string;
  readonly accountId: string;
  readonly protected: boolean;
  readonly hops: readonly { readonly roleArn: string; readonly externalId: string | null }[];
}

async function find(name: string): Promise<Found> {
  const ended = await practice.run(['plan', name, '--json']);
  expect({ name, status: ended.status, stderr: ended.stderr }).toEqual({
    name,
    status: 0,
    stderr: '',
  });
  return JSON.parse(ended.stdout) as Found;
}

describe('an exact name finds its target', () => {
  test.each([
    ['an account and role', 'development/dev-role', 'development/dev-role'],
    ["a customer's full name", 'acme/production/prod-role', 'production/prod-role'],
    ['its shortest form', 'production/prod-role', 'production/prod-role'],
    ['an alias', 'workbench', 'development/dev-role'],
    ['a profile', 'twin', 'twin'],
    ['a profile by its kind', 'profile:twin', 'twin'],
    ['a profile that only calls us', 'other', 'production/prod-role'],
    ['an ARN', PROD, 'production/prod-role'],
    ['an account ID and role', '444444444444/prod-role', 'production/prod-role'],
    [
      'an ARN that no file names',
      'arn:aws:iam::555555555555:role/x',
      'arn:aws:iam::555555555555:role/x',
    ],
    ['an account ID and role that no file names', '555555555555/x', '555555555555/x'],
  ])('%s', async (_what, name, target) => {
    expect((await find(name)).target).toBe(target);
  });

  test.each([PROD, '444444444444/prod-role', 'other'])(
    'a listed role named as %s keeps its external ID and its safeguards',
    async (name) => {
      const found = await find(name);
      expect(found.hops.at(-1)?.externalId).toBe('acme-1');
      expect(found.protected).toBe(true);
    },
  );

  test('accounts of two customers share a name without being mixed', async () => {
    expect((await find('umbrella/production/staging-role')).accountId).toBe('333333333333');
    expect((await find('production/staging-role')).accountId).toBe('333333333333');
    expect((await find('acme/production/readonly')).accountId).toBe('444444444444');
  });

  test('equal names with the same plan are one, with different plans are ambiguous', async () => {
    const text = INI.replace('alias = workbench', 'alias = NAME');
    const same = practice.write(
      'same.ini',
      text
        .replace('NAME', 'twin')
        .replace('identity = shared\n', 'identity = base\n')
        .replace(
          /\[identity shared\]\ncredentials.*\n/,
          '[identity base]\ncredentials = profile:base\n',
        ),
    );
    const ended = await practice.run(['plan', 'twin', '--json'], { env: { ASSUME_CONFIG: same } });
    expect(ended).toMatchObject({ status: 0 });
    const other = practice.write('other.ini', text.replace('NAME', 'twin\nexternal_id = other-1'));
    const refused = await practice.run(['export', 'twin'], { env: { ASSUME_CONFIG: other } });
    expect(refused).toMatchObject({ status: 4, stdout: "sh -c 'exit 4' >&2\n" });
    expect(refused.stderr).toMatch(/write one of: .*profile:twin \(.*\.aws\/config:1:1\)/);
    expect(refused.stderr).toMatch(
      /arn:aws:iam::222222222222:role\/dev-role|development\/dev-role/,
    );
    const [, ...exact] = /write one of: (\S+) .*?, (\S+) /.exec(refused.stderr) ?? [];
    for (const name of exact)
      expect(await practice.run(['plan', name], { env: { ASSUME_CONFIG: other } })).toMatchObject({
        status: 0,
      });
  });
});

describe('without a terminal nothing is guessed', () => {
  test.each([
    ['prod-role', /write production\/prod-role$/m],
    [
      'production',
      /write one of: production\/prod-role, production\/readonly, production\/staging-role$/m,
    ],
    ['333333333333', /write production\/staging-role$/m],
    ['workbnch', /nearest: workbench/],
    ['exprot', /nearest: export/],
    ['lisst', /nearest: list/],
    ['zzzzz', /assume list/],
  ])('%s is an error that says what to write', async (name, hint) => {
    const ended = await practice.run(['export', name]);
    expect(ended).toMatchObject({ status: 4, stdout: "sh -c 'exit 4' >&2\n" });
    expect(ended.stderr).toMatch(hint);
  });

  test("a command's name that is no target is not near to itself", async () => {
    const { status, stderr } = await practice.run(['plan', 'doctor']);
    expect(status).toBe(4);
    expect(stderr).toContain('there is no target doctor');
    expect(stderr).not.toMatch(/nearest:.*\bdoctor\b/);
  });

  test('an account that is not the expected one is refused before anything is asked', async () => {
    practice.received();
    const words = ['export', 'development/dev-role', '--expect-account'];
    expect(await practice.run([...words, '444444444444'])).toMatchObject({
      status: 4,
      stdout: "sh -c 'exit 4' >&2\n",
    });
    expect(practice.received()).toEqual([]);
    expect(await practice.run([...words, '222222222222'])).toMatchObject({ status: 0 });
  });

  test('a target named like a command is reached by its kind, by switch, or by exec', async () => {
    expect(
      await practice.run(['switch', 'status', '--', 'printenv', 'ASSUME_TARGET']),
    ).toMatchObject({
      status: 0,
      stdout: 'list/readonly\n',
    });
    expect((await practice.run(['status', '--json'])).stdout).toContain('"sessions"');
  });

  test('every reserved word is refused, and says how to reach a target of that name', async () => {
    for (const word of ['console', 'serve', 'sync', 'each', 'sudo', 'map']) {
      const ended = await practice.run([word]);
      expect(ended).toMatchObject({ status: 2 });
      expect(ended.stderr).toContain(`assume switch ${word}`);
    }
  });
});

describe('a profile that only calls us is another name of its target', () => {
  test('it is listed nowhere', async () => {
    for (const form of [[], ['--json'], ['--csv'], ['--names']]) {
      const { stdout } = await practice.run(['list', ...form]);
      expect(stdout).not.toMatch(/\b(other|loop-a|loop-b)\b/);
    }
  });

  test('it is never run, and neither is any other process', async () => {
    const env = { PATH: `${practice.home.path}/bin:${practice.env['PATH'] ?? ''}` };
    for (const name of ['other', 'planted', 'loop-a'])
      for (const command of ['plan', 'export']) await practice.run([command, name], { env });
    expect(existsSync(join(practice.home.path, 'canary'))).toBe(false);
  });

  test('a loop of them is named', async () => {
    const ended = await practice.run(['export', 'loop-a']);
    expect(ended).toMatchObject({ status: 3, stdout: "sh -c 'exit 3' >&2\n" });
    expect(ended.stderr).toContain('loop-a → loop-b → loop-a');
  });
});

describe.skipIf(findTerminal() === null)('at a terminal', () => {
  async function at(
    words: readonly string[],
    talk: (terminal: Terminal) => Promise<void>,
  ): Promise<number> {
    const terminal = openTerminal(RUNTIME, [ASSUME, ...words], {
      env: practice.env,
      cwd: practice.home.path,
    });
    try {
      await talk(terminal);
      return (await terminal.end()).status;
    } finally {
      await terminal.close();
    }
  }

  test('typed words filter the picker, and the command that skips it is told', async () => {
    const status = await at(['--', 'printenv', 'ASSUME_TARGET'], async (terminal) => {
      await terminal.waitFor('Which target?');
      terminal.type('222222222222 workb\r');
      await terminal.waitFor('next time: assume development/dev-role');
      await terminal.waitFor(/^development\/dev-role$/m);
    });
    expect(status).toBe(0);
  });

  test('a role that one target has needs no more than its name', async () => {
    const status = await at(['dev-role', '--no-input', '--', 'true'], async (terminal) => {
      await terminal.waitFor('write development/dev-role');
    });
    expect(status).toBe(4);
    const picked = await at(
      ['staging-role', '--', 'printenv', 'ASSUME_ACCOUNT_ID'],
      async (terminal) => {
        await terminal.waitFor('333333333333');
      },
    );
    expect(picked).toBe(0);
  });

  test('a word that several share opens the picker on just those', async () => {
    const status = await at(['plan', 'readonly'], async (terminal) => {
      await terminal.waitFor('Which readonly?');
      await terminal.waitFor('list/readonly');
      expect(terminal.text).not.toContain('dev-role');
      terminal.type('\x03');
    });
    expect(status).toBe(130);
  });

  test('Ctrl-C in the picker is 130, and nothing was asked of AWS', async () => {
    practice.received();
    const status = await at(['export'], async (terminal) => {
      await terminal.waitFor('Which target?');
      terminal.type('\x03');
    });
    expect(status).toBe(130);
    expect(practice.received()).toEqual([]);
  });
});

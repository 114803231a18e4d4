import { describe, expect, it } from 'vitest';
import { parseArgv } from '../../src/argv.js';
import { credentialProcessDelivery } from '../../src/delivery/credential-process.js';
import { DELIVERIES } from '../../src/delivery/deliveries.js';
import { execDelivery } from '../../src/delivery/exec.js';
import { exportDelivery } from '../../src/delivery/export.js';
import { shellDelivery } from '../../src/delivery/shell.js';
import { writeDelivery } from '../../src/delivery/write.js';
import { assumptionOf } from '../support/assumption.js';
import { AWS_CONFIG, AWS_CREDENTIALS, KEYS, type UserFiles } from '../support/configured-host.js';
import { Ended, fakeHost, type FakeHostOptions } from '../support/fake-host.js';
import { rejectionOf, thrownBy } from '../support/thrown-by.js';

const TEXTS: UserFiles = {
  credentials: `[base]\n${KEYS}`,
  config:
    '[profile prod]\nrole_arn = arn:aws:iam::444444444444:role/admin\nsource_profile = base\n',
};

describe('every delivery', () => {
  it.each(DELIVERIES.map((delivery) => [delivery.name, delivery] as const))(
    '%s asks its source once, and only after it has refused what it must',
    async (_, delivery) => {
      const { host, assumption } = await assumptionOf(TEXTS, 'prod', {
        env: { SHELL: '/bin/bash' },
      });
      let asked = 0;
      const source = () => {
        asked += 1;
        return assumption.source();
      };
      const request = parseArgv(['exec', 'prod', 'true']);
      await delivery.deliver({ ...assumption, source }, request, host).catch((thrown: unknown) => {
        if (!(thrown instanceof Ended)) throw thrown;
      });
      expect(asked).toBe(1);
    },
  );

  it('has a name of its own', () => {
    const names = DELIVERIES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('credential-process', () => {
  it('prints the JSON that SDKs read, and nothing else', async () => {
    const { host, assumption } = await assumptionOf(TEXTS, 'prod');
    const request = parseArgv(['credential-process', 'prod']);
    expect(await credentialProcessDelivery.deliver(assumption, request, host)).toBe(0);
    expect(JSON.parse(host.written.stdout)).toEqual({
      Version: 1,
      AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      SecretAccessKey: 'fake-delivered-secret',
      SessionToken: 'fake-delivered-token',
      Expiration: '2026-01-02T04:04:05Z',
      AccountId: '444444444444',
    });
    expect(host.written.stderr).toBe('');
  });
});

describe('exec', () => {
  it('runs the command with the target around it, and ends as it ends', async () => {
    const { host, assumption } = await assumptionOf(TEXTS, 'prod', {
      child: () => ({ status: 7 }),
      env: { AWS_PROFILE: 'stale' },
    });
    const ended = await execDelivery
      .deliver(assumption, parseArgv(['prod', '--', 'aws', 's3', 'ls']), host)
      .catch((thrown: unknown) => thrown);
    expect(ended).toMatchObject({ end: { status: 7 } });
    expect(host.ran).toHaveLength(1);
    expect(host.ran[0]).toMatchObject({
      command: 'aws',
      args: ['s3', 'ls'],
      env: { AWS_SECRET_ACCESS_KEY: 'fake-delivered-secret' },
    });
    expect(host.ran[0]?.env).not.toHaveProperty('AWS_PROFILE');
  });

  it.each([[['exec', 'prod']], [['prod', '--']], [['exec', 'prod', '--', '']]])(
    'refuses %j',
    (argv) => {
      expect(
        thrownBy(() => {
          execDelivery.check(parseArgv(argv), fakeHost());
        }).code,
      ).toBe('USAGE');
    },
  );
});

describe('export', () => {
  it.each<[string[], FakeHostOptions['env'], RegExp]>([
    [[], { ASSUME_SHELL: 'fish', SHELL: '/bin/bash' }, /^set -e|^set .*-e/m],
    [[], { SHELL: '/usr/bin/fish' }, /set -gx AWS_ACCESS_KEY_ID/],
    [[], { SHELL: '/bin/bash' }, /export AWS_ACCESS_KEY_ID=/],
    [[], { SHELL: '/opt/unheard-of-shell' }, /export AWS_ACCESS_KEY_ID=/],
    [[], {}, /export AWS_ACCESS_KEY_ID=/],
    [[], { ASSUME_SHELL: '' }, /export AWS_ACCESS_KEY_ID=/],
    [['--shell', 'tcsh'], { SHELL: '/bin/bash' }, /setenv AWS_ACCESS_KEY_ID/],
    [['--shell', 'powershell'], {}, /\$env:AWS_ACCESS_KEY_ID/i],
  ])('%j with %j writes for the right shell', async (flags, env = {}, form) => {
    const { host, assumption } = await assumptionOf(TEXTS, 'prod', { env });
    const request = parseArgv(['export', 'prod', ...flags]);
    exportDelivery.check(request, host);
    expect(await exportDelivery.deliver(assumption, request, host)).toBe(0);
    expect(host.written.stdout).toMatch(form);
    expect(host.written.stdout.trimEnd().split('\n').at(-1)).toMatch(/assume:? end/);
  });

  it('as JSON says what to unset by null', async () => {
    const { host, assumption } = await assumptionOf(TEXTS, 'prod');
    await exportDelivery.deliver(
      assumption,
      parseArgv(['export', 'prod', '--format', 'json']),
      host,
    );
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      AWS_PROFILE: null,
      AWS_SESSION_TOKEN: 'fake-delivered-token',
      AWS_REGION: null,
    });
  });

  it('as dotenv sets and never unsets', async () => {
    const { host, assumption } = await assumptionOf(TEXTS, 'prod');
    await exportDelivery.deliver(
      assumption,
      parseArgv(['export', 'prod', '--format', 'dotenv']),
      host,
    );
    expect(host.written.stdout).toMatch(/^([A-Z_]+=[^\n'"]+\n)+$/);
    expect(host.written.stdout).not.toContain('AWS_PROFILE');
  });

  it.each([
    [['--shell', 'cobol'], '--shell cobol'],
    [['--format', 'yaml'], '--format yaml'],
    [['--shell', ''], '--shell'],
  ])('refuses %j', (flags, message) => {
    const error = thrownBy(() => {
      exportDelivery.check(parseArgv(['export', 'prod', ...flags]), fakeHost());
    });
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain(message);
  });
});

describe('write', () => {
  async function write(credentials: string, flags: string[] = [], config = TEXTS.config ?? '') {
    const given = await assumptionOf(
      { credentials: `[base]\n${KEYS}${credentials}`, config },
      'prod',
    );
    const { host, assumption } = given;
    const before = host.files.contents();
    const done = writeDelivery.deliver(assumption, parseArgv(['write', 'prod', ...flags]), host);
    return { host, before, done };
  }
  const OURS =
    '[assume-prod]\naws_access_key_id = ASIAOLD\naws_secret_access_key = old\naws_session_token = old\nx_assume_target = prod\n';

  it.each([
    ['a new section', '', [], 'assume-prod'],
    ['a section of ours', OURS, [], 'assume-prod'],
    ['a section of a name', '', ['--profile', 'other'], 'other'],
    [
      'a section of a name, after another target',
      OURS.replace('assume-prod', 'other').replace(/= prod/, '= stage'),
      ['--profile', 'other'],
      'other',
    ],
    ['an empty section', '[other]\n', ['--profile', 'other'], 'other'],
    [
      'a foreign section by force',
      '[other]\nregion = x\n',
      ['--profile', 'other', '--force'],
      'other',
    ],
    [
      'a foreign session by force',
      '[other]\naws_access_key_id = A\naws_secret_access_key = s\naws_session_token = t\n',
      ['--profile', 'other', '--force'],
      'other',
    ],
  ])('fills %s', async (_, credentials, flags, section) => {
    const { host, done } = await write(credentials, flags);
    expect(await done).toBe(0);
    const text = host.files.readText(AWS_CREDENTIALS) ?? '';
    expect(text.startsWith(`[base]\n${KEYS}`)).toBe(true);
    const own = text.slice(text.indexOf(`[${section}]`));
    for (const line of [
      'aws_access_key_id = ASIAIOSFODNN7EXAMPLE',
      'aws_session_token = fake-delivered-token',
      'x_assume_target = prod',
      'x_assume_expires = 2026-01-02T04:04:05Z',
    ]) {
      expect(own).toContain(`${line}\n`);
    }
    expect(text).not.toContain('= old');
  });

  const KEYHOLDER = '[other]\naws_access_key_id = A\naws_secret_access_key = s\n';
  it.each([
    [
      'a foreign section',
      '[other]\nregion = x\n',
      ['--profile', 'other'],
      '',
      'not written by assume',
      '--force',
    ],
    ['long-term keys', KEYHOLDER, ['--profile', 'other'], '', 'long-term keys', '--profile'],
    [
      'long-term keys, even by force',
      KEYHOLDER,
      ['--profile', 'other', '--force'],
      '',
      'long-term keys',
      '--profile',
    ],
    [
      'long-term keys beside an empty token',
      `${KEYHOLDER}aws_session_token =\n`,
      ['--profile', 'other', '--force'],
      '',
      'long-term keys',
      '--profile',
    ],
    ['the identity itself', '', ['--profile', 'base', '--force'], '', 'long-term keys', ''],
    [
      'the section of another target',
      OURS.replace(/= prod/, '= p/rod'),
      [],
      '',
      'p/rod',
      '--profile',
    ],
    [
      'a section of ours into which long-term keys were put',
      `${OURS.replace('ASIAOLD', 'AKIANEW')}x_assume_expires = 2026-01-01T00:00:00Z\n`,
      [],
      '',
      'long-term keys',
      '--profile',
    ],
    [
      'a section with role_arn, even by force',
      '[other]\nrole_arn = x\n',
      ['--profile', 'other', '--force'],
      '',
      `role_arn (${AWS_CREDENTIALS}:`,
      '--profile',
    ],
    ...['role_arn', 'credential_process', 'sso_session', 'sso_start_url', 'sso_account_id'].map(
      (key) =>
        [
          `a profile with ${key}`,
          '',
          ['--profile', 'other', '--force'],
          `[profile other]\n${key} = x\n`,
          `${key} (${AWS_CONFIG}:`,
          '--profile',
        ] as const,
    ),
  ] as const)(
    'refuses %s, before AWS is asked',
    async (_, credentials, flags, config, message, hint) => {
      const { host, before, done } = await write(
        credentials,
        [...flags],
        `${TEXTS.config ?? ''}${config}`,
      );
      const error = await rejectionOf(done);
      expect(error.message).toContain(message);
      expect(error.hint).toContain(hint);
      expect(host.files.contents()).toEqual(before);
    },
  );
});

describe('the shell', () => {
  const HOOKED = { ASSUME_SHELL: 'bash', ASSUME_HOOK: '77', SHELL: '/bin/bash' };

  it('that has the hook is changed in place', async () => {
    const { host, assumption } = await assumptionOf(TEXTS, 'prod', { env: HOOKED });
    expect(await shellDelivery.deliver(assumption, parseArgv(['prod']), host)).toBe(0);
    expect(host.ran).toEqual([]);
    expect(host.written.stdout).toContain('export ASSUME_PID=');
    expect(host.written.stdout).not.toMatch(/ASSUME_(SHELL|HOOK)\b/);
  });

  it('that has none is opened anew, and told once how to have it', async () => {
    const { host, assumption } = await assumptionOf(TEXTS, 'prod', { env: { SHELL: '/bin/bash' } });
    const run = () =>
      shellDelivery
        .deliver(assumption, parseArgv(['prod']), host)
        .catch((thrown: unknown) => thrown);
    expect(await run()).toMatchObject({ end: { status: 0 } });
    expect(host.written.stderr).toContain('assume hook bash');
    expect(host.ran[0]?.env).toMatchObject({ ASSUME_TARGET: 'prod' });
    const { length } = host.written.stderr.split('assume hook bash');
    await run();
    expect(host.written.stderr.split('assume hook bash')).toHaveLength(length);
  });

  it.each([
    [HOOKED, true],
    [{ SHELL: '/bin/bash' }, true],
    [{ SHELL: '/bin/tcsh' }, false],
    [{ SHELL: '/bin/dash' }, false],
  ])('with %j renews by itself: %s', (env, renews) => {
    expect(shellDelivery.manner(fakeHost({ env })).renews).toBe(renews);
  });

  it('is not guessed', () => {
    expect(
      thrownBy(() => {
        shellDelivery.check(parseArgv(['prod']), fakeHost({ env: {} }));
      }).code,
    ).toBe('USAGE');
  });
});

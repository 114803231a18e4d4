import { describe, expect, it } from 'vitest';
import type { ProgramOutput } from '../../src/host/host.js';
import { checkIdentity, readIdentity } from '../../src/identity/identity-sources.js';
import { guarded, isInside } from '../../src/identity/process-guard.js';
import { AWS_CONFIG } from '../support/configured-host.js';
import { errandOf } from '../support/errand.js';
import type { FakeHostOptions, ProgramRun } from '../support/fake-host.js';
import { rejectionOf, thrownBy } from '../support/thrown-by.js';

const KEYS = {
  Version: 1,
  AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const configOf = (command: string): string => `[default]\ncredential_process = ${command}\n`;
const printed = (stdout: string): ProgramOutput => ({ end: { status: 0 }, stdout, stderr: '' });

/** To read the credentials of a process that does this; what is run is noted. */
function errandTo(
  output: ProgramOutput | null,
  { command = 'print-keys', ...machine }: FakeHostOptions & { command?: string } = {},
) {
  const runs: ProgramRun[] = [];
  const note = (run: ProgramRun): ProgramOutput => {
    runs.push(run);
    return output ?? printed('');
  };
  const errand = errandOf(
    { config: configOf(command) },
    { ...machine, ...(output && { output: note }) },
  );
  return { runs, errand };
}

describe('a credential process', () => {
  it.each<[string, object, string | null, string | null]>([
    ['long-term keys', KEYS, null, null],
    ['a token', { ...KEYS, SessionToken: 'fake-token' }, 'fake-token', null],
    ['an empty token', { ...KEYS, SessionToken: '' }, null, null],
    ['no token in so many words', { ...KEYS, SessionToken: null }, null, null],
    [
      'an end',
      { ...KEYS, SessionToken: 'fake-token', Expiration: '2026-01-02T04:04:05Z' },
      'fake-token',
      '2026-01-02T04:04:05.000Z',
    ],
    [
      'an end in a zone',
      { ...KEYS, SessionToken: 'fake-token', Expiration: '2026-01-02T06:04:05+02:00' },
      'fake-token',
      '2026-01-02T04:04:05.000Z',
    ],
    ['no end in so many words', { ...KEYS, Expiration: null }, null, null],
    ['more than is known', { ...KEYS, AccountId: '111122223333', Color: 'red' }, null, null],
  ])('gives %s', async (_, object, token, expiration) => {
    const credentials = await readIdentity(errandTo(printed(`${JSON.stringify(object)}\n`)).errand);
    expect(credentials.accessKeyId).toBe(KEYS.AccessKeyId);
    expect(credentials.secretAccessKey.reveal()).toBe(KEYS.SecretAccessKey);
    expect(credentials.sessionToken?.reveal() ?? null).toBe(token);
    expect(credentials.expiration?.toISOString() ?? null).toBe(expiration);
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'printed no JSON object'],
    ['words', 'Enter your password: ', 'printed no JSON object'],
    ['a list', '[]', 'printed no JSON object'],
    ['no version', JSON.stringify({ ...KEYS, Version: undefined }), '"Version": 1'],
    ['a version in quotes', JSON.stringify({ ...KEYS, Version: '1' }), '"Version": 1'],
    ['another version', JSON.stringify({ ...KEYS, Version: 2 }), '"Version": 1'],
    ['no key ID', JSON.stringify({ ...KEYS, AccessKeyId: undefined }), 'no AccessKeyId'],
    ['no secret', JSON.stringify({ ...KEYS, SecretAccessKey: '' }), 'no SecretAccessKey'],
    ['an odd key ID', JSON.stringify({ ...KEYS, AccessKeyId: 'my key' }), 'AccessKeyId that'],
    ['an odd secret', JSON.stringify({ ...KEYS, SecretAccessKey: 7 }), 'SecretAccessKey that'],
    ['an odd token', JSON.stringify({ ...KEYS, SessionToken: 'a\nb' }), 'SessionToken that'],
    ['an odd end', JSON.stringify({ ...KEYS, Expiration: 'soon' }), 'Expiration that'],
    ['a number for an end', JSON.stringify({ ...KEYS, Expiration: 1767322800 }), 'Expiration that'],
    [
      'what has expired',
      JSON.stringify({ ...KEYS, Expiration: '2026-01-02T03:04:05Z' }),
      'they expired at 2026-01-02T03:04:05Z',
    ],
  ])('is refused that prints %s', async (_, stdout, problem) => {
    const error = await rejectionOf(readIdentity(errandTo(printed(stdout)).errand));
    expect(error.code).toBe('IDENTITY_INVALID');
    expect(error.message).toContain(`credentials of default (${AWS_CONFIG}:2:22): `);
    expect(error.message).toContain(problem);
    expect(error.hint).toBeTruthy();
    expect(`${error.message}${error.hint ?? ''}`).not.toContain('wJalr');
  });

  it.each<[string, ProgramOutput, string]>([
    [
      'a status',
      { end: { status: 3 }, stdout: '{"Version":1}', stderr: 'no such user\n' },
      'its process ended with status 3; it said:\nno such user',
    ],
    ['a status and no word', { end: { status: 1 }, stdout: '', stderr: ' \n' }, 'status 1'],
    ['a signal', { end: { signal: 'SIGKILL' }, stdout: '', stderr: '' }, 'killed by SIGKILL'],
    [
      'no end',
      { end: 'too long', stdout: '', stderr: 'touch the key' },
      'in time; it said:\ntouch',
    ],
    ['too much', { end: 'too much', stdout: 'y'.repeat(2000), stderr: '' }, 'more than 1 MiB'],
  ])('that ends with %s is told so', async (_, output, problem) => {
    const error = await rejectionOf(readIdentity(errandTo(output).errand));
    expect([error.code, error.hint]).toEqual([
      'IDENTITY_INVALID',
      'run its command by itself to see why',
    ]);
    expect(error.message).toContain(`(${AWS_CONFIG}:2:22): `);
    expect(error.message).toContain(problem);
  });

  it('that fails tells neither its arguments nor what looks like a secret', async () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const stderr = `usage: tool --password hunter22 --key=topsecret\nwas ${secret}\n`;
    const output = { end: { status: 2 }, stdout: secret, stderr };
    const command = 'tool --password hunter22 --key=topsecret';
    const error = await rejectionOf(readIdentity(errandTo(output, { command }).errand));
    expect(error.message).toContain('usage: tool ');
    expect(`${error.message}${error.hint ?? ''}`).not.toMatch(/hunter22|topsecret|wJalr/);
  });

  it('is refused where it gives temporary keys without their token', async () => {
    const keys = { ...KEYS, AccessKeyId: 'ASIAIOSFODNN7EXAMPLE' };
    const output = printed(JSON.stringify(keys));
    const error = await rejectionOf(readIdentity(errandTo(output).errand));
    expect(error.code).toBe('IDENTITY_INVALID');
    expect(error.message).toContain('temporary credentials (ASIA…) without their SessionToken');
  });

  it.each<[string, string, string]>([
    ['half a quote', 'tool "x', 'half a quote'],
    ['no program', "''", 'nowhere on PATH'],
    ['an absent program', 'tool x', 'tool is nowhere on PATH'],
    ['an absent file', '/opt/tool x', 'there is no file /opt/tool'],
    ['a program like a secret', 'TOKEN=hunter22 tool', 'its process is nowhere on PATH'],
  ])('is a matter of configuration that has %s', async (_, command, problem) => {
    const error = await rejectionOf(readIdentity(errandTo(null, { command }).errand));
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(`credentials of default (${AWS_CONFIG}:2:22): `);
    expect(error.message).toContain(problem);
    expect(`${error.message}${error.hint ?? ''}`).not.toContain('hunter22');
  });

  it('is run with its words as they are', async () => {
    const command = '"/opt/my tool" get --for \'$USER *\' ~';
    const { runs, errand } = errandTo(printed(JSON.stringify(KEYS)), { command });
    await readIdentity(errand);
    expect(runs.map((run) => [run.command, run.args])).toEqual([
      ['/opt/my tool', ['get', '--for', '$USER *', '~']],
    ]);
  });

  it('is run with the words of Windows there', async () => {
    const command = 'C:\\tools\\get.exe "a b"';
    const { runs, errand } = errandTo(printed(JSON.stringify(KEYS)), { command });
    await readIdentity({ ...errand, host: { ...errand.host, platform: 'win32' } });
    expect(runs.map((run) => [run.command, run.args])).toEqual([['C:\\tools\\get.exe', ['a b']]]);
  });

  it.each<[string, FakeHostOptions, boolean]>([
    ['reads at a terminal', {}, true],
    ['finds nothing on stdin that is for the target', { stdin: 'for the child' }, false],
  ])('%s', async (_, machine, sharesStdin) => {
    const { runs, errand } = errandTo(printed(JSON.stringify(KEYS)), machine);
    await readIdentity(errand);
    expect(runs[0]?.limits.sharesStdin).toBe(sharesStdin);
  });

  it('has time for a person, and less where an SDK waits', async () => {
    const { errand, runs } = errandTo(printed(JSON.stringify(KEYS)));
    await readIdentity(errand);
    await readIdentity({ ...errand, lockWaitMs: 55_000 });
    await readIdentity({ ...errand, options: { 'no-input': true } });
    expect(runs.map(({ limits }) => [limits.timeoutMs, limits.sharesStdin])).toEqual([
      [300_000, true],
      [45_000, true],
      [300_000, false],
    ]);
  });

  it('has the environment from before a target', async () => {
    const env = {
      ASSUME_TARGET: 'prod',
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'fake',
      AWS_SESSION_TOKEN: 'fake',
      ASSUME_BEFORE_AWS_REGION: 'eu-west-1',
      OTHER: 'stays',
    };
    const { runs, errand } = errandTo(printed(JSON.stringify(KEYS)), { env });
    await readIdentity(errand);
    expect(runs[0]?.env).toMatchObject({ OTHER: 'stays', AWS_REGION: 'eu-west-1' });
    expect(runs[0]?.env['AWS_SESSION_TOKEN']).toBeUndefined();
    expect(runs[0]?.env['ASSUME_TARGET']).toBeUndefined();
  });
});

describe('a process that runs assume', () => {
  const spec = { kind: 'process', command: 'wrapper' } as const;
  const other = { kind: 'process', command: 'other' } as const;

  it('is not run again by it, however deep', () => {
    const inside = guarded(guarded({}, spec), other);
    expect([isInside({}, spec), isInside(inside, spec), isInside(inside, other)]).toEqual([
      ...[false, true, true],
    ]);
    const { errand } = errandTo(null, { command: 'wrapper', env: inside });
    const error = thrownBy(() => {
      checkIdentity(errand);
    });
    expect(error.code).toBe('IDENTITY_INVALID');
    expect(error.message).toContain(`(${AWS_CONFIG}:2:22): its process runs assume`);
  });

  it('may have assume run another one', async () => {
    const env = guarded({}, other);
    const { errand, runs } = errandTo(printed(JSON.stringify(KEYS)), {
      command: 'wrapper',
      env,
    });
    checkIdentity(errand);
    await readIdentity(errand);
    expect(isInside(runs[0]?.env ?? {}, spec)).toBe(true);
  });
});

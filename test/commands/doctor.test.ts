import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/commands/doctor-finding.js';
import { checkConfiguration, checkModes } from '../../src/commands/doctor-files.js';
import { checkEnvironment, checkHook } from '../../src/commands/doctor-shell.js';
import { checkSpeed } from '../../src/commands/doctor-speed.js';
import { checkState, checkStore } from '../../src/commands/doctor-store.js';
import { AssumeError } from '../../src/errors.js';
import type { FileFacts, Host } from '../../src/host/host.js';
import { ASSUME_INI, AWS_CONFIG, AWS_CREDENTIALS, KEYS } from '../support/configured-host.js';
import { fakeHost, type FakeHost, type FakeHostOptions } from '../support/fake-host.js';

const HOME = { HOME: '/home/jane' };
/** Each with its state; what is not good has to say what to type. */
function rows(findings: readonly Finding[]): string[] {
  expect(findings.filter(({ state, advice }) => (state === 'good') !== (advice === null))).toEqual(
    [],
  );
  return findings.map(({ topic, state }) => `${topic} ${state}`);
}
const text = (findings: readonly Finding[]): string =>
  findings.map((finding) => `${finding.text} → ${finding.advice ?? ''}`).join('\n');

describe('the configuration', () => {
  it.each<[string, Record<string, string>, string[], string]>([
    ['none', {}, ['targets odd'], 'assume sandbox'],
    ['profiles', { [AWS_CREDENTIALS]: `[base]\n${KEYS}` }, ['targets good'], '1 found'],
    [
      'a file that cannot be parsed',
      { [AWS_CONFIG]: '[profile\n' },
      ['configuration wrong'],
      AWS_CONFIG,
    ],
    [
      'an unknown key',
      { [ASSUME_INI]: '[settings]\nnonsense = 1\n' },
      ['configuration wrong'],
      `${ASSUME_INI}:2`,
    ],
    [
      'a profile that cannot be',
      { [AWS_CONFIG]: '[profile p]\nrole_arn = x\n' },
      ['targets good', 'configuration wrong', 'configuration wrong'],
      'source_profile',
    ],
    [
      'what the AWS CLI would refuse',
      { [AWS_CONFIG]: `\uFEFF[default]\n${KEYS}` },
      ['targets good', 'configuration odd'],
      'byte order mark',
    ],
  ])('that is %s', (_, files, states, words) => {
    const findings = checkConfiguration(fakeHost({ files }));
    expect(rows(findings)).toEqual(states);
    expect(text(findings)).toContain(words);
  });
});

describe('modes', () => {
  const withFacts = (
    path: string,
    facts: Partial<FileFacts>,
    options: FakeHostOptions = {},
  ): Host => {
    const host = fakeHost(options);
    const base: FileFacts = {
      kind: 'file',
      mode: 0o600,
      userId: 1000,
      size: 1,
      modified: new Date(0),
    };
    const files = {
      ...host.files,
      facts: (asked: string) => (asked === path ? { ...base, ...facts } : null),
    };
    return { ...host, files };
  };

  it.each<[string, string, Partial<FileFacts>, string, string]>([
    ['closed', AWS_CREDENTIALS, {}, 'modes good', ''],
    ['stricter', AWS_CREDENTIALS, { mode: 0o400 }, 'modes good', ''],
    [
      'open to the group',
      AWS_CREDENTIALS,
      { mode: 0o640 },
      'modes odd',
      `chmod 600 ${AWS_CREDENTIALS}`,
    ],
    ['open to all', ASSUME_INI, { mode: 0o644 }, 'modes odd', `0644 → chmod 600 ${ASSUME_INI}`],
    [
      'a directory open to all',
      '/home/jane/.config/assume',
      { kind: 'directory', mode: 0o755 },
      'modes odd',
      'chmod 700 /home/jane/.config/assume',
    ],
    [
      "another user's",
      AWS_CREDENTIALS,
      { userId: 7 },
      'modes wrong',
      `another user (uid 7) → sudo chown "$(id -un)" ${AWS_CREDENTIALS}`,
    ],
    [
      'no file, as /dev/null',
      AWS_CREDENTIALS,
      { kind: 'other', userId: 0, mode: 0o666 },
      'modes good',
      '',
    ],
  ])('of what is %s', (_, path, facts, state, words) => {
    const findings = checkModes(withFacts(path, facts));
    expect(rows(findings)).toEqual([state]);
    expect(text(findings)).toContain(words);
  });

  it('are advised of as a shell takes them', () => {
    const host = withFacts(
      "/o'dir/c",
      { mode: 0o644 },
      { env: { AWS_SHARED_CREDENTIALS_FILE: "/o'dir/c" } },
    );
    expect(text(checkModes(host))).toContain(String.raw`chmod 600 '/o'\''dir/c'`);
  });

  it('are not asked of what may not be looked at', () => {
    const host = fakeHost();
    const facts = (path: string): never => {
      throw new AssumeError(
        'CONFIG_UNREADABLE',
        `cannot look at ${path}: permission denied (EACCES)`,
      );
    };
    expect(rows(checkModes({ ...host, files: { ...host.files, facts } }))).toEqual(['modes good']);
  });

  it('are not asked of Windows', () => {
    expect(checkModes(withFacts(AWS_CREDENTIALS, { mode: 0o666 }, { platform: 'win32' }))).toEqual(
      [],
    );
  });
});

const RUN = { ...HOME, XDG_RUNTIME_DIR: '/run/1' };
const PLAIN = { [ASSUME_INI]: '[settings]\nstore = plain\n' };
const CACHE = '/home/jane/.cache/assume';

describe('the store', () => {
  it.each<[string, FakeHostOptions, string[], string]>([
    ['in memory', { env: RUN }, ['store good'], '/run/1/assume'],
    ['on disk', { files: PLAIN }, ['store good'], CACHE],
    [
      'nowhere',
      {},
      ['store odd'],
      `→ to keep them encrypted: assume config store passphrase; on disk, in clear: store = plain under [settings] in ${ASSUME_INI}`,
    ],
    ['without a home', { env: {} }, ['store odd'], '→ export HOME='],
    [
      'yet to be chosen',
      { files: { [ASSUME_INI]: '[settings]\nstore = keychain\n' } },
      ['store good'],
      `store = keychain (${ASSUME_INI}:2:9) when there is something to keep`,
    ],
    [
      'told by a file that is wrong, which is told elsewhere',
      { files: { [ASSUME_INI]: '[nonsense]\n' } },
      [],
      '',
    ],
  ])('that is %s', async (_, options, states, words) => {
    const findings = await checkStore(fakeHost(options));
    expect(rows(findings)).toEqual(states);
    expect(text(findings)).toContain(words);
  });

  it.each<[string, (host: FakeHost) => void, FakeHostOptions, string[], string]>([
    [
      "another user's",
      ({ files }) => {
        files.makeForeign(CACHE);
      },
      { files: { ...PLAIN, [`${CACHE}/x`]: '' } },
      ['store wrong'],
      `${CACHE} belongs to another user (uid 7) → sudo rm -r '${CACHE}'`,
    ],
    [
      'on a disk that takes nothing',
      ({ files }) => {
        files.makeReadOnly('/home/jane');
      },
      { files: PLAIN },
      ['store wrong'],
      `${CACHE}/probe: read-only file system (EROFS) → df`,
    ],
    [
      "another user's in memory",
      ({ files }) => {
        files.makeForeign('/run/1/assume');
      },
      { env: RUN, files: { '/run/1/assume/x': '', '/dev/shm/x': '' } },
      ['store good', 'store odd'],
      "/run/1/assume belongs to another user (uid 7) → sudo rm -r '/run/1/assume'",
    ],
    [
      "another user's in memory, with no other place",
      ({ files }) => {
        files.makeForeign('/run/1/assume');
      },
      { env: RUN, files: { '/run/1/assume/x': '' } },
      ['store odd', 'store odd'],
      "/run/1/assume belongs to another user (uid 7) → sudo rm -r '/run/1/assume'",
    ],
  ])('that is %s', async (_, spoil, options, states, words) => {
    const host = fakeHost(options);
    spoil(host);
    const before = host.files.contents();
    const findings = await checkStore(host);
    expect(rows(findings)).toEqual(states);
    expect(text(findings)).toContain(words);
    expect(host.files.contents()).toEqual(before);
  });

  it('that is closed to its own user', async () => {
    const host = fakeHost({ files: { ...PLAIN, [`${CACHE}/x`]: '' } });
    const facts: Host['files']['facts'] = (path) => {
      const found = host.files.facts(path);
      return found && { ...found, mode: 0o100 };
    };
    const findings = await checkStore({ ...host, files: { ...host.files, facts } });
    expect(rows(findings)).toEqual(['store wrong']);
    expect(text(findings)).toContain(`closed to yourself: 0100 → chmod 700 ${CACHE}`);
  });
});

describe('what is remembered', () => {
  const STATE = '/home/jane/.local/state/assume';

  it.each<[string, FakeHostOptions, string | null, string[], string]>([
    ['nowhere yet', {}, null, ['state good'], STATE],
    ['nowhere, without a home', { env: {} }, null, ['state odd'], '→ export HOME='],
    ['with all its parts', { files: { [`${STATE}/locks/x`]: '' } }, null, ['state good'], STATE],
    [
      "in another user's directory",
      { files: { [`${STATE}/x`]: '' } },
      STATE,
      ['state wrong'],
      `sudo rm -r '${STATE}'`,
    ],
    [
      'without locks, which root made',
      { files: { [`${STATE}/locks/x`]: '', [`${STATE}/learned/x`]: '' } },
      `${STATE}/locks`,
      ['state wrong'],
      `sudo rm -r '${STATE}/locks'`,
    ],
  ])('is kept %s', (_, options, foreign, states, words) => {
    const host = fakeHost(options);
    if (foreign !== null) host.files.makeForeign(foreign);
    const findings = checkState(host);
    expect(rows(findings)).toEqual(states);
    expect(text(findings)).toContain(words);
  });
});

describe('the hook', () => {
  const BASHRC = '/home/jane/.bashrc';
  const bash = { ...HOME, SHELL: '/bin/bash' };

  it.each<[string, FakeHostOptions, string[], string]>([
    ['missing', { env: bash }, ['hook odd'], `add to ${BASHRC}: eval "$(assume hook bash)"`],
    [
      'written',
      { env: bash, files: { [BASHRC]: 'eval "$(assume hook bash)"\n' } },
      ['hook good'],
      '',
    ],
    [
      'written and taken out',
      { env: bash, files: { [BASHRC]: '# eval "$(assume hook bash)"\n' } },
      ['hook odd'],
      '',
    ],
    ['loaded', { env: { ...bash, ASSUME_SHELL: 'bash' } }, ['hook good'], ''],
    ['of no shell', { env: HOME }, [], ''],
    ['of a shell without one', { env: { ...HOME, SHELL: '/bin/dash' } }, [], ''],
    [
      'behind an alias',
      { env: bash, files: { [BASHRC]: 'x=1\n\n\n  alias assume=". assume"\n' } },
      ['hook odd', 'alias wrong'],
      `${BASHRC}:4 makes`,
    ],
    [
      'behind an alias in the first line',
      { env: bash, files: { [BASHRC]: 'alias assume="source assume"\n' } },
      ['hook odd', 'alias wrong'],
      `${BASHRC}:1 makes`,
    ],
    [
      'behind an alias as fish writes it',
      {
        env: { ...HOME, SHELL: '/usr/bin/fish' },
        files: { '/home/jane/.config/fish/config.fish': 'alias assume "source /x/assume.fish"\n' },
      },
      ['hook odd', 'alias wrong'],
      'config.fish:1',
    ],
    [
      'beside an alias of another name',
      { env: bash, files: { [BASHRC]: 'alias assume-prod="assume prod"\n' } },
      ['hook odd'],
      '',
    ],
    [
      'beside a remark about another tool',
      { env: bash, files: { [BASHRC]: '# no more granted: assume does it\n' } },
      ['hook odd'],
      '',
    ],
    [
      'behind a line of another tool',
      { env: bash, files: { [BASHRC]: 'source /opt/granted/assume.sh\n' } },
      ['hook odd', 'alias wrong'],
      `${BASHRC}:1`,
    ],
  ])('that is %s', (_, options, states, words) => {
    const findings = checkHook(fakeHost(options));
    expect(rows(findings)).toEqual(states);
    expect(text(findings)).toContain(words);
  });
});

describe('the environment', () => {
  it.each<[Record<string, string>, string[], string]>([
    [{}, ['environment good'], ''],
    [{ AWS_SECURITY_TOKEN: 'x' }, ['environment odd'], 'unset AWS_SECURITY_TOKEN'],
    [{ AWS_ENDPOINT_URL: 'http://x' }, ['environment odd'], 'unset AWS_ENDPOINT_URL'],
    [{ AWS_ENDPOINT_URL: 'http://x', ASSUME_ENDPOINT_URL: 'http://x' }, ['environment good'], ''],
    [{ AWS_PROFILE: 'x' }, ['environment good'], ''],
    [{ AWS_PROFILE: 'x', AWS_ACCESS_KEY_ID: 'A' }, ['environment odd'], 'unset AWS_PROFILE'],
    [{ AWS_REGION: 'a', AWS_DEFAULT_REGION: 'a' }, ['environment good'], ''],
    [{ AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, ['environment odd'], 'both alike'],
    [{ AWS_VAULT: 'x', AWS_ROLE_ARN: 'y' }, ['environment odd', 'environment odd'], ''],
  ])('%j', (env, states, words) => {
    const findings = checkEnvironment(fakeHost({ env: { ...HOME, ...env } }));
    expect(rows(findings)).toEqual(states);
    expect(text(findings)).toContain(words);
  });
});

describe('speed', () => {
  it.each<[Record<string, string>, string]>([
    [{ NODE_EXTRA_CA_CERTS: '/x' }, 'unset NODE_EXTRA_CA_CERTS'],
    [{ NODE_EXTRA_CA_CERTS: '' }, ''],
    [{ NODE_OPTIONS: '--max-old-space-size=4096' }, '--max-old-space-size=4096'],
    [{ NODE_OPTIONS: '--enable-source-maps --max_semi_space_size=64' }, '--max_semi_space_size=64'],
    [{ NODE_OPTIONS: '--require=/x --no-warnings --optimize' }, ''],
    [{}, ''],
  ])('of Node with %j', (env, words) => {
    const host = fakeHost({ env: { ...HOME, ...env } });
    expect(rows(checkSpeed(host))).toEqual(words === '' ? [] : ['speed odd']);
    expect(text(checkSpeed(host))).toContain(words);
    expect(checkSpeed({ ...host, self: ['/usr/bin/assume'] })).toEqual([]);
  });

  it('is not lost by such options on Node 24, nor by a CA bundle', () => {
    const env = { ...HOME, NODE_OPTIONS: '--stack-size=2000', NODE_EXTRA_CA_CERTS: '/x' };
    const on = (nodeVersion: string) => checkSpeed({ ...fakeHost({ env }), nodeVersion });
    expect([on('v20.20.2').length, on('v24.1.0').length]).toEqual([2, 0]);
  });

  it.each<[string, string]>([
    ['npx assume-cli credential-process x', 'npx'],
    ['/usr/bin/npx -y assume-cli credential-process x', 'npx'],
    ['npm exec assume-cli -- credential-process x', 'npm exec'],
    ['/opt/npx/bin/tool', ''],
    ['tool npx ', ''],
  ])('of credential_process = %s', (command, fetcher) => {
    const files = { [AWS_CONFIG]: `[profile p]\ncredential_process = ${command}\n` };
    const found = text(checkSpeed(fakeHost({ files })));
    expect(found).toBe(fetcher === '' ? '' : found);
    expect(found).toContain(
      fetcher && `${AWS_CONFIG}:2 runs its credential_process by ${fetcher}:`,
    );
  });

  it.each([
    [1_999, []],
    [2_000, ['speed odd']],
  ])('of %d profiles', (count, states) => {
    const profiles = Array.from({ length: count }, (_, number) => `[profile p${String(number)}]\n`);
    const findings = checkSpeed(fakeHost({ files: { [AWS_CONFIG]: profiles.join('') } }));
    expect(rows(findings)).toEqual(states);
    expect(text(findings)).toContain(states.length > 0 ? '2000 profiles' : '');
  });

  it('of files that cannot be read is not judged', () => {
    expect(checkSpeed(fakeHost({ files: { [AWS_CONFIG]: '[profile\n' } }))).toEqual([]);
  });
});

import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAwsClients, type AwsClients } from '../support/aws-clients.js';
import { credentialsText } from '../support/practice.js';
import { useKept, type Kept } from '../support/use-kept.js';
import { printed, withFreshCode } from '../support/use-practice.js';
import { writeRotation } from '../support/rotations.js';

const IMPORT = ['identity', 'import', 'base'];
const PROCESS = 'credential_process = assume credential-process identity:base --long-term\n';
const INI = '.config/assume/assume.ini';
const [CREDENTIALS, CONFIG] = ['.aws/credentials', '.aws/config'];

describe('assume identity import', () => {
  it('moves the keys into the store, asks nobody, and leaves none in clear', async () => {
    const { practice, run, text, leaks } = await useKept();
    const { id } = practice.key('jane.doe');
    const config = text(CONFIG);
    const { status, stdout, stderr } = await run(IMPORT);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`moved ${id} from ${join(practice.home.path, CREDENTIALS)}`);
    expect(text(CREDENTIALS)).toBe('');
    expect(text(CONFIG)).toBe(`${config}\n[profile base]\n${PROCESS}`);
    expect(text(INI)).toBe('[identity base]\ncredentials = keychain\n');
    expect(leaks()).toEqual([]);
    expect(practice.received()).toEqual([]);
    const listed = await run(['identity', 'list']);
    expect(listed.stdout).toContain(`base  keychain:base (passphrase)  ${id}`);
    expect(JSON.parse((await run(['identity', 'list', '--json'])).stdout)).toMatchObject({
      identities: [{ name: 'base', source: 'keychain:base', store: 'passphrase' }],
    });
  });

  it('leaves roles of the profile, and the profile itself, as they were', async () => {
    const { practice, run } = await useKept();
    await run(IMPORT);
    printed(await run(['credential-process', 'prod-role'], withFreshCode(practice).env));
    printed(await run(['credential-process', 'dev']));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole']);
    const { id } = practice.key('jane.doe');
    expect(printed(await run(['credential-process', 'base'])).AccessKeyId).toMatch(/^ASIA/);
    const raw = await run(['credential-process', 'base', '--long-term']);
    expect(printed(raw).AccessKeyId).toBe(id);
    expect((await run(['list', '--names'])).stdout).toBe('prod-role\nprod-readonly\ndev\n');
    expect(await run(['config', 'check'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('leaves every other byte of the files as it was', async () => {
    const { practice, run, text } = await useKept();
    const { id, secret } = practice.key('jane.doe');
    const [before, after] = [
      '# mine\r\n[base]\r\n# of jane\r\noutput = json\r\n',
      '\r\n[z]\r\nx = 1',
    ];
    const keys = `aws_access_key_id=${id}\r\naws_secret_access_key=${secret}\r\n`;
    practice.write(CREDENTIALS, before + keys + after);
    practice.write(CONFIG, '; theirs\n[profile base]\nregion = eu-west-1\n');
    practice.write(INI, '[settings]\nprompt_variable = no');
    expect(await run(IMPORT)).toMatchObject({ status: 0 });
    expect(text(CREDENTIALS)).toBe(before + after);
    expect(text(CONFIG)).toBe(`; theirs\n[profile base]\nregion = eu-west-1\n${PROCESS}`);
    expect(text(INI)).toBe(
      '[settings]\nprompt_variable = no\n\n[identity base]\ncredentials = keychain\nsts_region = eu-west-1',
    );
  });

  it('moves a key that several profiles have out of all of them', async () => {
    const { practice, run, text, leaks } = await useKept();
    const key = practice.key('jane.doe');
    practice.write(CREDENTIALS, credentialsText('default', key) + credentialsText('base', key));
    practice.write(CONFIG, '');
    expect(await run(IMPORT)).toMatchObject({ status: 0 });
    expect(text(CREDENTIALS)).toBe('');
    expect(text(CONFIG)).toBe(`[profile base]\n${PROCESS}\n[default]\n${PROCESS}`);
    expect(leaks()).toEqual([]);
  });

  it('gives them to the identity that reads the profile, without a name the one in use', async () => {
    const { practice, run, text } = await useKept();
    practice.write(INI, '[identity shared]\nuser_name = jane.doe\ncredentials = profile:base\n');
    expect(await run(['identity', 'import'])).toMatchObject({ status: 0 });
    expect(text(INI)).toBe('[identity shared]\nuser_name = jane.doe\ncredentials = keychain\n');
    expect(text(CONFIG)).toContain('identity:shared --long-term');
    printed(await run(['credential-process', 'dev']));
  });

  it('moves all profiles of the key to the identity that reads one of them', async () => {
    const { practice, run, text } = await useKept();
    const key = practice.key('jane.doe');
    practice.write(CREDENTIALS, credentialsText('default', key) + credentialsText('base', key));
    practice.write(INI, '[identity base]\ncredentials = profile:base\n');
    expect(await run(IMPORT)).toMatchObject({ status: 0 });
    expect([text(CREDENTIALS), text(INI)]).toEqual([
      '',
      '[identity base]\ncredentials = keychain\n',
    ]);
  });

  it('takes what the profile says of the user along', async () => {
    const { practice, run, text } = await useKept();
    const serial = practice.serial('jane.doe');
    practice.write(
      CONFIG,
      `[profile base]\nmfa_serial = ${serial}\naws_account_id = 111111111111\n`,
    );
    await run(IMPORT);
    expect(text(INI)).toBe(
      `[identity base]\ncredentials = keychain\naccount_id = 111111111111\nmfa_serial = ${serial}\n`,
    );
  });

  it('serves a profile whose name has a blank', async () => {
    const { practice, run, text, leaks } = await useKept();
    practice.write(CREDENTIALS, credentialsText('jane doe', practice.key('jane.doe')));
    expect(await run(['identity', 'import', 'jane doe'])).toMatchObject({ status: 0 });
    expect(text(CONFIG)).toContain("credential-process 'identity:jane doe' --long-term");
    expect(leaks()).toEqual([]);
  });

  it('leaves the old key of a rotation to be deleted in its time', async () => {
    const { practice, run } = await useKept();
    const at = new Date(Date.now() - 48 * 3_600_000).toISOString();
    const { accessKeys } = practice.user('jane.doe');
    const [current] = accessKeys;
    const old = {
      ...current,
      id: 'AKIAIOSFODNN7EXAMPLE',
      isActive: false,
    } as (typeof accessKeys)[0];
    accessKeys.push(old);
    writeRotation(practice, 'profile:base', {
      ...{ version: 1, source: 'profile:base', phase: 'retired', oldKeyId: old.id },
      ...{ newKeyId: current?.id, keysBefore: [old.id], at, notBefore: at },
    });
    await run(IMPORT);
    await run(['credential-process', 'prod-role'], withFreshCode(practice).env);
    expect(practice.user('jane.doe').accessKeys.map(({ id }) => id)).toEqual([current?.id]);
  });

  it('takes nothing away where the process does not give the keys, and finishes when it does', async () => {
    const { practice, run, text, env, leaks } = await useKept();
    const before = text(CREDENTIALS);
    const bin = join(practice.home.path, 'old');
    const json =
      '{"Version":1,"AccessKeyId":"AKIAIOSFODNN7EXAMPLE","SecretAccessKey":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}';
    chmodSync(practice.write('old/assume', `#!/bin/sh\necho '${json}'\n`), 0o755);
    const { status, stderr } = await run(IMPORT, { PATH: `${bin}:${env['PATH'] ?? ''}` });
    expect([status, stderr]).toMatchObject([1, expect.stringContaining('gives other keys')]);
    // What it prints is a secret.
    expect(stderr).toContain('identity:base --long-term > /dev/null;');
    expect(text(CREDENTIALS)).toBe(before);
    expect(await run(IMPORT)).toMatchObject({ status: 0 });
    expect(leaks()).toEqual([]);
  });

  /** An import that is killed while it proves the process: the key is in both places. */
  async function useHalf() {
    const kept = await useKept();
    const bin = join(kept.practice.home.path, 'old');
    chmodSync(kept.practice.write('old/assume', '#!/bin/sh\nkill -9 $PPID\n'), 0o755);
    const path = `${bin}:${kept.env['PATH'] ?? ''}`;
    expect(await kept.run(IMPORT, { PATH: path })).toMatchObject({ signal: 'SIGKILL' });
    return kept;
  }

  /** A code for the session, and one for that of the new key. */
  async function rotate({ practice, run }: Kept) {
    await run(['login', 'base'], withFreshCode(practice).env);
    return run(['identity', 'rotate', 'base'], withFreshCode(practice).env);
  }

  it('that was killed half-way is finished before the key is rotated', async () => {
    const kept = await useHalf();
    const { practice, run, text } = kept;
    const before = text(CREDENTIALS);
    expect(before).toContain(practice.key('jane.doe').id);
    const refused = await run(['identity', 'rotate', 'base'], withFreshCode(practice).env);
    expect([refused.status, refused.stderr]).toMatchObject([
      1,
      expect.stringMatching(/still in .*credentials[^]*assume identity import base/),
    ]);
    expect([text(CREDENTIALS), practice.user('jane.doe').accessKeys]).toMatchObject([
      before,
      [{ isActive: true }],
    ]);
    expect(await run(IMPORT)).toMatchObject({ status: 0 });
    expect(text(CREDENTIALS)).toBe('');
    expect(await rotate(kept)).toMatchObject({ status: 0 });
  });

  it('takes a key out of the file that a rotation has replaced in the store', async () => {
    const kept = await useKept();
    const { practice, run, text, leaks } = kept;
    const old = credentialsText('base', practice.key('jane.doe'));
    await run(IMPORT);
    expect(await rotate(kept)).toMatchObject({ status: 0 });
    practice.write(CREDENTIALS, old);
    const [dead, made] = practice.user('jane.doe').accessKeys;
    const { status, stderr } = await run(IMPORT);
    expect([status, stderr]).toMatchObject([0, expect.stringContaining(dead?.id ?? 'none')]);
    expect(stderr).toContain(`replaced by ${made?.id ?? 'none'}`);
    expect([text(CREDENTIALS), leaks()]).toEqual(['', []]);
    const raw = await run(['credential-process', 'base', '--long-term']);
    expect(printed(raw).AccessKeyId).toBe(made?.id);
  });

  it.each<[string, (key: string) => Partial<Record<string, string>>, number, string]>([
    ['a profile without keys', () => ({ [CREDENTIALS]: '' }), 3, 'there is no identity base'],
    [
      'temporary keys',
      (keys) => ({ [CREDENTIALS]: `${keys}aws_session_token = t\n` }),
      6,
      'holds temporary keys',
    ],
    [
      'what assume write wrote',
      (keys) => ({ [CREDENTIALS]: `${keys}x_assume_target = base\n` }),
      6,
      'is what assume write has written',
    ],
    [
      'half a key',
      () => ({ [CREDENTIALS]: '[base]\naws_access_key_id = AKIA\n' }),
      3,
      'half a key',
    ],
    [
      'a profile that is a role too',
      () => ({ [CONFIG]: '[profile base]\nrole_arn = arn:aws:iam::444444444444:role/x\n' }),
      6,
      'has role_arn',
    ],
    [
      'a profile with a process of its own',
      () => ({ [CONFIG]: '[profile base]\ncredential_process = cat keys\n' }),
      6,
      'has credential_process',
    ],
    [
      'keys in both files',
      (keys) => ({ [CONFIG]: keys.replace('[base]', '[profile base]') }),
      6,
      'in both files',
    ],
    [
      'a rotation under way',
      (keys) => ({ [CREDENTIALS]: keys + keys.replace('base', 'assume-rotating-base') }),
      1,
      'are being rotated',
    ],
    [
      'an identity of that name with other credentials',
      () => ({ [INI]: '[identity base]\ncredentials = environment\n' }),
      1,
      'has its credentials from elsewhere',
    ],
    [
      'a file that cannot be edited, with its name',
      (keys) => ({ [CREDENTIALS]: `  [z]\n${keys}` }),
      3,
      '.aws/credentials: line 1 is an indented section header',
    ],
    [
      'a config file that cannot be edited, with its name',
      () => ({ [CONFIG]: '  [profile z]\n' }),
      3,
      '.aws/config: line 1 is an indented section header',
    ],
    [
      'a store in clear',
      () => ({ [INI]: '[settings]\nstore = plain\n' }),
      8,
      'never kept in clear',
    ],
  ])('refuses %s, and changes nothing', async (_what, files, status, words) => {
    const { practice, run, text } = await useKept();
    const keys = credentialsText('base', practice.key('jane.doe'));
    for (const [path, content] of Object.entries(files(keys))) practice.write(path, content ?? '');
    const paths = [CREDENTIALS, CONFIG, INI];
    const before = paths.map(text);
    const ended = await run(IMPORT);
    expect([ended.status, ended.stderr]).toMatchObject([status, expect.stringContaining(words)]);
    expect(paths.map(text)).toEqual(before);
  });

  it('says so when they are moved already, and when there is no assume on PATH', async () => {
    const { practice, run, env } = await useKept();
    const nowhere = await run(IMPORT, { PATH: '/usr/bin:/bin' });
    expect([nowhere.status, nowhere.stderr]).toMatchObject([1, expect.stringContaining('on PATH')]);
    await run(IMPORT);
    const { status, stderr } = await practice.run(IMPORT, { env });
    expect([status, stderr]).toMatchObject([
      1,
      expect.stringContaining(
        'the keys of profile base are in the store already, as identity base',
      ),
    ]);
  });

  it('keeps another key that the store has under the name', async () => {
    const { practice, run } = await useKept();
    await run(IMPORT);
    practice.write(CREDENTIALS, credentialsText('base', practice.key('john.doe')));
    const { status, stderr } = await run(IMPORT);
    expect([status, stderr]).toMatchObject([
      1,
      expect.stringContaining('the store holds another key'),
    ]);
  });
});

describe("AWS's own tools", () => {
  let clients: AwsClients | null = null;
  beforeAll(async () => {
    clients = await startAwsClients();
  }, 60_000);
  afterAll(() => clients?.close());

  it('are the same user before and after', async ({ skip }) => {
    if (!clients) return skip();
    const { practice, run, env } = await useKept();
    const theirs = {
      ...practice.env,
      ...env,
      AWS_ENDPOINT_URL: practice.aws.url,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    };
    const jane = 'arn:aws:iam::111111111111:user/jane.doe';
    const all = { boto3: jane, cli: jane, js: jane };
    expect(await clients.whoAmI(theirs, 'base')).toEqual(all);
    const role = await clients.whoAmI(theirs, 'dev');
    expect(await run(IMPORT)).toMatchObject({ status: 0 });
    expect(await clients.whoAmI(theirs, 'base')).toEqual(all);
    expect(await clients.whoAmI(theirs, 'dev')).toEqual(role);
    expect(role.cli).toBe('arn:aws:sts::222222222222:assumed-role/dev-role/jane.doe');
  });
});

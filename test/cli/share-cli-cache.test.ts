import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ended, Practice } from '../support/practice.js';
import { findTool } from '../support/tools.js';
import { printed, usePractice, withCode } from '../support/use-practice.js';

const SHARE = '[settings]\nshare_aws_cli_cache = yes\n';
const CACHE = '.aws/cli/cache';
const DEV = ['credential-process', 'dev'];
const aws = findTool('aws');

interface Shared {
  readonly practice: Practice;
  /** Leads the AWS CLI to the practice AWS too. */
  readonly env: Readonly<Record<string, string>>;
}

async function startSharing(ini = SHARE): Promise<Shared> {
  const practice = await usePractice();
  practice.write('.config/assume/assume.ini', ini);
  return { practice, env: { AWS_ENDPOINT_URL_STS: practice.aws.url } };
}

function filesOf({ home }: Practice): string[] {
  const directory = join(home.path, CACHE);
  return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
}

/** What the real AWS CLI says to `sts get-caller-identity`, with no terminal to ask a code at. */
function askCli({ practice, env }: Shared, profile: string): Promise<Pick<Ended, 'stdout'>> {
  const words = ['--profile', profile, '--output', 'text', '--query', 'Arn'];
  return new Promise((resolve, reject) => {
    const child = spawn(aws ?? '', [...words, 'sts', 'get-caller-identity'], {
      env: { ...practice.home.env, ...env, AWS_DEFAULT_REGION: 'us-east-1' },
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.on('error', reject).on('close', () => {
      resolve({ stdout });
    });
  });
}

/** The practice's roles take no session tags by themselves. */
function trustWithTags({ aws: { world } }: Practice): void {
  const dev = world.accounts[1]?.roles.find(({ name }) => name === 'dev-role');
  if (!dev) throw new Error('the picture has changed');
  dev.trustPolicy = trusting('111111111111');
}

function trusting(account: string): unknown {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal, Action: 'sts:*' } };
}

const role = (name: string, more: string, source = 'base'): string =>
  `[profile ${name}]\nrole_arn = arn:aws:iam::444444444444:role/${name}\nsource_profile = ${source}\n${more}\n`;

describe('the AWS CLI', () => {
  it.skipIf(aws === null)('is asked no code for a role that was shared with it', async () => {
    const shared = await startSharing();
    const { practice, env } = shared;
    const code = { env: { ...env, ...withCode(practice).env } };
    const ended = await practice.run(['exec', 'prod-role', '--', 'true'], code);
    expect(ended.status).toBe(0);
    expect(ended.stderr).toContain(
      `roles of profiles are also kept in ${practice.home.path}/${CACHE}, not encrypted`,
    );
    practice.received();
    const arn = 'arn:aws:sts::444444444444:assumed-role/prod-role/jane.doe\n';
    expect(await askCli(shared, 'prod-role')).toEqual({ stdout: arn });
    expect(practice.received()).toEqual(['GetCallerIdentity']);
    const [file = '', ...others] = filesOf(practice);
    expect(others).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(practice.home.path, CACHE)).mode & 0o777).toBe(0o700);
    const again = await practice.run(['exec', 'prod-role', '--refresh', '--', 'true'], { env });
    expect(again.stderr).not.toContain('roles of profiles');
  });

  it.skipIf(aws === null)('is left alone without the setting', async () => {
    const shared = await startSharing('');
    const { practice, env } = shared;
    const code = { env: { ...env, ...withCode(practice).env } };
    expect((await practice.run(['exec', 'prod-role', '--', 'true'], code)).status).toBe(0);
    expect(filesOf(practice)).toEqual([]);
    practice.received();
    expect(await askCli(shared, 'prod-role')).toEqual({ stdout: '' });
    expect(practice.received()).toEqual([]);
  });

  it.skipIf(aws === null).each([
    ['a profile that names no session', role('readonly', 'mfa_serial = SERIAL')],
    ['a duration', role('readonly', 'duration_seconds = 1800')],
    ['a device at the base alone', `[profile base]\nmfa_serial = SERIAL\n${role('readonly', '')}`],
    ['an external ID and a name', role('readonly', 'external_id = 7f\nrole_session_name = jane')],
  ])('finds what was shared with it for %s', async (_, config) => {
    const shared = await startSharing();
    const { practice, env } = shared;
    const ini = `${SHARE}mfa = required\n[identity i]\ncredentials = profile:base\nuser_name = jane\n`;
    practice.write('.config/assume/assume.ini', ini);
    practice.write('.aws/config', config.replace('SERIAL', practice.serial('jane.doe')));
    const code = { env: { ...env, ...withCode(practice).env } };
    const key = printed(await practice.run(['credential-process', 'readonly'], code)).AccessKeyId;
    practice.received();
    const { stdout } = await askCli(shared, 'readonly');
    expect(stdout).toBe('arn:aws:sts::444444444444:assumed-role/readonly/jane\n');
    expect(practice.aws.requests.at(-1)?.signedBy).toBe(key);
    expect(practice.received()).toEqual(['GetCallerIdentity']);
  });

  it.skipIf(aws === null)('finds the last role of a chain', async () => {
    const shared = await startSharing();
    const { practice, env } = shared;
    const [, development, staging] = practice.aws.world.accounts;
    const [own] = development?.roles ?? [];
    if (!own || !staging) throw new Error('the picture has changed');
    staging.roles.push({ ...own, name: 'inner', trustPolicy: trusting('222222222222') });
    const chain = `${role('inner', 'role_session_name = jane.doe', 'dev')}${role('dev', '')}`
      .replace('444444444444:role/inner', '333333333333:role/inner')
      .replace('444444444444:role/dev', '222222222222:role/dev-role');
    practice.write('.aws/config', chain);
    printed(await practice.run(['credential-process', 'inner'], { env }));
    practice.received();
    const arn = 'arn:aws:sts::333333333333:assumed-role/inner/jane.doe\n';
    expect(await askCli(shared, 'inner')).toEqual({ stdout: arn });
    expect(practice.received()).toEqual(['GetCallerIdentity']);
  });
});

describe('a role is shared with the AWS CLI', () => {
  it('in the form that it keeps its own in', async () => {
    const { practice, env } = await startSharing();
    const answer = printed(await practice.run(DEV, { env }));
    const [file = ''] = filesOf(practice);
    const { AccessKeyId, SecretAccessKey, SessionToken, AccountId } = answer;
    const Expiration = answer.Expiration?.replace(/\.\d+Z/, 'Z');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId },
      x_assume_identity: 'base',
    });
  });

  it.each<[what: string, flags: string[], ini: string]>([
    ['is protected', [], 'protected = yes'],
    ['may not be cached', [], 'cache = no'],
    ['is not to be cached this time', ['--no-cache'], ''],
    ['is narrowed', ['--read-only'], ''],
    ['has a policy', [], `policy = '{"Version":"2012-10-17","Statement":[]}'`],
    ['has another session name', ['--session-name', 'other'], ''],
    ['has another external ID', ['--external-id', 'other'], ''],
    ['has a source identity', [], 'source_identity = jane'],
    ['has session tags', ['--session-tag', 'team=ops'], ''],
    ['has another identity', ['--identity', 'twin'], ''],
  ])('unless it %s', async (_, flags, ini) => {
    const { practice, env } = await startSharing(`${SHARE}${ini}\n`);
    const keys = readFileSync(join(practice.home.path, '.aws/credentials'), 'utf8');
    practice.write('.aws/credentials', `${keys}${keys.replace('[base]', '[twin]')}`);
    trustWithTags(practice);
    printed(await practice.run([...DEV, ...flags], { env }));
    expect(filesOf(practice)).toEqual([]);
  });

  it('unless it comes from elsewhere than the AWS CLI would ask', async () => {
    const { practice } = await startSharing();
    printed(await practice.run(DEV));
    expect(filesOf(practice)).toEqual([]);
    const env = { AWS_ENDPOINT_URL: practice.aws.url };
    printed(await practice.run([...DEV, '--refresh'], { env }));
    expect(filesOf(practice)).toHaveLength(1);
  });

  it('unless no profile names it', async () => {
    const { practice, env } = await startSharing();
    const arn = 'arn:aws:iam::222222222222:role/dev-role';
    printed(await practice.run(['credential-process', arn], { env }));
    expect(filesOf(practice)).toEqual([]);
  });

  const until = (hours: number): string =>
    new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+Z/, 'UTC');

  it.each<[what: string, there: string, isReplaced: boolean]>([
    ['lasts longer', JSON.stringify({ Credentials: { Expiration: until(6) } }), false],
    ['ends sooner', JSON.stringify({ Credentials: { Expiration: until(0.5) } }), true],
    ['is damaged', '{"Credentials":', true],
  ])(
    'in the place of what is there, unless that lasts longer: it %s',
    async (_, there, isReplaced) => {
      const { practice, env } = await startSharing();
      printed(await practice.run(DEV, { env }));
      const [file = ''] = filesOf(practice);
      practice.write(file.slice(practice.home.path.length), there);
      chmodSync(file, 0o644);
      const { AccessKeyId } = printed(await practice.run([...DEV, '--refresh'], { env }));
      expect(filesOf(practice)).toEqual([file]);
      expect(readFileSync(file, 'utf8').includes(AccessKeyId)).toBe(isReplaced);
      if (isReplaced) expect(statSync(file).mode & 0o777).toBe(0o600);
      else expect(readFileSync(file, 'utf8')).toBe(there);
    },
  );

  it('or not, where that fails, which is told and stops nothing', async () => {
    const { practice, env } = await startSharing();
    practice.write('.aws/cli', 'a file\n');
    const ended = await practice.run(DEV, { env });
    printed(ended);
    expect(ended.stderr).toContain('could not share the role with the AWS CLI');
  });

  it("until logout forgets it, which leaves the CLI's own", async () => {
    const { practice, env } = await startSharing();
    const own = practice.write(
      `${CACHE}/own.json`,
      JSON.stringify({ Credentials: { Expiration: until(6) } }),
    );
    printed(await practice.run(DEV, { env }));
    expect(filesOf(practice)).toHaveLength(2);
    expect((await practice.run(['logout', 'base'])).stderr).toContain('forgot 2 cached sessions');
    expect(filesOf(practice)).toEqual([own]);
  });
});

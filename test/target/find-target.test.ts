import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/argv.js';
import { findTarget } from '../../src/target/find-target.js';
import { AWS_CONFIG, configuredHost, KEYS, type UserFiles } from '../support/configured-host.js';
import { CTRL_C, type FakeHostOptions } from '../support/fake-host.js';
import { rejectionOf } from '../support/thrown-by.js';

const BASE = `[base]\n${KEYS}`;
const A = '111111111111';
const B = '222222222222';
const role = (name: string, arn: string, rest = ''): string =>
  `[profile ${name}]\nrole_arn = ${arn}\nsource_profile = base\n${rest}`;
const arnOf = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const alias = (name: string, words: string): string =>
  `[profile ${name}]\ncredential_process = assume credential-process ${words}\n`;

const ASSUME = `[customer acme]
external_id = e-acme
[account prod]
id = ${A}
customer = acme
roles = admin, readonly
[account dev]
id = ${B}
roles = admin, builder
[target prod/admin]
alias = boss
`;

/** One account under two names. */
const TWICE = `[account x]\nid = ${A}\nroles = r\n[account y]\nid = ${A}\nroles = r\n`;

async function find(
  texts: UserFiles,
  name: string | null,
  {
    options = {},
    mayPick = false,
    ...machine
  }: FakeHostOptions & { options?: Options; mayPick?: boolean } = {},
) {
  const { host, config } = configuredHost({ credentials: BASE, ...texts }, machine);
  return { host, target: await findTarget(config, host, { name, options, mayPick }) };
}

describe('the exact name', () => {
  it.each<[string, UserFiles, string, string]>([
    ['account/role', { assume: ASSUME }, 'prod/admin', arnOf(A, 'admin')],
    ['customer/account/role', { assume: ASSUME }, 'acme/prod/admin', arnOf(A, 'admin')],
    ['an alias', { assume: ASSUME }, 'boss', arnOf(A, 'admin')],
    ['a profile', { config: role('p', arnOf(A, 'x')) }, 'p', arnOf(A, 'x')],
    ['a profile in full', { config: role('p', arnOf(A, 'x')) }, 'profile:p', arnOf(A, 'x')],
    ['an ARN', {}, arnOf(A, 'team/x'), arnOf(A, 'team/x')],
    [
      'an ARN of another partition',
      {},
      `arn:aws-cn:iam::${A}:role/x`,
      `arn:aws-cn:iam::${A}:role/x`,
    ],
    ['id/role', {}, `${A}/x`, arnOf(A, 'x')],
    ['id/role of one account under two names', { assume: TWICE }, `${A}/r`, arnOf(A, 'r')],
    ['id/path/role', {}, `${A}/ops/x`, arnOf(A, 'ops/x')],
    [
      'a profile that calls us back',
      { assume: ASSUME, config: alias('q', 'dev/admin') },
      'q',
      arnOf(B, 'admin'),
    ],
    [
      'the same by its kind',
      { assume: ASSUME, config: alias('-q', 'dev/admin') },
      'profile:-q',
      arnOf(B, 'admin'),
    ],
    [
      'through two of them',
      { assume: ASSUME, config: alias('q', 'r') + alias('r', 'boss') },
      'q',
      arnOf(A, 'admin'),
    ],
    [
      'one named like what it calls',
      { assume: ASSUME, config: alias('boss', 'boss') },
      'boss',
      arnOf(A, 'admin'),
    ],
    [
      'a profile and a target alike in all',
      { assume: `[account t]\nid = ${A}\nroles = r\n`, config: role('t/r', arnOf(A, 'r')) },
      't/r',
      arnOf(A, 'r'),
    ],
  ])('%s', async (_, texts, name, arn) => {
    const { target } = await find(texts, name);
    expect(target.hops.at(-1)?.roleArn.value).toBe(arn);
  });

  it('of an ARN or id/role that the catalogue lists has its external ID', async () => {
    for (const name of [arnOf(A, 'admin'), `${A}/admin`]) {
      const { target } = await find({ assume: ASSUME }, name);
      expect(target).toMatchObject({ kind: 'catalogue', name: 'prod/admin', accountName: 'prod' });
      expect(target.hops[0]?.externalId?.value).toBe('e-acme');
    }
  });

  it('of a role that a known account does not list has what its account says', async () => {
    const { target } = await find({ assume: ASSUME }, arnOf(A, 'other'));
    expect(target).toMatchObject({ kind: 'arn', accountName: 'prod' });
    expect(target.hops[0]?.externalId?.value).toBe('e-acme');
  });

  it('takes the options of a profile that calls us back, unless flags say otherwise', async () => {
    const config = alias('q', 'dev/admin --duration 20m --region eu-west-1');
    const { target } = await find({ assume: ASSUME, config }, 'q', {
      options: { region: 'eu-west-2' },
    });
    expect(target.hops[0]?.durationSeconds?.value).toBe(1200);
    expect(target.region?.value).toBe('eu-west-2');
  });
});

describe('what is no exact name', () => {
  it.each<[string, UserFiles, string, string, string, string]>([
    [
      'nothing alike',
      { assume: ASSUME },
      'zzzzzz',
      'TARGET_UNKNOWN',
      'no target zzzzzz',
      'assume list',
    ],
    ['a slip', { assume: ASSUME }, 'prod/admn', 'TARGET_UNKNOWN', 'prod/admn', 'prod/admin'],
    ['a slip in a command', { assume: ASSUME }, 'exprt', 'TARGET_UNKNOWN', 'exprt', 'export'],
    [
      'a profile whose header lacks its type',
      { assume: ASSUME, config: '[devs]\nregion = eu-west-1\n' },
      'devs',
      'TARGET_UNKNOWN',
      'there is no target devs',
      `${AWS_CONFIG}:1 has [devs], not read: a profile's header in the config file reads [profile devs]`,
    ],
    ['another case', { assume: ASSUME }, 'PROD/ADMIN', 'TARGET_UNKNOWN', '', 'prod/admin'],
    [
      'a role that two accounts have',
      { assume: ASSUME },
      'admin',
      'TARGET_AMBIGUOUS',
      'not the exact name',
      'prod/admin, dev/admin',
    ],
    [
      'a role that one account has',
      { assume: ASSUME },
      'builder',
      'TARGET_UNKNOWN',
      'not the exact name',
      'write dev/builder',
    ],
    ['an account', { assume: ASSUME }, 'prod', 'TARGET_AMBIGUOUS', '', 'prod/admin, prod/readonly'],
    ['an account ID', { assume: ASSUME }, B, 'TARGET_AMBIGUOUS', '', 'dev/admin, dev/builder'],
    [
      'an ARN of a user',
      {},
      `arn:aws:iam::${A}:user/jane`,
      'TARGET_UNKNOWN',
      'not the ARN of a role',
      'user/jane',
    ],
    [
      'an ARN of a session',
      {},
      `arn:aws:sts::${A}:assumed-role/x/jane`,
      'TARGET_UNKNOWN',
      '',
      'session of a role',
    ],
    ['a short id', {}, '1234/x', 'TARGET_UNKNOWN', '1234/x', ''],
    [
      'a profile and a target that differ',
      { assume: `[account t]\nid = ${A}\nroles = r\n`, config: role('t/r', arnOf(B, 'r')) },
      't/r',
      'TARGET_AMBIGUOUS',
      'different credentials',
      'profile:t/r',
    ],
    [
      'a profile and a target that differ by an external ID',
      {
        assume: `[account t]\nid = ${A}\nroles = r\n`,
        config: role('t/r', arnOf(A, 'r'), 'external_id = e1\n'),
      },
      't/r',
      'TARGET_AMBIGUOUS',
      '',
      `write one of: ${A}/r (`,
    ],
    [
      'an alias of two',
      { assume: `${ASSUME}[target dev/admin]\nalias = boss\n` },
      'boss',
      'TARGET_AMBIGUOUS',
      '',
      'write one of: prod/admin (/home/jane/.config/assume/assume.ini:10:1), dev/admin (',
    ],
    [
      'an alias and a callback that differ',
      { assume: ASSUME, config: alias('boss', 'dev/admin') },
      'boss',
      'TARGET_AMBIGUOUS',
      '',
      '',
    ],
    [
      'callbacks in a circle',
      { config: alias('q', 'r') + alias('r', 'q') },
      'q',
      'CONFIG_INVALID',
      'q → r → q (/home/jane/.aws/config:2:22, ',
      'one of them must name another target',
    ],
    ['a callback to itself', { config: alias('q', 'q') }, 'q', 'CONFIG_INVALID', 'q → q', ''],
    ['a callback to nothing', { config: alias('q', 'nowhere') }, 'q', 'TARGET_UNKNOWN', '', ''],
    [
      'a listed role of two accounts with one ID',
      { assume: TWICE.replace('roles', 'external_id = e1\nroles') },
      `${A}/r`,
      'TARGET_AMBIGUOUS',
      'lead to different credentials',
      'write one of: x/r (',
    ],
    [
      'a hostile name',
      {},
      '\u001b[31m\u202e',
      'TARGET_UNKNOWN',
      String.raw`\u{1b}[31m\u{202e}`,
      '',
    ],
  ])('is an error for a script: %s', async (_, texts, name, code, message, hint) => {
    const error = await rejectionOf(find(texts, name));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
  });

  it.each<[string, string, string]>([
    ['an equal profile once, by its first name', '', 'write dev/builder'],
    ['a profile that differs too', 'external_id = e1\n', 'write one of: dev/builder, other'],
  ])('counts %s', async (_what, rest, hint) => {
    const assume = `${ASSUME}[role builder]\ntags = a=b\ncolor = red\n`;
    const config = role('other', arnOf(B, 'builder'), rest);
    const error = await rejectionOf(find({ assume, config }, 'builder'));
    expect(error.hint).toBe(hint);
  });

  it('counts a target that cannot be made as one of its own', async () => {
    const config = `[profile broken]\nrole_arn = ${arnOf(B, 'builder')}\nsource_profile = none\n`;
    const error = await rejectionOf(find({ assume: ASSUME, config }, 'builder'));
    expect(error.hint).toBe('write one of: dev/builder, broken');
  });

  it('lists twenty names at most', async () => {
    const roles = Array.from({ length: 30 }, (_, n) => `r${String(n)}`).join(', ');
    const error = await rejectionOf(
      find({ assume: `[account t]\nid = ${A}\nroles = ${roles}\n` }, 't'),
    );
    expect(error.hint).toContain('t/r19, and 10 more');
  });

  it.each<[string, string, string[], string, number]>([
    ['a role that one account has', 'builder', [], arnOf(B, 'builder'), 0],
    ['a role that two have', 'admin', ['dev/admin   222222222222'], arnOf(B, 'admin'), 1],
    ['an account ID', A, ['prod/readonly  111111111111  acme'], arnOf(A, 'readonly'), 1],
    ['a role of an account and of an equal profile', 'builder', [], arnOf(B, 'builder'), 0],
  ])('is shorthand for a person: %s', async (_, name, answers, arn, asked) => {
    const config = role('same', arnOf(B, 'builder'));
    const { target, host } = await find({ assume: ASSUME, config }, name, {
      answers,
      mayPick: true,
    });
    expect(target.hops[0]?.roleArn.value).toBe(arn);
    expect(host.asked).toHaveLength(asked);
  });
});

describe('no name', () => {
  it('opens the picker on everything and prints the command that skips it', async () => {
    const answers = ['dev/builder    222222222222'];
    const { target, host } = await find({ assume: ASSUME }, null, { answers, mayPick: true });
    expect(target.name).toBe('dev/builder');
    expect(host.written.stderr).toBe('assume: next time: assume dev/builder\n');
  });

  it('prints a name with blanks or $(…) so that a shell takes it', async () => {
    const assume = `[account a $(id)]\nid = ${A}\nroles = r\n[account z]\nid = ${B}\nroles = r\n`;
    const answers = [`a $(id)/r  ${A}`];
    const { host } = await find({ assume }, 'r', { answers, mayPick: true });
    expect(host.written.stderr).toBe("assume: next time: assume 'a $(id)/r'\n");
  });

  it('is an error without a terminal', async () => {
    const error = await rejectionOf(find({ assume: ASSUME }, null));
    expect(error.code).toBe('USAGE');
    expect(error.hint).toContain('assume list');
  });

  it('says three ways to begin where nothing is configured', async () => {
    const error = await rejectionOf(find({ credentials: '' }, null));
    expect(error.code).toBe('TARGET_UNKNOWN');
    expect([error.message, ...(error.hint?.split('\n') ?? [])]).toHaveLength(3);
  });

  it('ends when the person gives up', async () => {
    const error = await rejectionOf(
      find({ assume: ASSUME }, null, { answers: [CTRL_C], mayPick: true }),
    );
    expect(error.code).toBe('CANCELLED');
  });
});

describe('--expect-account', () => {
  it.each([
    ['prod/admin', A, true],
    ['prod/admin', B, false],
    ['prod/admin', '', false],
    ['prod/admin', `${A} `, false],
    [arnOf(B, 'x'), B, true],
    [arnOf(B, 'x'), A, false],
    ['base', A, false],
  ])('%s in "%s": %s', async (name, account, isRight) => {
    const found = find({ assume: ASSUME }, name, { options: { 'expect-account': account } });
    if (isRight) expect((await found).target.accountId?.value).toBe(account);
    else expect((await rejectionOf(found)).code).toBe('ACCOUNT_UNEXPECTED');
  });
});

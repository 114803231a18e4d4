import { describe, expect, it } from 'vitest';
import { makeCatalogue } from '../../src/target/catalogue.js';
import { entryColumns } from '../../src/target/entry-columns.js';
import { matchesWords } from '../../src/target/match-words.js';
import { ASSUME_INI, AWS_CONFIG, configuredHost, KEYS } from '../support/configured-host.js';

const A = 'id = 111111111111\n';
const B = 'id = 222222222222\n';

const catalogue = (assume: string, config = '') =>
  makeCatalogue(configuredHost({ assume, config }).config);

describe('the names of catalogue targets', () => {
  it.each([
    ['a role of an account', `[account prod]\n${A}roles = admin`, [['prod/admin']]],
    ['roles in their order', `[account prod]\n${A}roles = z, a`, [['prod/z'], ['prod/a']]],
    ['an account without roles', `[account prod]\n${A}`, []],
    [
      'short and full, the short one first',
      `[customer acme]\n[account prod]\n${A}customer = acme\nroles = admin`,
      [['prod/admin', 'acme/prod/admin']],
    ],
    [
      'full where two customers have the same',
      `[customer acme]\n[customer umbra]\n[account acme/prod]\n${A}roles = admin\n[account umbra/prod]\n${B}roles = admin, dev`,
      [['acme/prod/admin'], ['umbra/prod/admin'], ['prod/dev', 'umbra/prod/dev']],
    ],
    [
      'short for an account without a customer beside one with',
      `[customer acme]\n[account prod]\n${A}roles = admin\n[account acme/prod]\n${B}roles = admin`,
      [['prod/admin'], ['acme/prod/admin']],
    ],
    [
      'an alias',
      `[account prod]\n${A}roles = admin\n[target prod/admin]\nalias = boss`,
      [['prod/admin', 'boss']],
    ],
    [
      'a role that only a target section names',
      `[account prod]\n${A}roles = admin\n[target prod/extra]\nduration = 1h`,
      [['prod/admin'], ['prod/extra']],
    ],
    [
      'a role that both name, once',
      `[account prod]\n${A}roles = admin\n[target prod/admin]\nduration = 1h`,
      [['prod/admin']],
    ],
    [
      'dots, blanks and any script',
      `[account Prüfung 1.0]\n${A}roles = a.b\n`,
      [['Prüfung 1.0/a.b']],
    ],
    [
      'a target section of the one account alone whose name begins alike',
      `[account prod]\n${A}roles = a\n[account prod-eu]\n${B}roles = b\n[target prod-eu/c]\n`,
      [['prod/a'], ['prod-eu/b'], ['prod-eu/c']],
    ],
    [
      "a customer's role, and none of an account named like the customer",
      `[customer acme]\n[account acme]\n${A}roles = a\n[account acme/prod]\n${B}[target acme/prod/b]\n`,
      [['acme/a'], ['prod/b', 'acme/prod/b']],
    ],
  ])('are %s', (_, assume, names) => {
    expect(catalogue(assume).map((entry) => entry.names)).toEqual(names);
    expect(catalogue(assume).map((entry) => entry.name)).toEqual(names.map(([first]) => first));
  });
});

describe('the ARN of a catalogue target', () => {
  it.each([
    ['its name', '', '', 'arn:aws:iam::111111111111:role/admin'],
    [
      'role_name of the role',
      '',
      '[role admin]\nrole_name = Boss\n',
      'arn:aws:iam::111111111111:role/Boss',
    ],
    [
      'with a path',
      '',
      '[role admin]\nrole_name = /team/ops/Boss\n',
      'arn:aws:iam::111111111111:role/team/ops/Boss',
    ],
    [
      'with a path without its first slash',
      '',
      '[role admin]\nrole_name = team/Boss\n',
      'arn:aws:iam::111111111111:role/team/Boss',
    ],
    [
      'role_name of the target before the role',
      '',
      '[role admin]\nrole_name = Boss\n[target prod/admin]\nrole_name = Other\n',
      'arn:aws:iam::111111111111:role/Other',
    ],
    [
      'the partition that is set',
      'partition = aws-cn\n',
      '',
      'arn:aws-cn:iam::111111111111:role/admin',
    ],
    [
      'the partition of the region',
      'region = us-gov-west-1\n',
      '',
      'arn:aws-us-gov:iam::111111111111:role/admin',
    ],
    [
      'the set one before the region',
      'region = us-gov-west-1\npartition = aws\n',
      '',
      'arn:aws:iam::111111111111:role/admin',
    ],
    [
      'the settings',
      '',
      '[settings]\npartition = aws-eusc\n',
      'arn:aws-eusc:iam::111111111111:role/admin',
    ],
  ])('has %s', (_, account, rest, arn) => {
    const [entry] = catalogue(`[account prod]\n${A}roles = admin\n${account}${rest}`);
    expect(entry?.roleArn).toBe(arn);
  });
});

describe('what an entry shows', () => {
  const assume = `[customer acme]
color = red
tags = env=prod
[role admin]
protected = yes
[account prod]
id = 111111111111
customer = acme
region = eu-west-1
roles = admin, dev
[target prod/dev]
color = green
`;

  it('comes from the nearest section, safeguards from any', () => {
    const [admin, dev] = catalogue(assume);
    expect(admin).toMatchObject({
      ...{ accountId: '111111111111', accountName: 'prod', customer: 'acme', roleName: 'admin' },
      ...{ region: 'eu-west-1', color: 'red', isProtected: true, tags: { env: 'prod' } },
      ...{ kind: 'catalogue', origin: { file: ASSUME_INI, line: 6 } },
    });
    expect(dev).toMatchObject({ color: 'green', isProtected: false, origin: { line: 11 } });
  });

  it('is found by every field and typed word, whatever its case', () => {
    const [admin] = catalogue(assume);
    if (!admin) throw new Error('no entry');
    for (const words of ['admin', 'PROD', '1111', 'acme admin', 'env=prod eu-west', 'role/admin']) {
      expect(matchesWords(admin, words.split(' '))).toBe(true);
    }
    expect(matchesWords(admin, ['admin', 'staging'])).toBe(false);
    expect(matchesWords(admin, [])).toBe(true);
    const facts = ['111111111111', '', 'acme', 'env=prod', 'eu-west-1', 'protected'];
    expect(entryColumns([admin])).toEqual([['prod/admin', ...facts]]);
  });
});

describe('AWS profiles', () => {
  it('are targets when they name credentials, of any kind', () => {
    const config = `[default]\n${KEYS}[profile r]\nrole_arn = arn:aws:iam::222222222222:role/x/admin\nregion = eu-west-1\n[profile s]\nsso_account_id = 1\n[profile none]\nregion = x\n`;
    const entries = catalogue('', config);
    expect(entries.map((entry) => entry.names)).toEqual([
      ['default', 'profile:default'],
      ['r', 'profile:r'],
      ['s', 'profile:s'],
    ]);
    expect(entries[1]).toMatchObject({
      ...{ kind: 'profile', accountId: '222222222222', roleName: 'admin', region: 'eu-west-1' },
      origin: { file: AWS_CONFIG, line: 4 },
    });
  });

  it('are left out when they only call us back, or when we wrote them', () => {
    const config = `[profile back]\ncredential_process = assume credential-process prod\n[profile ours]\n${KEYS}x_assume_target = prod\n`;
    expect(catalogue('', config)).toEqual([]);
  });
});

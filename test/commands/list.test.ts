import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { parseArgv } from '../../src/argv.js';
import { command } from '../../src/commands/list.js';
import { ASSUME_INI, AWS_CONFIG, AWS_CREDENTIALS, KEYS } from '../support/configured-host.js';
import { fakeHost, type FakeHostOptions } from '../support/fake-host.js';

const FILES = {
  [AWS_CREDENTIALS]: `[base]\n${KEYS}`,
  [AWS_CONFIG]: `[profile ops]
role_arn = arn:aws:iam::333333333333:role/operator
source_profile = base
region = us-east-1
[profile portal]
sso_session = portal
`,
  [ASSUME_INI]: `[customer acme]
external_id = acme-1
[account production]
id = 444444444444
customer = acme
tags = env=prod, tier=gold
region = eu-west-1
protected = yes
roles = prod-role, ro
[account 開発]
id = 222222222222
tags = env=dev
roles = dev-role
`,
};

async function list(words: string, options: FakeHostOptions = {}): Promise<string> {
  const host = fakeHost({ files: FILES, ...options });
  expect(await command.run(parseArgv(`list ${words}`.trim().split(' ')), host)).toBe(0);
  return host.written.stdout;
}

it('shows a target a line, its facts in columns, and nothing for what none of them has', async () => {
  expect(await list('prod')).toBe(
    [
      'production/prod-role  444444444444  acme  env=prod tier=gold  eu-west-1  protected',
      'production/ro         444444444444  acme  env=prod tier=gold  eu-west-1  protected',
      '',
    ].join('\n'),
  );
});

it('shows the role where a profile does not tell it, and keys that lead to no account', async () => {
  expect(await list('')).toBe(
    [
      'production/prod-role  444444444444  prod-role  acme  env=prod tier=gold  eu-west-1  protected',
      'production/ro         444444444444  ro         acme  env=prod tier=gold  eu-west-1  protected',
      '開発/dev-role         222222222222  dev-role         env=dev',
      'ops                   333333333333  operator                             us-east-1',
      'base                  keys',
      '',
    ].join('\n'),
  );
});

it('stands in the same columns with colours as without', async () => {
  const painted = await list('', { answers: [] });
  expect(painted).toContain('\u001b[31mproduction/prod-role');
  expect(stripVTControlCharacters(painted)).toBe(await list(''));
  const env = { HOME: '/home/jane', NO_COLOR: '1' };
  expect(await list('', { answers: [], env })).toBe(await list(''));
});

it('names a profile that looks like an option by its kind, as it has to be typed', async () => {
  const files = {
    ...FILES,
    [AWS_CONFIG]: `[profile -x]\nrole_arn = arn:aws:iam::333333333333:role/r\nsource_profile = base\n[profile -]\nrole_arn = arn:aws:iam::333333333333:role/s\nsource_profile = base\n`,
  };
  expect(await list('--names 333', { files })).toBe('profile:-x\nprofile:-\n');
});

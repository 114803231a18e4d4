import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findIdentity } from '../src/target/find-identity.js';
import type { IdentitySpec } from '../src/target/identity-spec.js';
import { fromFlag } from '../src/target/target.js';
import { configuredHost, KEYS } from './support/configured-host.js';

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

const KINDS: Readonly<Record<string, IdentitySpec['kind']>> = {
  "keys in AWS's files": 'profile',
  'the environment': 'environment',
  'a program': 'process',
  'IAM Identity Center': 'sso',
  '`aws login`': 'login',
  'a web identity': 'web-identity',
  'a container': 'container',
  'an EC2 instance': 'instance-metadata',
};

/** Each row of the table of sources: its name, and the examples in either file. */
const ROWS = [...README.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)]
  .map(([, name = '', profile = '', setting = '']) => [name.trim(), profile, setting] as const)
  .filter(([name]) => Object.hasOwn(KINDS, name));

const examplesIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

it('shows every kind of identity', () => {
  expect(ROWS.map(([name]) => name)).toEqual(Object.keys(KINDS));
});

it.each(ROWS)('shows what names %s', (name, profile, setting) => {
  const lines = examplesIn(profile).filter((text) => text.includes(' = '));
  const [credentials = ''] = examplesIn(setting);
  const sso = '[sso-session corp]\nsso_start_url = https://corp.example\nsso_region = eu-west-1\n';
  const { config } = configuredHost({
    config: `[profile base]\n${KEYS}[profile p]\n${lines.length === 0 ? KEYS : `${lines.join('\n')}\n`}${sso}`,
    assume: `[identity i]\ncredentials = ${credentials}\n`,
  });
  for (const wanted of ['profile:p', 'i']) {
    const { identity } = findIdentity(config, {}, { value: wanted, origin: fromFlag('x') });
    expect(identity.source.value.kind).toBe(KINDS[name]);
    if (identity.source.value.kind === 'process') {
      expect(identity.source.value.command).toBe('get-keys --for "my team"');
    }
  }
});

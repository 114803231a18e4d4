import { describe, expect, it } from 'vitest';
import type { Options } from '../../src/argv.js';
import { areEqualTargets } from '../../src/target/equal-targets.js';
import { KEYS } from '../support/configured-host.js';
import { targetOf } from '../support/target-of.js';

const role = (name: string, rest: string): string =>
  `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\n${rest}`;

async function areEqual(rest: string, flags: [Options, Options] = [{}, {}]): Promise<boolean> {
  const config = `[profile base]\n${KEYS}[profile other]\n${KEYS}${role('a', '')}${role('b', rest)}`;
  const [first, second] = flags;
  return areEqualTargets(
    await targetOf({ config }, 'a', first),
    await targetOf({ config }, 'b', second),
  );
}

describe('two targets', () => {
  it('are equal when only their names and lines differ', async () => {
    expect(await areEqual('')).toBe(true);
  });

  it('are equal when one has labels and a colour that the other has not', async () => {
    const roles = `[profile base]\n${KEYS}${role('a', '')}`;
    const assume = `[account x]\nid = 111122223333\nroles = r\ntags = env=prod\ncolor = red\n`;
    const texts = { config: roles, assume };
    expect(areEqualTargets(await targetOf(texts, 'a'), await targetOf(texts, 'x/r'))).toBe(true);
  });

  it.each([
    'external_id = e1',
    'role_session_name = n1',
    'duration_seconds = 900',
    'mfa_serial = GAHT12345678',
    'region = eu-west-1',
    'role_arn = arn:aws:iam::111122223333:role/other',
    'role_arn = arn:aws:iam::444455556666:role/r',
    'source_profile = other',
  ])('differ by %s', async (line) => {
    expect(await areEqual(`${line}\n`)).toBe(false);
  });

  it.each(['k', 'name', 'kind', 'origin', 'customer', 'accountName', 'remarks'])(
    'differ by a session tag named %s',
    async (key) => {
      const tag = (value: string): Options => ({ 'session-tag': [`${key}=${value}`] });
      expect(await areEqual('', [tag('1'), tag('2')])).toBe(false);
      expect(await areEqual('', [tag('1'), tag('1')])).toBe(true);
    },
  );
});

import widthOf from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { usePractice } from '../support/use-practice.js';

/** Names short and long, in letters narrow and wide, each with more beside it than fits. */
const INI = `[customer acme]
[account acme/production]
id = 444444444444
region = eu-central-1
protected = yes
tags = env=prod, tier=gold, owner=platform-engineering
roles = prod-role, readonly
[account 山田商事-international-holdings]
id = 333333333333
roles = administrator-of-the-shared-network
region = ap-northeast-1
[account development]
id = 222222222222
tags = env=dev
roles = dev-role
`;

const ROLES: readonly (readonly [accountId: string, begins: string, ends: string])[] = [
  ['444444444444', 'pro', 'role'],
  ['444444444444', 'pro', 'only'],
  ['333333333333', '山田', 'work'],
  ['222222222222', 'dev', 'role'],
];

describe.skipIf(findTerminal() === null)('the picker', () => {
  it.each([80, 40])('has one line a target in a terminal of %i columns', async (columns) => {
    const practice = await usePractice();
    practice.write('.aws/config', '');
    practice.write('.aws/credentials', '');
    practice.write('.config/assume/assume.ini', INI);
    const options = { env: practice.env, cwd: practice.home.path, columns };
    const terminal = openTerminal(RUNTIME, [ASSUME, 'plan'], options);
    try {
      const shown = await terminal.waitFor(/❯ [^]*?navigate/);
      const rows = shown.slice(shown.indexOf('❯ ')).split('\n').slice(0, -1);
      const lines = rows.filter((row) => row.trim() !== '');
      expect(lines).toHaveLength(ROLES.length);
      for (const [index, line] of lines.entries()) {
        const [accountId = '', begins = '', ends = ''] = ROLES[index] ?? [];
        expect(widthOf(line)).toBeLessThan(columns);
        const [name = '', ...rest] = line.replace(/^[❯ ] /, '').split(/ {2,}/);
        expect(name.startsWith(begins) && name.endsWith(ends)).toBe(true);
        expect(rest.join('  ')).toMatch(new RegExp(`^${accountId}( |$)`));
      }
      expect(lines[0]).toMatch(/…$/);
      terminal.type('\t');
      await terminal.waitFor(/❯ [^]*navigate/);
      terminal.type('\r');
      await terminal.waitFor('next time: assume');
    } finally {
      await terminal.close();
    }
  });

  it('has one line a device where MFA devices have long names', async () => {
    const practice = await usePractice();
    const user = practice.user('jane.doe');
    const long = (end: string) =>
      `${practice.serial('jane.doe')}-${'of-my-telephone-'.repeat(4)}${end}`;
    user.mfaDevices = ['one', 'two'].map((end) => ({
      serial: long(end),
      seed: null,
      enabled: new Date(),
    }));
    practice.write('.aws/config', '');
    const options = { env: practice.env, cwd: practice.home.path, columns: 80 };
    const terminal = openTerminal(RUNTIME, [ASSUME, 'login'], options);
    try {
      const shown = await terminal.waitFor(/❯ [^]*?navigate/);
      const rows = shown.slice(shown.indexOf('❯ ')).split('\n').slice(0, -1);
      const lines = rows.filter((row) => row.trim() !== '');
      expect(lines.map((line) => line.slice(-3))).toEqual(['one', 'two']);
      for (const line of lines) expect(widthOf(line)).toBeLessThan(80);
    } finally {
      await terminal.close();
    }
  });
});

import { describe, expect, it } from 'vitest';
import { hookScript } from '../../src/dialect/hook.js';
import { GRAMMAR } from '../dialect/fake-assume.js';
import type { Ended } from '../support/practice.js';
import { usePractice } from '../support/use-practice.js';

const ENDED = '2026-01-02T03:04:05Z';

/** As the hook of bash calls it in a shell of that target, whose session is gone. */
async function renew(env: Readonly<Record<string, string | undefined>> = {}): Promise<Ended> {
  const practice = await usePractice();
  return practice.run(['renew', '--no-input', '--quiet'], {
    env: {
      ASSUME_SHELL: 'bash',
      ASSUME_HOOK: '1000',
      ASSUME_TARGET: 'prod-role',
      ASSUME_EXPIRATION: ENDED,
      ASSUME_RENEWAL: 'due',
      ...env,
    },
  });
}

describe('renewing before a command, which nobody asked for', () => {
  it('tells in one line that a code is needed, and has the shell remember it', async () => {
    const ended = await renew();
    expect(ended).toMatchObject({
      status: 0,
      stderr: 'assume: prod-role has ended; renewing it needs a code: assume renew\n',
    });
    expect(ended.stdout).toContain(`export ASSUME_RENEW_TOLD='${ENDED}'\n`);
  });

  it('says how long the credentials still last', async () => {
    const soon = new Date(Date.now() + 26.9 * 60_000).toISOString();
    expect((await renew({ ASSUME_EXPIRATION: soon })).stderr).toMatch(
      /^assume: prod-role ends in 26m; renewing it needs a code: assume renew\n$/,
    );
  });

  it('says nothing more of the same credentials, and again of later ones', async () => {
    expect(await renew({ ASSUME_RENEW_TOLD: ENDED })).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
    const { stderr } = await renew({ ASSUME_RENEW_TOLD: '2026-01-02T02:04:05Z' });
    expect(stderr).toContain('needs a code');
  });

  it('tells any other failure in one line too', async () => {
    expect(await renew({ ASSUME_TARGET: 'gone' })).toMatchObject({
      status: 0,
      stderr: 'assume: gone has ended; renewing it failed; to see why: assume renew\n',
    });
  });

  it('is an error where a person typed it', async () => {
    const ended = await renew({ ASSUME_RENEWAL: undefined });
    expect(ended).toMatchObject({ status: 5, stdout: '' });
    expect(ended.stderr).toContain('--no-input is given');
  });

  it.each(['bash', 'zsh', 'fish', 'powershell', 'pwsh'])(
    'is told from what is typed by a variable of the hook for %s',
    (shell) => {
      const calls = (hookScript(shell, GRAMMAR) ?? '').split(/renew\W+--no-input/);
      expect(calls).toHaveLength(2);
      expect(calls[0]?.slice(-120)).toMatch(/ASSUME_RENEWAL\W+due\b/);
    },
  );
});

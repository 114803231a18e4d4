import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';
import { useKept } from '../support/use-kept.js';

const GOOD = 'correct horse battery';
const ASKED = "Passphrase of assume's store:";
const WHY = 'it asks the passphrase for itself';

/** An import at a terminal, with a store whose passphrase is typed. */
async function openImport() {
  const kept = await useKept();
  const { practice, run, env } = kept;
  await run(['config', 'store', 'passphrase']);
  const before = kept.text('.aws/credentials');
  const terminal = openTerminal(RUNTIME, [ASSUME, 'identity', 'import', 'base'], {
    env: { ...practice.env, PATH: env['PATH'] },
    cwd: practice.home.path,
    columns: 200,
  });
  onTestFinished(() => terminal.close());
  await terminal.waitFor(ASKED);
  terminal.type(`${GOOD}\r`);
  await terminal.waitFor(WHY);
  await terminal.waitFor(ASKED);
  return { ...kept, terminal, before };
}

describe.skipIf(findTerminal() === null)('assume identity import at a terminal', () => {
  it('says why the process that AWS tools will run asks the passphrase, too', async () => {
    const { terminal, text } = await openImport();
    terminal.type(`${GOOD}\r`);
    expect(await terminal.end()).toEqual({ status: 0 });
    expect(text('.aws/credentials')).toBe('');
    expect(terminal.text.split(WHY)).toHaveLength(2);
  });

  it('that is given up at that question ends with 130, and says how far it came', async () => {
    const { practice, run, terminal, text, before } = await openImport();
    terminal.type('\x03');
    expect(await terminal.end()).toEqual({ status: 130 });
    expect(terminal.text).toContain(
      `the keys stay in ${join(practice.home.path, '.aws/credentials')}`,
    );
    expect(terminal.text).toContain('to finish: assume identity import base');
    expect(text('.aws/credentials')).toBe(before);
    expect(await run(['identity', 'import', 'base'])).toMatchObject({ status: 0 });
  });
});

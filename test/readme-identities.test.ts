import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findIdentity } from '../src/target/find-identity.js';
import type { IdentitySpec } from '../src/target/identity-spec.js';
import { fromFlag } from '../src/target/target.js';
import { configuredHost, KEYS } from './support/configured-host.js';
import { installProgram } from './support/install-program.js';
import { ASSUME, RUNTIME } from './support/practice.js';
import { findTerminal, openTerminal } from './support/pty.js';
import { useSignOn, type SignOn } from './support/use-sign-on.js';

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

describe.skipIf(findTerminal() === null)('a login at IAM Identity Center', () => {
  const [, section = ''] =
    /^### A login at IAM Identity Center\n([^]*?)(?=^## )/m.exec(README) ?? [];
  const [, ini = ''] = /^```ini\n([^]*?)^```$/m.exec(section) ?? [];
  const [, example = ''] = /^```console\n([^]*?)^```$/m.exec(section) ?? [];

  const [, ...steps] = `\n${example}`.split('\n$ ');
  const first = steps[0]?.split('\n')[0];

  /** What a command shows in a terminal, to a person who opens the page that it names. */
  async function show({ practice }: SignOn, command: string, path: string): Promise<string> {
    const words = command.split(' ').slice(1);
    const options = { env: { ...practice.env, PATH: path }, cwd: practice.home.path };
    const terminal = openTerminal(RUNTIME, [ASSUME, ...words], options);
    onTestFinished(() => terminal.close());
    if (command === first) {
      const shown = await terminal.waitFor(/http:\S+user_code=\S+\n/);
      await fetch(shown.trim().split(/\s+/).at(-1) ?? '');
    }
    await terminal.end();
    return terminal.text;
  }

  /** What differs from run to run, as the README has it. */
  const asShown = (text: string, url: string): string =>
    text
      .replaceAll(`${url}/device`, 'https://corp.awsapps.com/start/#/device')
      .replace(/[0-9A-F]{4}-[0-9A-F]{4}(?=\n)/g, '3C4D-90AB')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\dZ/g, '2026-02-03T10:59Z')
      .replace(/^assume: using endpoint .*\n/gm, '');

  it('shows what the program shows', async () => {
    const on = await useSignOn(ini);
    const path = installProgram(on.practice.home);
    // Where sessions are kept is told once.
    await on.practice.run(['export', 'base']);
    expect(steps).toHaveLength(4);
    for (const step of steps) {
      const [command = '', ...lines] = step.trimEnd().split('\n');
      const shown = asShown(await show(on, command, path), on.url);
      expect({ command, lines: shown.trimEnd().split('\n') }).toEqual({ command, lines });
    }
  });

  it('ends a script with the status that it says', async () => {
    const on = await useSignOn(ini);
    expect(section).toContain('ends with status 6');
    for (const args of [
      ['exec', 'admin', '--', 'true'],
      ['credential-process', 'admin'],
    ]) {
      expect(await on.practice.run(args)).toMatchObject({ status: 6, stdout: '' });
    }
  });
});

import { appendFileSync, chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSUME, startPractice, type Practice } from './support/practice.js';
import { findTerminal, openTerminal, type Terminal } from './support/pty.js';
import { findTool } from './support/tools.js';

interface Block {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const BLOCKS = [...README.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(
  ([, kind = '', name = '', text = '']): Block => ({ kind, name, text }),
);
const CANNOT_RUN = findTerminal() === null || findTool('aws') === null;

/** The same text from every run: what differs between two is written as the README has it. */
function normalize(text: string, home: string): string[] {
  return (
    text
      // A question is drawn over itself with every key: what stays on the screen is its last form.
      .replace(/^.*(?=✔ )/gm, '')
      .replaceAll(join(home, 'run'), '/run/user/1000')
      .replaceAll(home, '~')
      .replace(/AKIA\w{16}/g, 'AKIAIOSFODNN7EXAMPLE')
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z/g, 'INSTANT')
      .replace(/\bsince \d{4}-\d\d-\d\d/g, 'since DAY')
      .replace(/\b\d+ days? old/g, 'some days old')
      .replace(/CODE=\d{6}/g, 'CODE=000000')
      .replace(/\b(5\dm|1h) left/g, '59m left')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      .trimEnd()
      .split('\n')
  );
}

it('begins with lines of the first switch that it shows', () => {
  const [, opening = ''] = /^```console\n(.*?)^```$/ms.exec(README) ?? [];
  const shown = BLOCKS.find(({ name }) => name === 'switch')?.text.split('\n') ?? [];
  expect(
    opening
      .trim()
      .split('\n')
      .filter((line) => !shown.includes(line)),
  ).toEqual([]);
});

describe.skipIf(CANNOT_RUN)('README', () => {
  let practice: Practice;
  let terminal: Terminal;

  beforeAll(async () => {
    practice = await startPractice();
    const bin = join(practice.home.path, 'bin');
    mkdirSync(bin);
    symlinkSync(ASSUME, join(bin, 'assume'));
    practice.write('.aws/config', '');
    chmodSync(practice.write('.aws/credentials', ''), 0o600);
    chmodSync(practice.write('phrase', 'correct horse battery\n'), 0o600);
    const rc = practice.write('rc', "PS1='READY\\n'\n");
    terminal = openTerminal('bash', ['--rcfile', rc, '--noediting', '-i'], {
      cwd: practice.home.path,
      env: {
        ...practice.env,
        PATH: `${bin}:${practice.env['PATH'] ?? ''}`,
        AWS_ENDPOINT_URL: practice.aws.url,
        // As in a sandbox, whose endpoint is told at its start.
        ASSUME_SANDBOX: practice.home.path,
      },
    });
    await terminal.waitFor('READY\n');
    await type('eval "$(assume hook bash)"');
  });

  afterAll(async () => {
    await terminal.close();
    await practice.close();
  });

  /** Types a command and answers what it asks; gives what it showed. */
  async function type(command: string): Promise<string> {
    terminal.type(`${command}\r`);
    await terminal.waitFor('\n');
    let shown = await terminal.waitFor(/READY\n|MFA code of \S+ for \S+:/);
    if (!shown.endsWith('READY\n')) {
      terminal.type(`${practice.freshCode('jane.doe')}\r`);
      shown += await terminal.waitFor('READY\n');
    }
    return shown.slice(0, -'READY\n'.length);
  }

  /** A file of the README, with the practice's keys for the README's. */
  function place({ name, text }: Block): void {
    const { id, secret } = practice.key('jane.doe');
    const path = join(practice.home.path, name.replace('~/', ''));
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(
      path,
      text
        .replace('AKIAIOSFODNN7EXAMPLE', id)
        .replace('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', secret),
    );
  }

  it('shows what the program prints, command by command', async () => {
    for (const block of BLOCKS) {
      if (block.kind === 'ini') place(block);
      // test/binary runs what is shown of the executable.
      if (block.kind !== 'console' || ['demo', 'executable'].includes(block.name)) continue;
      // These call nothing: without the practice's endpoint they print what users of AWS see.
      if (block.name === 'catalogue') await type('unset ASSUME_ENDPOINT_URL');
      if (block.name === 'keys') await type('export ASSUME_ENDPOINT_URL=$AWS_ENDPOINT_URL');
      // A passphrase that is asked would be another question than a code.
      if (block.name === 'import') await type('export ASSUME_PASSPHRASE_FILE=~/phrase');
      const [, ...steps] = `\n${block.text}`.split('\n$ ');
      for (const step of steps) {
        const [command = '', ...expected] = step.split('\n');
        const shown = await type(command);
        expect({ command, lines: normalize(shown, practice.home.path) }).toEqual({
          command,
          lines: normalize(expected.join('\n'), practice.home.path),
        });
      }
    }
  }, 120_000);

  it('shows what the demo prints', async () => {
    const demo = BLOCKS.find(({ kind, name }) => kind === 'console' && name === 'demo');
    const shown = await type('assume sandbox --demo </dev/null 2>&1');
    expect(normalize(shown, practice.home.path)).toEqual(
      normalize(demo?.text ?? '', practice.home.path),
    );
  }, 60_000);
});

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Practice } from '../support/practice.js';
import { installProgram } from '../support/install-program.js';
import { preload, type Preload } from '../support/preload.js';
import { storedEntries } from '../support/stored-entries.js';
import { lastRequest, printed, usePractice, withCode } from '../support/use-practice.js';

const PROD = ['credential-process', 'prod-role'];

/** Makes the program forget its sessions, but not which codes are spent. */
function forgetSessions({ home }: Practice): void {
  for (const kind of ['session', 'role'] as const) {
    for (const { path } of storedEntries(home, kind)) rmSync(path);
  }
}

/** Configures a command that prints these lines, one a run. */
function withCommand(practice: Practice, codes: readonly string[]): void {
  practice.write('codes', codes.map((code) => `${code}\n`).join(''));
  practice.write(
    'next-code',
    'date +%s%N >>"$1/asked"\nhead -1 "$1/codes"\nsed -i 1d "$1/codes"\n',
  );
  const command = `sh ${practice.home.path}/next-code ${practice.home.path}`;
  practice.write('.config/assume/assume.ini', `[settings]\nmfa_command = ${command}\n`);
}

function readLines(practice: Practice, name: string): string[] {
  return readFileSync(join(practice.home.path, name), 'utf8').split('\n').filter(Boolean);
}

const codesSent = ({ aws }: Practice): (string | undefined)[] =>
  aws.requests.flatMap(({ parameters: { TokenCode: code } }) => (code === undefined ? [] : [code]));

describe('a code of the variable', () => {
  it('may be spaced', async () => {
    const practice = await usePractice();
    const code = practice.code('jane.doe');
    const env = { ASSUME_MFA_CODE: ` ${code.slice(0, 3)} ${code.slice(3)} ` };
    printed(await practice.run(PROD, { env }));
    expect(codesSent(practice)).toEqual([code]);
  });

  it.each(['12345', '1234567', '12345a', '', '１２３４５６'])(
    'is not sent when it is no code: %j',
    async (code) => {
      const practice = await usePractice();
      const ended = await practice.run(PROD, { env: { ASSUME_MFA_CODE: code } });
      expect([ended.status, ended.stdout, practice.received()]).toEqual([5, '', []]);
    },
  );

  it('is not sent a second time', async () => {
    const practice = await usePractice();
    const given = withCode(practice);
    printed(await practice.run(PROD, given));
    forgetSessions(practice);
    practice.received();
    const again = await practice.run(PROD, given);
    expect([again.status, again.stdout, practice.received()]).toEqual([5, '', []]);
    expect(again.stderr).toMatch(/ASSUME_MFA_CODE was used already/);
  });

  it('is sent once when AWS refuses it', async () => {
    const practice = await usePractice();
    const ended = await practice.run(PROD, { env: { ASSUME_MFA_CODE: '000000' } });
    expect([ended.status, practice.received()]).toEqual([5, ['GetSessionToken']]);
  });

  it('reaches no child', async () => {
    const practice = await usePractice();
    const { stdout } = await practice.run(['prod-role', '--', 'env'], withCode(practice));
    expect(stdout).toMatch(/^AWS_SESSION_TOKEN=/m);
    expect(stdout).not.toMatch(/ASSUME_MFA_CODE/);
  });
});

describe('a code of stdin', () => {
  it('is its first line; the rest is for the child', async () => {
    const practice = await usePractice();
    const { status, stdout } = await practice.run(
      ['exec', 'prod-role', '--mfa-code', '-', '--', 'cat'],
      { input: `${practice.code('jane.doe')}\nall\nthe rest` },
    );
    expect([status, stdout]).toEqual([0, 'all\nthe rest']);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it.each(['the role is cached', 'the session lives'])(
    'is not the child’s either when none is needed: %s',
    async (what) => {
      const practice = await usePractice();
      await practice.run([...PROD, '--mfa-code', '-'], { input: practice.code('jane.doe') });
      const target = what === 'the role is cached' ? 'prod-role' : 'dev';
      const { status, stdout } = await practice.run(
        ['exec', target, '--mfa-code', '-', '--', 'cat'],
        { input: '123456\nthe rest' },
      );
      expect([status, stdout]).toEqual([0, 'the rest']);
    },
  );

  it('is an error when there is none', async () => {
    const practice = await usePractice();
    const ended = await practice.run([...PROD, '--mfa-code', '-']);
    expect([ended.status, ended.stdout, practice.received()]).toEqual([5, '', []]);
  });

  it('is not taken from an argument, where others could see it', async () => {
    const practice = await usePractice();
    const ended = await practice.run([...PROD, '--mfa-code', practice.code('jane.doe')]);
    expect([ended.status, practice.received()]).toEqual([2, []]);
  });
});

describe('a code of mfa_command', () => {
  it('is asked again when AWS refuses one, three times at most', async () => {
    const practice = await usePractice();
    const right = practice.code('jane.doe');
    withCommand(practice, ['000000', '000001', right]);
    printed(await practice.run(PROD));
    expect(codesSent(practice)).toEqual(['000000', '000001', right]);
  });

  it('ends with the third refusal', async () => {
    const practice = await usePractice();
    withCommand(practice, ['000000', '000001', '000002', practice.code('jane.doe')]);
    const ended = await practice.run(PROD);
    expect([ended.status, codesSent(practice)]).toEqual([5, ['000000', '000001', '000002']]);
    expect(practice.received()).not.toContain('AssumeRole');
  });

  it('is asked again in the next step when it is spent', async () => {
    const practice = await usePractice();
    const spent = practice.code('jane.doe');
    printed(await practice.run(PROD, { env: { ASSUME_MFA_CODE: spent } }));
    forgetSessions(practice);
    practice.received();
    const fresh = practice.freshCode('jane.doe');
    withCommand(practice, [spent, fresh]);
    printed(await practice.run(PROD, { env: lateInStep(practice) }));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(lastRequest(practice, 'GetSessionToken').parameters['TokenCode']).toBe(fresh);
    const [first = 0, second = 0] = readLines(practice, 'asked').map(Number);
    expect(second - first).toBeGreaterThan(500_000_000);
  });

  it('is never sent a second time', async () => {
    const practice = await usePractice();
    const spent = practice.code('jane.doe');
    printed(await practice.run(PROD, { env: { ASSUME_MFA_CODE: spent } }));
    forgetSessions(practice);
    practice.received();
    withCommand(practice, [spent, spent]);
    const ended = await practice.run(PROD, { env: lateInStep(practice) });
    expect([ended.status, ended.stdout, practice.received()]).toEqual([5, '', []]);
  });

  it('serves where the variable is spent', async () => {
    const practice = await usePractice();
    const spent = withCode(practice);
    printed(await practice.run(PROD, spent));
    forgetSessions(practice);
    const fresh = practice.freshCode('jane.doe');
    withCommand(practice, [fresh]);
    printed(await practice.run(PROD, spent));
    expect(lastRequest(practice, 'GetSessionToken').parameters['TokenCode']).toBe(fresh);
  });

  it('is an error when the command fails or prints no code', async () => {
    const practice = await usePractice();
    for (const command of ['false', 'echo none', 'echo 1234567']) {
      practice.write('.config/assume/assume.ini', `[settings]\nmfa_command = ${command}\n`);
      const ended = await practice.run(PROD);
      expect([ended.status === 0, ended.stdout, practice.received()]).toEqual([false, '', []]);
    }
  });
});

describe('an mfa_command that needs the very code that it is to print', () => {
  /** Counts its runs and asks us for what its code is needed for. */
  function withRound(practice: Practice): Record<string, string> {
    practice.write('runs', '');
    const script = practice.write('round', `echo run >>"$1/runs"\nassume ${PROD.join(' ')}\n`);
    const command = `sh ${script} ${practice.home.path}`;
    practice.write('.config/assume/assume.ini', `[settings]\nmfa_command = ${command}\n`);
    return { PATH: installProgram(practice.home) };
  }

  it('is told so, by both, and soon', async () => {
    const practice = await usePractice();
    const begun = Date.now();
    const ended = await practice.run(PROD, { env: withRound(practice) });
    expect([ended.status, ended.stdout, practice.received()]).toEqual([5, '', []]);
    expect(ended.stderr).toMatch(/^assume: mfa_command goes in a circle: [^]*its status was 5/m);
    expect(readLines(practice, 'runs')).toHaveLength(1);
    expect(Date.now() - begun).toBeLessThan(20_000);
  });

  it('does not go on for ever where no lock stops it', async () => {
    const practice = await usePractice();
    const noState = practice.write('no-directory', '');
    const env = { ...withRound(practice), XDG_STATE_HOME: noState };
    const ended = await practice.run(PROD, { env });
    expect([ended.status, ended.stdout, practice.received()]).toEqual([5, '', []]);
    expect(ended.stderr).toMatch(/^assume: mfa_command goes in a circle: /m);
    expect(readLines(practice, 'runs')).toHaveLength(4);
  });
});

describe('no code', () => {
  it.each([[[]], [['--no-input']]])('is said at once with %j and no terminal', async (flags) => {
    const practice = await usePractice();
    const ended = await practice.run([...PROD, ...flags]);
    expect([ended.status, ended.stdout, practice.received()]).toEqual([5, '', []]);
    expect(ended.stderr).toMatch(/assume login.*ASSUME_MFA_CODE.*--mfa-code -.*mfa_command/);
  });
});

/** Sets the program's clock to three seconds before the end of a code's step. */
function lateInStep({ home }: Practice): Preload {
  const text = `const Clock = Date;
const ahead = (57_000 - (Clock.now() % 30_000)) % 30_000;
globalThis.Date = class extends Clock {
  constructor(...parts) {
    if (parts.length === 0) super(Clock.now() + ahead);
    else super(...parts);
  }
  static now() {
    return Clock.now() + ahead;
  }
};
`;
  return preload(home, 'late-in-step', text);
}

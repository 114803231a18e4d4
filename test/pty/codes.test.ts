import { describe, expect, it } from 'vitest';
import { ASSUME, type Practice, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { changeEntry, inMinutes, storedEntry } from '../support/stored-entries.js';
import { lastRequest, printed, usePractice, withCode } from '../support/use-practice.js';

const PROD = ['credential-process', 'prod-role'];
const PROMPT = 'MFA code of jane.doe for base:';

/** Runs the built program in a terminal of its own. @returns Its exit status. */
async function asking(
  practice: Practice,
  args: readonly string[],
  act: (terminal: Terminal) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const options = { env: { ...practice.env, ...env }, cwd: practice.home.path };
  const terminal = openTerminal(RUNTIME, [ASSUME, ...args], options);
  try {
    await act(terminal);
    return (await terminal.end()).status;
  } finally {
    await terminal.close();
  }
}

const codesSent = ({ aws }: Practice): string[] =>
  aws.requests.flatMap(({ parameters: { TokenCode: code } }) => (code === undefined ? [] : [code]));

/** Makes the session too old to sign, and the code behind it spent. */
async function spendCode(practice: Practice): Promise<string> {
  const code = practice.code('jane.doe');
  printed(await practice.run(PROD, withCode(practice)));
  for (const kind of ['session', 'role'] as const) {
    changeEntry(storedEntry(practice.home, kind), { keptUntil: inMinutes(-1) });
  }
  practice.received();
  return code;
}

describe.skipIf(findTerminal() === null)('a code typed at the prompt', () => {
  it('is asked once, naming the device and the identity, and never shown', async () => {
    const practice = await usePractice();
    const code = practice.code('jane.doe');
    const status = await asking(practice, PROD, async (terminal) => {
      await terminal.waitFor(PROMPT);
      terminal.type(`${code}\r`);
      await terminal.waitFor('"AccessKeyId"');
      expect(terminal.text).not.toContain(code);
    });
    expect([status, practice.received()]).toEqual([0, ['GetSessionToken', 'AssumeRole']]);
    expect(codesSent(practice)).toEqual([code]);
  });

  it('is asked again when AWS refuses it', async () => {
    const practice = await usePractice();
    const code = practice.code('jane.doe');
    const status = await asking(practice, PROD, async (terminal) => {
      await terminal.waitFor(PROMPT);
      terminal.type('000000\r');
      await terminal.waitFor(/AWS refused that code[^]*MFA code of jane.doe for base:/);
      terminal.type(`${code}\r`);
    });
    expect(status).toBe(0);
    expect(codesSent(practice)).toEqual(['000000', code]);
  });

  it('ends with the third refusal', async () => {
    const practice = await usePractice();
    const status = await asking(practice, PROD, async (terminal) => {
      await terminal.waitFor(PROMPT);
      for (const code of ['000000', '000001']) {
        terminal.type(`${code}\r`);
        await terminal.waitFor(/AWS refused that code[^]*MFA code of jane.doe for base:/);
      }
      terminal.type('000002\r');
      await terminal.waitFor('AWS refused the MFA code of');
    });
    expect([status, codesSent(practice)]).toEqual([5, ['000000', '000001', '000002']]);
  });

  it('is not sent when it is not six digits, or was sent before', async () => {
    const practice = await usePractice();
    const spent = await spendCode(practice);
    const fresh = practice.freshCode('jane.doe');
    const status = await asking(practice, PROD, async (terminal) => {
      await terminal.waitFor(PROMPT);
      terminal.type('12345\r');
      await terminal.waitFor(/a code is six digits[^]*MFA code of jane.doe for base:/);
      terminal.type(`${spent}\r`);
      await terminal.waitFor(/that code was used already[^]*MFA code of jane.doe for base:/);
      terminal.type(`${fresh}\r`);
    });
    expect([status, practice.received()]).toEqual([0, ['GetSessionToken', 'AssumeRole']]);
    expect(codesSent(practice)).toEqual([spent, fresh]);
  });

  it('is asked where the one in the variable is spent', async () => {
    const practice = await usePractice();
    const env = { ASSUME_MFA_CODE: await spendCode(practice) };
    const fresh = practice.freshCode('jane.doe');
    const status = await asking(
      practice,
      PROD,
      async (terminal) => {
        await terminal.waitFor(PROMPT);
        terminal.type(`${fresh}\r`);
      },
      env,
    );
    expect([status, practice.received()]).toEqual([0, ['GetSessionToken', 'AssumeRole']]);
    expect(lastRequest(practice, 'GetSessionToken').parameters['TokenCode']).toBe(fresh);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is not sent after %s', async (_name, key) => {
    const practice = await usePractice();
    const status = await asking(practice, PROD, async (terminal) => {
      await terminal.waitFor(PROMPT);
      terminal.type(`123${key}`);
    });
    expect([status, practice.received()]).toEqual([130, []]);
  });

  it('is not asked with --no-input', async () => {
    const practice = await usePractice();
    const status = await asking(practice, [...PROD, '--no-input'], async (terminal) => {
      await terminal.waitFor('--no-input is given');
    });
    expect([status, practice.received()]).toEqual([5, []]);
  });

  it('is asked by login once, and by no role after it', async () => {
    const practice = await usePractice();
    const status = await asking(practice, ['login'], async (terminal) => {
      await terminal.waitFor(PROMPT);
      terminal.type(`${practice.code('jane.doe')}\r`);
      await terminal.waitFor('logged in as base');
    });
    expect([status, practice.received()]).toEqual([0, ['ListMFADevices', 'GetSessionToken']]);
    printed(await practice.run(PROD));
    printed(await practice.run(['credential-process', 'prod-readonly']));
    expect(practice.received()).toEqual(['AssumeRole', 'AssumeRole']);
  });
});

describe.skipIf(findTerminal() === null)('an MFA device that only a person can name', () => {
  const DEV = ['credential-process', 'dev'];
  const required = async (): Promise<Practice> => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    return practice;
  };

  it('is picked once of several, and remembered', async () => {
    const practice = await required();
    const { mfaDevices } = practice.user('jane.doe');
    const [first] = mfaDevices;
    const serial = 'arn:aws:iam::111111111111:mfa/jane-tablet';
    mfaDevices.push({ seed: null, enabled: new Date(), ...first, serial });
    const status = await asking(practice, DEV, async (terminal) => {
      await terminal.waitFor('Which MFA device of base?');
      await terminal.waitFor('jane-tablet');
      terminal.type('tablet');
      await terminal.waitFor(`tablet\n❯ ${serial}\n\n`);
      terminal.type('\r');
      await terminal.waitFor('MFA code of jane-tablet for base:');
      terminal.type(`${practice.code('jane.doe')}\r`);
    });
    expect(status).toBe(0);
    expect(practice.received()).toEqual(['ListMFADevices', 'GetSessionToken', 'AssumeRole']);
    expect(lastRequest(practice, 'GetSessionToken').parameters['SerialNumber']).toBe(serial);
    await expectRemembered(practice, serial);
  });

  it('is typed once where AWS does not list it, and remembered', async () => {
    const practice = await required();
    const { policies } = practice.user('jane.doe');
    policies.splice(0, policies.length, 'arn:aws:iam::111111111111:policy/administrator');
    const serial = practice.serial('jane.doe');
    const status = await asking(practice, DEV, async (terminal) => {
      await terminal.waitFor('ARN or serial number of the MFA device of base:');
      terminal.type(`${serial}\r`);
      await terminal.waitFor(PROMPT);
      terminal.type(`${practice.code('jane.doe')}\r`);
    });
    expect(status).toBe(0);
    expect(practice.received()).toEqual(['ListMFADevices', 'GetSessionToken', 'AssumeRole']);
    await expectRemembered(practice, serial);
  });

  async function expectRemembered(practice: Practice, serial: string): Promise<void> {
    const env = { ASSUME_MFA_CODE: practice.freshCode('jane.doe') };
    printed(await practice.run([...DEV, '--no-cache'], { env }));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(lastRequest(practice, 'GetSessionToken').parameters['SerialNumber']).toBe(serial);
  }
});

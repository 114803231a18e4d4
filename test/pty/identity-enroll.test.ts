import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { totpCode } from '../../src/sandbox/totp.js';
import { ASSUME, type Practice, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { readQrCode } from '../support/read-qr-code.js';
import { usePractice, withCode } from '../support/use-practice.js';

const ENROLL = ['identity', 'mfa', 'base', '--enroll'];
const SERIAL = 'arn:aws:iam::111111111111:mfa/jane.doe-2';

/** A practice in which jane.doe has logged in, so that she may delete devices. */
async function useLogin(): Promise<Practice> {
  const practice = await usePractice();
  await practice.run(['login', 'base'], withCode(practice));
  practice.received();
  return practice;
}

async function enrolling(
  practice: Practice,
  act: (terminal: Terminal) => Promise<void>,
  args = ENROLL,
): Promise<number> {
  const options = { env: practice.env, cwd: practice.home.path };
  const terminal = openTerminal(RUNTIME, [ASSUME, ...args], options);
  try {
    await act(terminal);
    return (await terminal.end()).status;
  } finally {
    await terminal.close();
  }
}

/** What a phone would read off the terminal. */
function scan(shown: string): URL {
  const lines = shown.split('\n').filter((line) => /^[█▀▄ ]{30,}$/.test(line));
  const rows = lines.flatMap((line) => {
    const blocks = Array.from(line);
    return [
      blocks.map((block) => '█▀'.includes(block)),
      blocks.map((block) => '█▄'.includes(block)),
    ];
  });
  return new URL(readQrCode(rows) ?? 'nothing:');
}

const seedIn = (shown: string): string => scan(shown).searchParams.get('secret') ?? '';
const code = (seed: string, steps: number): string =>
  totpCode(seed, new Date(Date.now() + steps * 30_000));
const devices = (practice: Practice): string[] =>
  practice.user('jane.doe').mfaDevices.map(({ serial }) => serial);
const unassigned = ({ aws }: Practice): unknown[] => aws.world.accounts[0]?.unassignedDevices ?? [];

const FIRST = 'First code:';
const SECOND = 'The next code, in up to 30 seconds:';

async function typeCodes(terminal: Terminal, codes: readonly [string, string]): Promise<void> {
  terminal.type(`${codes[0]}\r`);
  await terminal.waitFor(SECOND);
  terminal.type(`${codes[1]}\r`);
}

describe.skipIf(findTerminal() === null)('enrolling an MFA device', () => {
  it('shows a QR code that a phone can read, takes two codes and enables it', async () => {
    const practice = await useLogin();
    let seed = '';
    const status = await enrolling(practice, async (terminal) => {
      const shown = await terminal.waitFor(FIRST);
      const uri = scan(shown);
      expect([uri.protocol, uri.pathname, uri.searchParams.get('issuer')]).toEqual([
        'otpauth:',
        '/AWS:jane.doe%40111111111111',
        'AWS',
      ]);
      seed = seedIn(shown);
      await typeCodes(terminal, [code(seed, -1), code(seed, 0)]);
      await terminal.waitFor(`assume: enabled ${SERIAL}`);
      expect(terminal.text).not.toContain(seed.slice(0, 8));
    });
    expect([status, devices(practice)]).toEqual([0, [practice.serial('jane.doe'), SERIAL]]);
    const added = practice.user('jane.doe').mfaDevices[1];
    expect([added?.seed, unassigned(practice)]).toEqual([seed, []]);
    // It is the device from now on.
    practice.advance(60);
    const env = { ASSUME_MFA_CODE: code(seed, 2) };
    expect(await practice.run(['login', 'base', '--refresh'], { env })).toMatchObject({
      status: 0,
    });
  });

  it('shows the seed on request, and takes no code that is none', async () => {
    const practice = await useLogin();
    const status = await enrolling(practice, async (terminal) => {
      const seed = seedIn(await terminal.waitFor(FIRST));
      terminal.type('seed\r');
      const shown = await terminal.waitFor(/(?:[A-Z2-7]{4} ?){16}/);
      expect(shown.replaceAll(' ', '')).toContain(seed);
      await terminal.waitFor(FIRST);
      terminal.type('12345\r');
      await terminal.waitFor(/A code is six digits[^]*First code:/);
      terminal.type(`${code(seed, -1)}\r`);
      await terminal.waitFor(SECOND);
      terminal.type(`${code(seed, -1)}\r`);
      await terminal.waitFor(`That is the first code; wait for the next one.`);
      await terminal.waitFor(SECOND);
      terminal.type(`${code(seed, 0)}\r`);
    });
    expect([status, devices(practice)]).toMatchObject([0, { length: 2 }]);
  });

  it('deletes the device again at Ctrl-C', async () => {
    const practice = await useLogin();
    const status = await enrolling(practice, async (terminal) => {
      await terminal.waitFor(FIRST);
      terminal.type('\x03');
      await terminal.waitFor(`assume: deleted ${SERIAL} again`);
    });
    expect([status, unassigned(practice), devices(practice)]).toMatchObject([
      130,
      [],
      { length: 1 },
    ]);
  });

  it('asks again for codes that AWS refuses, and deletes the device after the third time', async () => {
    const practice = await useLogin();
    const status = await enrolling(practice, async (terminal) => {
      for (const wrong of ['000000', '000001']) {
        await terminal.waitFor(FIRST);
        await typeCodes(terminal, [wrong, '999999']);
        await terminal.waitFor('AWS refused those codes');
      }
      await terminal.waitFor(FIRST);
      await typeCodes(terminal, ['000002', '999999']);
      await terminal.waitFor(`assume: deleted ${SERIAL} again`);
      await terminal.waitFor('AWS refused the codes of the new device');
    });
    expect([status, unassigned(practice)]).toEqual([5, []]);
  });

  it('knows that it was enabled when only the answer was lost', async () => {
    const practice = await useLogin();
    practice.aws.faults.push({ kind: 'disconnected', action: 'EnableMFADevice', times: 1 });
    const status = await enrolling(practice, async (terminal) => {
      const seed = seedIn(await terminal.waitFor(FIRST));
      await typeCodes(terminal, [code(seed, -1), code(seed, 0)]);
    });
    expect([status, devices(practice)]).toMatchObject([0, { length: 2 }]);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'deletes the device at %s, and dies of it',
    async (signal) => {
      const practice = await useLogin();
      const words = ['-c', 'echo $$ >pid; exec "$0" "$@"', RUNTIME, ASSUME, ...ENROLL];
      const terminal = openTerminal('sh', words, { env: practice.env, cwd: practice.home.path });
      try {
        await terminal.waitFor(FIRST);
        process.kill(Number(readFileSync(join(practice.home.path, 'pid'), 'utf8')), signal);
        await terminal.waitFor(`assume: deleted ${SERIAL} again`);
        expect(await terminal.end()).toEqual({ status: 128 + constants.signals[signal] });
      } finally {
        await terminal.close();
      }
      expect(unassigned(practice)).toEqual([]);
    },
  );

  it('deletes the device when the terminal is closed', async () => {
    const practice = await useLogin();
    // The program outlives its terminal: nobody kills it.
    const script = `import os, pty, sys
child, device = pty.fork()
if child == 0: os.execvp(sys.argv[1], sys.argv[1:])
shown = b''
while b'First code:' not in shown: shown += os.read(device, 65536)
os.close(device)
os.waitpid(child, 0)`;
    const words = ['-c', script, RUNTIME, ASSUME, ...ENROLL];
    const child = spawn(findTerminal() ?? '', words, { env: practice.env, stdio: 'ignore' });
    await once(child, 'close');
    expect(unassigned(practice)).toEqual([]);
  });

  it('deletes what a killed run left, at the next one', async () => {
    const practice = await useLogin();
    const options = { env: practice.env, cwd: practice.home.path };
    const killed = openTerminal(RUNTIME, [ASSUME, ...ENROLL], options);
    await killed.waitFor(FIRST);
    await killed.close();
    expect(unassigned(practice)).toMatchObject([{ serial: SERIAL }]);
    const status = await enrolling(practice, async (terminal) => {
      await terminal.waitFor(`assume: deleted ${SERIAL}, which was never enabled`);
      await terminal.waitFor(FIRST);
      terminal.type('\x03');
    });
    expect([status, unassigned(practice)]).toEqual([130, []]);
  });

  it('says what stays behind where a policy forbids to delete it', async () => {
    const practice = await usePractice();
    const status = await enrolling(practice, async (terminal) => {
      await terminal.waitFor(FIRST);
      terminal.type('\x03');
      await terminal.waitFor(`aws iam delete-virtual-mfa-device --serial-number ${SERIAL}`);
    });
    expect([status, unassigned(practice)]).toMatchObject([130, { length: 1 }]);
  });
});

describe('listing MFA devices', () => {
  it('tells serial, kind and age', async () => {
    const practice = await usePractice();
    const fido = 'arn:aws:iam::111111111111:u2f/user/jane.doe/key';
    const enabled = new Date('2026-01-02T03:04:05Z');
    practice.user('jane.doe').mfaDevices.push({ serial: fido, seed: null, enabled });
    const { status, stdout } = await practice.run(['identity', 'mfa', 'base']);
    expect([status, stdout.split('\n')[1]]).toEqual([
      0,
      `${fido}  FIDO, which STS cannot use  since 2026-01-02`,
    ]);
    const { stdout: json } = await practice.run(['identity', 'mfa', 'base', '--json']);
    expect(JSON.parse(json)).toMatchObject({
      identity: 'base',
      devices: [{ kind: 'virtual' }, { serial: fido, enabledAt: '2026-01-02T03:04:05.000Z' }],
    });
  });

  it('says how to enrol a first one', async () => {
    const practice = await usePractice();
    practice.user('jane.doe').mfaDevices = [];
    const { stdout, stderr } = await practice.run(['identity', 'mfa', 'base']);
    expect([stdout, stderr]).toMatchObject([
      '',
      expect.stringContaining('assume identity mfa base --enroll'),
    ]);
  });

  it('enrols nothing without a terminal', async () => {
    const practice = await usePractice();
    const { status, stderr } = await practice.run(ENROLL);
    expect([status, stderr]).toMatchObject([5, expect.stringContaining('there is no terminal')]);
    expect(practice.received()).toEqual([]);
  });
});

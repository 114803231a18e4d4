import { chmodSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSUME, startPractice, type Practice, RUNTIME } from '../support/practice.js';
import { findTerminal, openTerminal } from '../support/pty.js';

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
  practice.write('text', 'no program\n');
  chmodSync(practice.write('seven', '#!/bin/sh\nexit 7\n'), 0o755);
  practice.write(
    'keychain.ini',
    '[identity k]\n[account a]\nid = 222222222222\nroles = dev-role\n',
  );
  practice.write('broken.ini', '[settings]\nregoin = eu-west-1\n');
});

afterAll(() => practice.close());

interface Row {
  readonly status: number;
  readonly cause: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What AWS received: proof that the cause lay where it is said to lie. */
  readonly received?: readonly string[];
  readonly prepare?: () => void;
}

const dev = (...child: string[]): string[] => ['exec', 'dev', '--', ...child];

const ROWS: readonly Row[] = [
  { status: 0, cause: 'a child that succeeds', args: dev('true'), received: ['AssumeRole'] },
  { status: 7, cause: 'a child that says 7', args: dev('./seven'), received: [] },
  { status: 1, cause: 'a section that is not ours', args: ['write', 'dev', '--profile', 'base'] },
  { status: 2, cause: 'an option that is none', args: ['export', 'dev', '--nope'], received: [] },
  {
    status: 3,
    cause: 'a key that is none',
    args: ['list'],
    env: { ASSUME_CONFIG: 'broken.ini' },
    received: [],
  },
  { status: 4, cause: 'a target that is none', args: ['export', 'nope'], received: [] },
  { status: 5, cause: 'a code that nobody gives', args: ['export', 'prod-role'], received: [] },
  {
    status: 5,
    cause: 'a code that is refused',
    args: ['export', 'prod-role'],
    env: { ASSUME_MFA_CODE: '000000' },
    received: ['GetSessionToken'],
  },
  {
    status: 6,
    cause: 'a role that is refused',
    args: ['export', '444444444444/prod-role', '--session-name', 'jane'],
    received: ['AssumeRole'],
  },
  {
    status: 7,
    cause: 'a proxy in place of AWS',
    args: ['export', 'dev', '--refresh'],
    received: ['AssumeRole', 'AssumeRole', 'AssumeRole'],
    prepare: () => practice.aws.faults.push({ kind: 'html', action: null, times: 3 }),
  },
  {
    status: 7,
    cause: 'an AWS that is asked too often',
    args: ['export', 'dev', '--refresh'],
    received: ['AssumeRole', 'AssumeRole', 'AssumeRole'],
    prepare: () => practice.aws.faults.push({ kind: 'throttled', action: null, times: 3 }),
  },
  {
    status: 8,
    cause: 'keys in a keychain',
    args: ['export', 'a/dev-role'],
    env: { ASSUME_CONFIG: 'keychain.ini' },
    received: [],
  },
  { status: 126, cause: 'a child that is no program', args: dev('./text') },
  { status: 127, cause: 'a child that is not there', args: dev('no-such-program') },
];

describe('the exit status tells the kind of end', () => {
  test.each(ROWS)('$status for $cause', async ({ status, args, env, received, prepare }) => {
    prepare?.();
    practice.received();
    const ended = await practice.run(args, { ...(env && { env }) });
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({
      status,
      stderr: ended.stderr,
    });
    if (received) expect(practice.received()).toEqual(received);
  });

  test.each([
    ['TERM', 143],
    ['HUP', 129],
    ['KILL', 137],
  ])('a child killed by SIG%s is %i to a shell, and a signal to who waits', async (name, shown) => {
    const script = ['sh', '-c', `kill -${name} $$`];
    const waited = await practice.run(dev(...script));
    expect([waited.status, waited.signal]).toEqual([null, `SIG${name}`]);
    const told = await practice.run(dev(...script), {
      under: ['sh', '-c', '"$@"; exit $?', 'sh'],
    });
    expect(told.status).toBe(shown);
  });

  test.skipIf(findTerminal() === null)('130 for a prompt that is cancelled', async () => {
    practice.received();
    const terminal = openTerminal(RUNTIME, [ASSUME, 'export', 'prod-role'], {
      env: practice.env,
      cwd: practice.home.path,
    });
    try {
      await terminal.waitFor('MFA code');
      terminal.type('\x03');
      expect((await terminal.end()).status).toBe(130);
      expect(practice.received()).toEqual([]);
    } finally {
      await terminal.close();
    }
  });
});

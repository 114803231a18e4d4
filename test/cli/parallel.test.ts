import { describe, expect, it } from 'vitest';
import { makeBarrier } from '../support/barrier.js';
import { IS_FULL } from '../support/figures.js';
import { holdNext } from '../support/hold-next.js';
import { ASSUME, type Ended, type Practice, RUNTIME } from '../support/practice.js';
import { preload, type Preload } from '../support/preload.js';
import { findTerminal, openTerminal, type Terminal } from '../support/pty.js';
import { startProgram, type StartedProgram } from '../support/started-program.js';
import { storedFiles } from '../support/stored-entries.js';
import { printed, usePractice } from '../support/use-practice.js';

const PROD = ['credential-process', 'prod-role'];
const WAITING = 'waiting for another assume';
/** How many start together, and how many wait for another. */
const [MANY, WAITERS] = IS_FULL ? [50, 49] : [20, 4];
const TIMEOUT = { timeout: IS_FULL ? 240_000 : 60_000 };

/** The one answer that all of them printed. */
function onlyAnswer(ended: readonly Ended[]): string {
  for (const each of ended) printed(each);
  const answers = new Set(ended.map(({ stdout }) => stdout));
  expect(answers.size).toBe(1);
  return [...answers][0] ?? '';
}

function startWaiters(practice: Practice, env: Record<string, string> = {}): StartedProgram[] {
  return Array.from({ length: WAITERS }, () => startProgram(practice, PROD, env));
}

/** Resolves when all of them say that they wait. */
async function allWait(waiters: readonly StartedProgram[]): Promise<void> {
  await Promise.all(waiters.map((waiter) => waiter.said(WAITING)));
}

const allEnded = (programs: readonly StartedProgram[]): Promise<Ended[]> =>
  Promise.all(programs.map(({ ended }) => ended));

async function inTerminal(
  practice: Practice,
  command: string,
  args: readonly string[],
  act: (terminal: Terminal) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const options = { env: { ...practice.env, ...env }, cwd: practice.home.path };
  const terminal = openTerminal(command, args, options);
  try {
    await act(terminal);
  } finally {
    await terminal.close();
  }
}

/** A script that starts that many in the background of its own group and tells how they ended. */
function script(count: number): string[] {
  const line = `pids=
for i in $(seq ${String(count)}); do
  '${RUNTIME}' '${ASSUME}' ${PROD.join(' ')} > out.$i & pids="$pids $!"
done
for pid in $pids; do wait $pid; echo "ended $?"; done
cat out.* | sort -u | grep -c AccessKeyId; echo bytes $(cat out.1 | wc -c); echo all ended`;
  return ['-c', line];
}

describe('processes that start together', TIMEOUT, () => {
  it('make one call of each kind with the code of the variable', async () => {
    const practice = await usePractice({ latencyMs: 300 });
    const barrier = makeBarrier(practice.home);
    const env = { ...barrier.env, ASSUME_MFA_CODE: practice.code('jane.doe') };
    const programs = Array.from({ length: MANY }, () => startProgram(practice, PROD, env));
    await barrier.open(MANY);
    onlyAnswer(await allEnded(programs));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it('say once where sessions are kept', async () => {
    const practice = await usePractice();
    const barrier = makeBarrier(practice.home);
    const args = ['credential-process', 'dev'];
    const programs = Array.from({ length: 12 }, () => startProgram(practice, args, barrier.env));
    await barrier.open(12);
    const ended = await allEnded(programs);
    onlyAnswer(ended);
    expect(ended.filter(({ stderr }) => stderr.includes('sessions are kept'))).toHaveLength(1);
  });

  it('ask AWS once who the user is and which device is theirs', async () => {
    const practice = await usePractice({ latencyMs: 100 });
    const barrier = makeBarrier(practice.home);
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    const args = ['credential-process', '222222222222/dev-role'];
    const env = { ...barrier.env, ASSUME_MFA_CODE: practice.code('jane.doe') };
    const programs = Array.from({ length: WAITERS }, () => startProgram(practice, args, env));
    await barrier.open(WAITERS);
    onlyAnswer(await allEnded(programs));
    expect(practice.received()).toEqual([
      'GetCallerIdentity',
      'ListMFADevices',
      'GetSessionToken',
      'AssumeRole',
    ]);
  });

  it('buy one session for several roles', async () => {
    const practice = await usePractice({ latencyMs: 100 });
    const barrier = makeBarrier(practice.home);
    const env = { ...barrier.env, ASSUME_MFA_CODE: practice.code('jane.doe') };
    const programs = ['prod-role', 'prod-readonly', 'prod-role', 'prod-readonly'].map((target) =>
      startProgram(practice, ['credential-process', target], env),
    );
    await barrier.open(4);
    for (const ended of await allEnded(programs)) printed(ended);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole']);
  });

  it('end with the reason of the one whose code AWS refused', async () => {
    const practice = await usePractice();
    const hold = holdNext(practice, 'GetSessionToken');
    const env = { ASSUME_MFA_CODE: '000000' };
    const holder = startProgram(practice, PROD, env);
    await hold.received;
    const waiters = startWaiters(practice, env);
    await allWait(waiters);
    hold.release();
    for (const ended of await allEnded([holder, ...waiters])) {
      expect([ended.status, ended.stdout]).toEqual([5, '']);
      expect(ended.stderr).toMatch(/AWS refused the MFA code/);
    }
    expect(practice.received()).toEqual(['GetSessionToken']);
  });
});

describe.skipIf(findTerminal() === null)('one prompt for many', TIMEOUT, () => {
  it(`answers ${String(MANY)} children of one foreground group`, async () => {
    const practice = await usePractice({ latencyMs: 300 });
    const barrier = makeBarrier(practice.home);
    await inTerminal(
      practice,
      'sh',
      script(MANY),
      async (terminal) => {
        await barrier.open(MANY);
        await terminal.waitFor('MFA code of', 60_000);
        terminal.type(`${practice.code('jane.doe')}\r`);
        const shown = await terminal.waitFor('all ended', 120_000);
        expect(shown.match(/ended 0/g)).toHaveLength(MANY);
        expect(shown).toMatch(/\n1\nbytes [5-9]\d\d/);
      },
      barrier.env,
    );
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it('answers those without a terminal, who say for whom they wait', async () => {
    const practice = await usePractice();
    await inTerminal(practice, RUNTIME, [ASSUME, ...PROD], async (terminal) => {
      await terminal.waitFor('MFA code of', 60_000);
      const waiters = startWaiters(practice);
      await allWait(waiters);
      terminal.type(`${practice.code('jane.doe')}\r`);
      const answer = onlyAnswer(await allEnded(waiters));
      expect((await terminal.end()).status).toBe(0);
      expect(terminal.text).toContain(answer.trim());
    });
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it('cancels those without a terminal too', async () => {
    const practice = await usePractice();
    await inTerminal(practice, RUNTIME, [ASSUME, ...PROD], async (terminal) => {
      await terminal.waitFor('MFA code of', 60_000);
      const waiters = startWaiters(practice);
      await allWait(waiters);
      terminal.type('\u0003');
      const statuses = (await allEnded(waiters)).map(({ status }) => status);
      expect(new Set([...statuses, (await terminal.end()).status])).toEqual(new Set([130]));
    });
    expect(practice.received()).toEqual([]);
  });

  it('cancels the whole group with one Ctrl-C', async () => {
    const practice = await usePractice();
    await inTerminal(practice, 'sh', script(WAITERS), async (terminal) => {
      await terminal.waitFor('MFA code of', 60_000);
      // Some may have told before the question was there.
      const told = (): number => terminal.text.split(WAITING).length - 1;
      await expect.poll(told, { timeout: 60_000 }).toBe(WAITERS - 1);
      terminal.type('\u0003');
      const shown = await terminal.waitFor('all ended', 120_000);
      expect(shown.match(/ended 130/g)).toHaveLength(WAITERS);
    });
    expect(practice.received()).toEqual([]);
  });

  it.runIf(IS_FULL)(
    'is waited for no longer than 55 s by a credential process',
    { timeout: 90_000 },
    async () => {
      const practice = await usePractice();
      await inTerminal(practice, RUNTIME, [ASSUME, ...PROD], async (terminal) => {
        await terminal.waitFor('MFA code of', 60_000);
        const begun = performance.now();
        const ended = await startProgram(practice, PROD).ended;
        expect([ended.status, ended.stdout]).toEqual([7, '']);
        expect(performance.now() - begun).toBeLessThan(60_000);
        terminal.type(`${practice.code('jane.doe')}\r`);
        expect((await terminal.end()).status).toBe(0);
      });
      expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    },
  );

  it('is put again on the same terminal when its process is killed', async () => {
    const practice = await usePractice();
    await inTerminal(practice, 'sh', script(WAITERS), async (terminal) => {
      await terminal.waitFor('MFA code of', 60_000);
      process.kill(await holderOf(terminal), 'SIGKILL');
      await terminal.waitFor('MFA code of', 60_000);
      terminal.type(`${practice.code('jane.doe')}\r`);
      await terminal.waitFor('all ended', 120_000);
      expect(terminal.text.match(/ended 0/g)).toHaveLength(WAITERS - 1);
      expect(terminal.text.match(/ended 137/g)).toHaveLength(1);
    });
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });
});

/** The process that the others say they wait for. */
async function holderOf(terminal: Terminal): Promise<number> {
  const [pid] =
    /\d+$/.exec(await terminal.waitFor(/waiting for another assume \(process \d+(?=\))/)) ?? [];
  return Number(pid);
}

describe('a holder that is killed', TIMEOUT, () => {
  it.skipIf(findTerminal() === null)('while it asks leaves the others to go on', async () => {
    const practice = await usePractice();
    await inTerminal(practice, RUNTIME, [ASSUME, ...PROD], async (terminal) => {
      await terminal.waitFor('MFA code of', 60_000);
      const waiters = startWaiters(practice, { ASSUME_MFA_CODE: practice.code('jane.doe') });
      await allWait(waiters);
      await terminal.close();
      onlyAnswer(await allEnded(waiters));
    });
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  const rows: [action: string, received: string[]][] = [
    ['GetSessionToken', ['GetSessionToken', 'GetSessionToken', 'AssumeRole']],
    ['AssumeRole', ['GetSessionToken', 'AssumeRole', 'AssumeRole']],
  ];

  it.each(rows)('when AWS has its %s costs one call more', async (action, received) => {
    const practice = await usePractice();
    const hold = holdNext(practice, action);
    const holder = startProgram(practice, PROD, { ASSUME_MFA_CODE: practice.code('jane.doe') });
    await hold.received;
    const waiters = startWaiters(practice, { ASSUME_MFA_CODE: practice.freshCode('jane.doe') });
    await allWait(waiters);
    process.kill(holder.pid, 'SIGKILL');
    expect((await holder.ended).signal).toBe('SIGKILL');
    onlyAnswer(await allEnded(waiters));
    hold.release();
    expect(practice.received()).toEqual(received);
  });

  const files: [kind: string, received: string[]][] = [
    ['session', ['GetSessionToken', 'GetSessionToken', 'AssumeRole']],
    ['role', ['GetSessionToken', 'AssumeRole', 'AssumeRole']],
  ];

  it.each(files)('before its %s has its name costs one call more', async (kind, received) => {
    const practice = await usePractice();
    const holder = startProgram(practice, PROD, {
      ...stopBeforeRename(practice, kind),
      ASSUME_MFA_CODE: practice.code('jane.doe'),
    });
    await holder.said('about to rename');
    expect(storedFiles(practice.home).some((name) => name.includes('.assume-'))).toBe(true);
    const waiters = startWaiters(practice, { ASSUME_MFA_CODE: practice.freshCode('jane.doe') });
    await allWait(waiters);
    process.kill(holder.pid, 'SIGKILL');
    onlyAnswer(await allEnded(waiters));
    expect(practice.received()).toEqual(received);
    expect(storedFiles(practice.home).filter((name) => name.includes('.assume-'))).toEqual([]);
  });
});

describe('a holder that is stopped', TIMEOUT, () => {
  it('loses its turn, and leaves the answer of the others alone when it comes back', async () => {
    const practice = await usePractice();
    const hold = holdNext(practice, 'AssumeRole');
    const holder = startProgram(practice, PROD, { ASSUME_MFA_CODE: practice.code('jane.doe') });
    await hold.received;
    process.kill(holder.pid, 'SIGSTOP');
    const waiters = startWaiters(practice);
    onlyAnswer(await allEnded(waiters));
    hold.release();
    process.kill(holder.pid, 'SIGCONT');
    printed(await holder.ended);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole']);
    expect((await practice.run(PROD)).status).toBe(0);
    expect(practice.received()).toEqual([]);
  });
});

/** Stops for ever in the system's call that gives such an entry its name, as a debugger would. */
function stopBeforeRename(practice: Practice, kind: string): Preload {
  return preload(
    practice.home,
    'stop-before-rename',
    `const fs = require('node:fs');
const { renameSync } = fs;
fs.renameSync = (from, to) => {
  if (!to.includes('/${kind}-')) return renameSync(from, to);
  fs.writeSync(2, 'about to rename\\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
`,
  );
}

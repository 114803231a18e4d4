import { describe, expect, it } from 'vitest';
import { AssumeError } from '../../src/errors.js';
import type { ProcessRecord } from '../../src/host/host.js';
import { isLockUnavailable, withLock, type LockOptions } from '../../src/host/lock.js';
import { fakeHost, secondProcess, type FakeHost } from '../support/fake-host.js';

const PATH = '/home/jane/.aws/credentials';
const LOCKS = '/home/jane/.local/state/assume/locks';
const PATIENT: LockOptions = { waitMs: null };

/** A holder that works until it is told to end. */
function hold(host: FakeHost, options = PATIENT) {
  let end: (error?: Error) => void = () => undefined;
  const ending = new Promise<void>((resolve, reject) => {
    end = (error) => {
      if (error) reject(error);
      else resolve();
    };
  });
  const done = withLock(host, PATH, options, () => ending);
  done.catch(() => undefined);
  return { done, end };
}

/** Another process that wants the lock, and what it came to. */
function want(host: FakeHost, options = PATIENT) {
  const seen = { entered: false, error: null as unknown };
  const done = withLock(host, PATH, options, async () => {
    seen.entered = true;
    return Promise.resolve();
  }).catch((thrown: unknown) => {
    seen.error = thrown;
  });
  return { seen, done };
}

/** Two processes of one machine that both live. */
function twoProcesses(): [FakeHost, FakeHost] {
  const host = fakeHost();
  host.states.set(1000, 'running').set(2000, 'running');
  return [host, secondProcess(host, 2000)];
}

/** The lock's file, as left by a process with that record. */
async function leftBy(host: FakeHost, record: Partial<ProcessRecord>): Promise<void> {
  const holder = {
    ...host,
    processes: { ...host.processes, self: { ...host.processes.self, ...record } },
  };
  const held = hold(holder);
  const [path = ''] = locks(host);
  const text = host.files.readText(path) ?? '';
  held.end();
  await held.done;
  host.files.put(path, text);
}

function locks(host: FakeHost): string[] {
  return host.files.list(LOCKS).map((name) => `${LOCKS}/${name}`);
}

describe('withLock', () => {
  it('gives what the work gives and leaves nothing', async () => {
    const host = fakeHost();
    expect(await withLock(host, PATH, PATIENT, () => Promise.resolve(42))).toBe(42);
    expect(locks(host)).toEqual([]);
  });

  it('keeps a second process out until the first is done', async () => {
    const [first, second] = twoProcesses();
    const holder = hold(first);
    const { seen, done } = want(second);
    await first.clock.advance(60_000);
    expect(seen.entered).toBe(false);
    holder.end();
    await holder.done;
    await first.clock.advance(25);
    await done;
    expect(seen.entered).toBe(true);
    expect(locks(first)).toEqual([]);
  });

  it('gives the lock back when the work fails', async () => {
    const host = fakeHost();
    await expect(
      withLock(host, PATH, PATIENT, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    expect(locks(host)).toEqual([]);
  });

  it('does not keep apart who wants different paths', async () => {
    const [first, second] = twoProcesses();
    hold(first);
    await expect(withLock(second, `${PATH}2`, PATIENT, () => Promise.resolve('in'))).resolves.toBe(
      'in',
    );
  });
});

describe('a lock left behind', () => {
  it.each([
    ['a dead process', { pid: 3000 }],
    ['a record cut short by a power failure', null],
  ])('by %s is broken at once', async (_whose, record) => {
    const host = fakeHost();
    await leftBy(host, record ?? {});
    if (record === null) host.files.put(locks(host)[0] ?? '', '{"pid":10');
    const { seen, done } = want(host);
    await host.clock.advance(30);
    await done;
    expect(seen.entered).toBe(true);
    expect(locks(host)).toEqual([]);
  });

  it('by another machine is broken after ten minutes', async () => {
    const host = fakeHost();
    await leftBy(host, { hostName: 'laptop' });
    const { seen, done } = want(host);
    await host.clock.advance(10 * 60_000 - 100);
    expect(seen.entered).toBe(false);
    await host.clock.advance(200);
    await done;
    expect(seen.entered).toBe(true);
  });

  it('is broken even when a process died breaking it', async () => {
    const host = fakeHost();
    await leftBy(host, { pid: 3000 });
    const [lock = ''] = locks(host);
    const { nonce } = JSON.parse(host.files.readText(lock) ?? '') as { nonce: string };
    host.files.put(`${lock}.${nonce}.claim0`, host.files.readText(lock) ?? '');
    const { seen, done } = want(host);
    await host.clock.advance(30);
    await done;
    expect(seen.entered).toBe(true);
    expect(locks(host)).toEqual([]);
  });

  it('is left to the living process that is breaking it', async () => {
    const host = fakeHost();
    host.states.set(4000, 'running');
    await leftBy(host, { pid: 3000 });
    const [lock = ''] = locks(host);
    const text = host.files.readText(lock) ?? '';
    const { nonce } = JSON.parse(text) as { nonce: string };
    host.files.put(`${lock}.${nonce}.claim0`, text.replace('3000', '4000'));
    const { seen } = want(host);
    await host.clock.advance(1000);
    expect(seen.entered).toBe(false);
    expect(host.files.readText(lock)).toBe(text);
  });

  it('takes its litter with it once that is old', async () => {
    const host = fakeHost();
    host.files.put(`${LOCKS}/abc.assume-1-x`, '');
    host.files.put(`${LOCKS}/abc.def.failure`, '');
    await host.clock.advance(9 * 60_000);
    await withLock(host, PATH, PATIENT, () => Promise.resolve());
    expect(locks(host)).toHaveLength(2);
    await host.clock.advance(2 * 60_000);
    await withLock(host, PATH, PATIENT, () => Promise.resolve());
    expect(locks(host)).toEqual([]);
  });
});

describe('a lock that cannot be given back as ever', () => {
  it('is given back on a disk that became full meanwhile', async () => {
    const host = fakeHost();
    const holder = hold(host);
    // Creating needs room, removing does not.
    host.files.makeReadOnly(LOCKS);
    holder.end();
    await holder.done;
    expect(locks(host)).toEqual([]);
  });

  it('of dead processes goes once it is old, whatever it was for', async () => {
    const host = fakeHost();
    host.states.set(1000, 'running');
    await leftBy(host, { pid: 3000 });
    await host.clock.advance(9 * 60_000);
    await withLock(host, '/other', PATIENT, () => Promise.resolve());
    expect(locks(host)).toHaveLength(1);
    await host.clock.advance(2 * 60_000);
    await withLock(host, '/other', PATIENT, () => Promise.resolve());
    expect(locks(host)).toEqual([]);
  });

  it('of a living process stays, however old it is', async () => {
    const [first, second] = twoProcesses();
    hold(first);
    await first.clock.advance(60 * 60_000);
    await withLock(second, '/other', PATIENT, () => Promise.resolve());
    expect(locks(first)).toHaveLength(1);
  });
});

describe('a stopped holder', () => {
  it('loses the lock after three seconds and leaves the new one alone', async () => {
    const [first, second] = twoProcesses();
    const stopped = hold(first);
    first.states.set(1000, 'stopped');
    const waiter = hold(second);
    await first.clock.advance(2900);
    const [lock = ''] = locks(first);
    expect(first.files.readText(lock)).toContain('"pid":1000');
    await first.clock.advance(300);
    expect(first.files.readText(lock)).toContain('"pid":2000');
    first.states.set(1000, 'running');
    stopped.end();
    await stopped.done;
    expect(first.files.readText(lock)).toContain('"pid":2000');
    waiter.end();
    await waiter.done;
    expect(locks(first)).toEqual([]);
  });

  it('keeps it when it goes on in between', async () => {
    const [first, second] = twoProcesses();
    hold(first);
    const { seen } = want(second);
    for (const state of ['stopped', 'running', 'stopped'] as const) {
      first.states.set(1000, state);
      await first.clock.advance(2500);
    }
    expect(seen.entered).toBe(false);
  });
});

describe('waiting', () => {
  it('says for whom once, after two seconds', async () => {
    const [first, second] = twoProcesses();
    const told: number[] = [];
    hold(first);
    want(second, { waitMs: null, onWait: ({ pid }) => told.push(pid) });
    await first.clock.advance(1900);
    expect(told).toEqual([]);
    await first.clock.advance(5000);
    expect(told).toEqual([1000]);
  });

  it('ends in time with the number of the holder', async () => {
    const [first, second] = twoProcesses();
    hold(first);
    const { seen, done } = want(second, { waitMs: 55_000 });
    await first.clock.advance(54_900);
    expect(seen.error).toBeNull();
    await first.clock.advance(200);
    await done;
    expect(seen).toMatchObject({
      entered: false,
      error: {
        code: 'LOCK_TIMEOUT',
        message: 'waited 55 s for another assume (process 1000), which is still at work',
        hint: expect.stringContaining('kill 1000') as string,
      },
    });
  });
});

describe('a clock that is set while somebody waits', () => {
  const TWENTY_MINUTES = 20 * 60_000;

  it.each([
    ['forward', TWENTY_MINUTES],
    ['back', -TWENTY_MINUTES],
  ])('%s changes nothing of how long he does', async (_direction, step) => {
    const [first, second] = twoProcesses();
    hold(first);
    const { seen, done } = want(second, { waitMs: 55_000 });
    await first.clock.advance(10_000);
    first.clock.set(step);
    await first.clock.advance(44_900);
    expect(seen.error).toBeNull();
    await first.clock.advance(200);
    await done;
    expect(seen.error).toMatchObject({ code: 'LOCK_TIMEOUT' });
  });

  it('forward takes no turn from a holder that has only just stopped', async () => {
    const [first, second] = twoProcesses();
    hold(first);
    first.states.set(1000, 'stopped');
    const { seen } = want(second);
    await first.clock.advance(1000);
    first.clock.set(TWENTY_MINUTES);
    await first.clock.advance(1000);
    expect(seen.entered).toBe(false);
    await first.clock.advance(1200);
    expect(seen.entered).toBe(true);
  });
});

describe('a failure that is shared', () => {
  const sharing: LockOptions = { waitMs: null, shares: () => true };
  const refused = new AssumeError('MFA_CODE_REFUSED', 'the code was refused', { hint: 'Wait.' });

  it('ends those who waited with the same reason, and nobody who comes later', async () => {
    const [first, second] = twoProcesses();
    const holder = hold(first, sharing);
    const waiters = [2000, 2001, 2002].map((pid) => {
      first.states.set(pid, 'running');
      return want(secondProcess(first, pid), sharing);
    });
    await first.clock.advance(100);
    holder.end(refused);
    await expect(holder.done).rejects.toBe(refused);
    const late = want(second, sharing);
    await late.done;
    await first.clock.advance(100);
    await Promise.all(waiters.map(({ done }) => done));
    for (const { seen } of waiters) {
      const { code, message, hint } = refused;
      expect(seen).toMatchObject({ entered: false, error: { code, message, hint } });
    }
    expect(late.seen).toEqual({ entered: true, error: null });
  });

  it.each([
    ['{"code":"FAI'],
    ['null'],
    ['[]'],
    ['{"code":1}'],
    ['{"code":"NO_SUCH","message":"x"}'],
  ])('ends nobody when what is left of it reads %s', async (left) => {
    const [first, second] = twoProcesses();
    const holder = hold(first, sharing);
    const { seen, done } = want(second);
    await first.clock.advance(100);
    const [lock = ''] = locks(first);
    const { nonce } = JSON.parse(first.files.readText(lock) ?? '') as { nonce: string };
    first.files.put(`${lock}.${nonce}.failure`, left);
    holder.end();
    await first.clock.advance(100);
    await done;
    expect(seen).toEqual({ entered: true, error: null });
  });

  it.each([
    ['nobody else when it is not', { waitMs: null, shares: () => false }, refused],
    ['nobody else when it is no error of ours', sharing, new Error('a bug')],
  ])('ends %s', async (_what, options, error) => {
    const [first, second] = twoProcesses();
    const holder = hold(first, options);
    const { seen, done } = want(second);
    await first.clock.advance(100);
    holder.end(error);
    await first.clock.advance(100);
    await done;
    expect(seen).toEqual({ entered: true, error: null });
  });
});

describe('isLockUnavailable', () => {
  it.each([
    ['a read-only home', {}],
    ['no home', { env: {} }],
  ])('knows %s, with the work not begun', async (_what, options) => {
    const host = fakeHost(options);
    host.files.makeReadOnly('/home/jane');
    const { seen, done } = want(host);
    await done;
    expect(seen.entered).toBe(false);
    expect(isLockUnavailable(seen.error)).toBe(true);
  });

  it('knows a lock file that cannot be read', async () => {
    const host = fakeHost();
    await leftBy(host, {});
    const readText = (path: string): never => {
      throw new AssumeError('CONFIG_UNREADABLE', `cannot read ${path}: permission denied (EACCES)`);
    };
    const { seen, done } = want({ ...host, files: { ...host.files, readText } });
    await done;
    expect(seen.entered).toBe(false);
    expect(isLockUnavailable(seen.error)).toBe(true);
  });

  it('ends in time where something is in the way that nobody holds', async () => {
    const host = fakeHost();
    const inTheWay = { ...host, files: { ...host.files, createNew: () => false } };
    const { seen, done } = want(inTheWay, { waitMs: 1000 });
    await host.clock.advance(1100);
    await done;
    expect(seen).toMatchObject({ entered: false, error: { code: 'LOCK_TIMEOUT' } });
  });

  it('knows the work’s own failures apart', () => {
    expect(isLockUnavailable(new AssumeError('FAILED', 'other'))).toBe(false);
  });
});

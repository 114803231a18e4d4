import { describe, expect, it } from 'vitest';
import { holdNext } from '../support/hold-next.js';
import { makeMachineClock } from '../support/machine-clock.js';
import { startOwnServer } from '../support/own-server.js';
import type { Practice } from '../support/practice.js';
import { startProgram } from '../support/started-program.js';
import { printed, usePractice } from '../support/use-practice.js';

const DEV = ['credential-process', 'dev'];

/** A practice, the machine's clock, and what passes by both. */
async function useClocks(): Promise<{
  practice: Practice;
  /** Sets the machine's clock that many minutes after AWS's. */
  setAhead: (minutes: number) => void;
  /** So many minutes pass, here and at AWS. */
  pass: (minutes: number) => void;
  env: Readonly<Record<string, string>>;
  /** What a run asks AWS; nothing when the cache answers. */
  asks: (env?: Readonly<Record<string, string>>) => Promise<string[]>;
}> {
  const practice = await usePractice();
  const clock = makeMachineClock(practice.home);
  let [passed, ahead] = [0, 0];
  const set = (): void => {
    clock.set(passed + ahead);
  };
  return {
    practice,
    env: clock.env,
    setAhead: (minutes) => {
      ahead = minutes;
      set();
    },
    pass: (minutes) => {
      passed += minutes;
      practice.advance(minutes * 60);
      set();
    },
    asks: async (env = {}) => {
      printed(await practice.run(DEV, { env: { ...clock.env, ...env } }));
      return [...new Set(practice.received())];
    },
  };
}

describe("a machine's clock that is 20 minutes off", () => {
  it.each([
    ['behind', -20],
    ['ahead', 20],
  ])('%s: a role of one hour is served while it lasts, and renewed in time', async (_, minutes) => {
    const { setAhead, pass, asks } = await useClocks();
    setAhead(minutes);
    expect(await asks()).toEqual(['AssumeRole']);
    pass(20);
    expect(await asks()).toEqual([]);
    pass(27);
    expect(await asks()).toEqual(['AssumeRole']);
  });

  it.each([
    ['back', -20],
    ['forward', 20],
  ])('is set %s while AWS answers, and what it gave is renewed in time', async (_, minutes) => {
    const { practice, env, setAhead, pass, asks } = await useClocks();
    const { received, release } = holdNext(practice, 'AssumeRole');
    const program = startProgram(practice, DEV, env);
    await received;
    setAhead(minutes);
    release();
    printed(await program.ended);
    practice.received();
    pass(47);
    expect(await asks()).toEqual(['AssumeRole']);
  });

  it.each([
    ['back', 20],
    ['forward', -20],
  ])('is set right later, %s, and nobody is served what expires', async (_, minutes) => {
    const { setAhead, pass, asks } = await useClocks();
    setAhead(minutes);
    expect(await asks()).toEqual(['AssumeRole']);
    setAhead(0);
    expect(await asks()).toEqual([]);
    pass(47);
    expect(await asks()).toEqual(['AssumeRole']);
  });
});

it.each([
  'Signature expired: 1 is now earlier than 2',
  'Signature not yet current: 2 is still later than 1',
])('is told to be off where AWS says so: %s', async (words) => {
  const practice = await usePractice();
  const { url } = await startOwnServer((_action, _fields, response) => {
    response.writeHead(403, { 'Content-Type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>${words}</Message></Error></ErrorResponse>`,
    );
  });
  const { status, stdout, stderr } = await practice.run([...DEV, '--endpoint-url', url]);
  expect([status, stdout]).toEqual([6, '']);
  expect(stderr).toContain(words);
  expect(stderr).toMatch(/^ {2}the clock of this machine is off by more than 15 minutes: set it$/m);
});

describe('the hour at which clocks are changed', () => {
  it.each([
    ['Europe/Berlin', '2027-03-28T00:30:00Z'],
    ['Europe/Berlin', '2027-10-31T00:30:00Z'],
    ['America/New_York', '2027-03-14T06:30:00Z'],
    ['America/New_York', '2027-11-07T05:30:00Z'],
    ['Australia/Lord_Howe', '2027-10-02T15:00:00Z'],
    ['Pacific/Kiritimati', '2027-01-01T00:00:00Z'],
  ])('in %s, %s, is no longer than any other', async (zone, instant) => {
    const { pass, asks } = await useClocks();
    pass((Date.parse(instant) - Date.now()) / 60_000);
    const env = { TZ: zone };
    expect(await asks(env)).toEqual(['AssumeRole']);
    pass(40);
    expect(await asks(env)).toEqual([]);
    expect(await asks({ TZ: 'UTC' })).toEqual([]);
    pass(7);
    expect(await asks(env)).toEqual(['AssumeRole']);
  });
});

import { describe, expect, it } from 'vitest';
import type { AwsContext } from '../../src/aws/aws-context.js';
import { logInByDevice } from '../../src/identity/device-login.js';
import type { SsoSession } from '../../src/target/identity-spec.js';
import { contextOf } from '../support/context-of.js';
import { fakeHost, type FakeHost, type FakeHostOptions } from '../support/fake-host.js';
import { makeIdentityCenter, type IdentityCenter } from '../support/identity-center.js';
import type { LoginAnswer } from '../support/oauth.js';
import { startSignOnServer, type SignOnServer } from '../support/sign-on-server.js';
import { rejectionOf } from '../support/thrown-by.js';
import { START_URL } from '../support/use-sign-on.js';
import { usePractice } from '../support/use-practice.js';

const SESSION: SsoSession = {
  session: 'acme',
  startUrl: START_URL,
  region: 'eu-west-1',
  scopes: [],
};

interface Machine {
  readonly host: FakeHost;
  readonly aws: AwsContext;
  readonly center: IdentityCenter;
  readonly server: SignOnServer;
  /** Answers that go before the center's own, by action. */
  readonly instead: Record<string, LoginAnswer | undefined>;
  /** Seconds between the start of the login and each question for its token. */
  polls(): number[];
}

/** A person's machine and an Identity Center on one clock, which moves only when somebody sleeps. */
async function useMachine(options: FakeHostOptions = {}): Promise<Machine> {
  const host = fakeHost({ ...options, sleepsPass: true });
  const now = (): Date => host.now();
  const practice = await usePractice();
  const center = makeIdentityCenter(practice.aws, () => server.url, now);
  const instead: Machine['instead'] = {};
  const server: SignOnServer = await startSignOnServer(
    ({ action, fields }) => instead[action] ?? center.answer(action, fields),
    practice.aws.url,
    now,
  );
  const aws = contextOf(server.url, host, 'eu-west-1');
  const timesOf = (action: string): number[] =>
    server.requests.flatMap((request) => (request.action === action ? [+request.at / 1000] : []));
  const polls = (): number[] => {
    const [start = 0] = timesOf('StartDeviceAuthorization');
    return timesOf('CreateToken').map((at) => at - start);
  };
  return { host, aws, center, server, instead, polls };
}

/** Lets the person act at the page that was shown, just before the n-th question is answered. */
function visitBefore({ server, host, center }: Machine, poll: number): void {
  let asked = 0;
  server.beforeAnswer = ({ action }) => {
    if (action !== 'CreateToken' || ++asked !== poll) return;
    const [, code] = /show the code (\S+)/.exec(host.written.stderr) ?? [];
    center.answer('page of a device code', { user_code: code });
  };
}

describe('a login by device code', () => {
  it('shows the page and the code, and asks at the pace that it is told', async () => {
    const machine = await useMachine();
    machine.center.settings.intervalSeconds = 3;
    visitBefore(machine, 4);
    const { grant } = await logInByDevice(machine.aws, SESSION);
    expect(grant.expiresInSeconds).toBe(8 * 3600);
    expect(machine.polls()).toEqual([3, 6, 9, 12]);
    const { url } = machine.server;
    expect(machine.host.written.stderr).toMatch(
      new RegExp(
        `^assume: log in to acme with any browser; it has to show the code (\\S+)\n {2}${url}/device\\?user_code=\\1\n {2}or type the code at ${url}/device\n$`,
      ),
    );
    expect(machine.host.launched).toEqual([]);
  });

  it('opens the page where there is a browser', async () => {
    const machine = await useMachine({
      env: { DISPLAY: ':0' },
      programs: { 'xdg-open': '/bin/x' },
    });
    visitBefore(machine, 1);
    await logInByDevice(machine.aws, SESSION);
    const [, page] = /^ {2}(\S+)$/m.exec(machine.host.written.stderr) ?? [];
    expect(machine.host.launched).toEqual([['xdg-open', page]]);
  });

  it('goes five seconds slower each time that it is told to', async () => {
    const machine = await useMachine();
    machine.center.settings.slowDowns = 2;
    visitBefore(machine, 4);
    await logInByDevice(machine.aws, SESSION);
    expect(machine.polls()).toEqual([1, 7, 18, 29]);
  });

  it('asks every five seconds where it is told no pace', async () => {
    const machine = await useMachine();
    const start = machine.center.answer.bind(machine.center);
    machine.center.answer = (action, fields) => {
      const answer = start(action, fields);
      if (action !== 'StartDeviceAuthorization' || typeof answer?.body !== 'object') return answer;
      return { ...answer, body: { ...answer.body, interval: undefined } };
    };
    machine.center.settings.intervalSeconds = 5;
    visitBefore(machine, 2);
    await logInByDevice(machine.aws, SESSION);
    expect(machine.polls()).toEqual([5, 10]);
  });

  it('goes on, more slowly, when the network goes and comes back', async () => {
    const machine = await useMachine();
    visitBefore(machine, 3);
    const visit = machine.server.beforeAnswer;
    machine.server.beforeAnswer = (request) => {
      visit(request);
      const isAway = machine.polls().length === 2;
      machine.instead['CreateToken'] = isAway ? { status: 502, body: '<html></html>' } : undefined;
    };
    await logInByDevice(machine.aws, SESSION);
    expect(machine.polls()).toEqual([1, 2, 8]);
  });

  it.each<[string, (machine: Machine) => void, string, string]>([
    [
      'is denied',
      (machine) => {
        machine.center.settings.decision = 'deny';
        visitBefore(machine, 2);
      },
      'AWS_REFUSED',
      'the login was denied in the browser',
    ],
    [
      'is left alone',
      ({ center }) => {
        center.settings.deviceSeconds = 5;
      },
      'IDENTITY_INVALID',
      'nobody logged in before the code expired',
    ],
    [
      'is left alone, and the network is gone',
      ({ center, instead }) => {
        center.settings.deviceSeconds = 20;
        instead['CreateToken'] = { status: 502, body: '<html></html>' };
      },
      'IDENTITY_INVALID',
      'nobody logged in before the code expired',
    ],
    [
      'is refused for another reason',
      ({ instead }) => {
        const headers = { 'x-amzn-errortype': 'InvalidGrantException' };
        instead['CreateToken'] = { status: 400, headers, body: { error: 'invalid_grant' } };
      },
      'AWS_REFUSED',
      'AWS answered InvalidGrantException',
    ],
    [
      'would be at no page of the web',
      ({ center }) => {
        center.settings.verificationUri = 'file:///usr/bin/program';
      },
      'AWS_UNREACHABLE',
      'it sent to file:///usr/bin/program',
    ],
  ])('ends when it %s', async (_, prepare, code, message) => {
    const machine = await useMachine({ env: { BROWSER: 'b' }, programs: { b: '/bin/b' } });
    prepare(machine);
    const error = await rejectionOf(logInByDevice(machine.aws, SESSION));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    if (code === 'AWS_UNREACHABLE') expect(machine.host.launched).toEqual([]);
  });
});

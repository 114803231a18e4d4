import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/sandbox/faults.js';
import { startOwnServer } from '../support/own-server.js';
import { storedEntries } from '../support/stored-entries.js';
import { printed, usePractice, withCode } from '../support/use-practice.js';

const DEV = ['credential-process', 'dev'];
const PROD = ['credential-process', 'prod-role'];
const FOR_EVER = 99;

describe('trouble with a request that carries no code', () => {
  const rows: [kind: FaultKind, times: number, status: number, sent: number][] = [
    ['throttled', 2, 0, 3],
    ['throttled', FOR_EVER, 7, 3],
    ['unavailable', 1, 0, 2],
    ['unavailable', FOR_EVER, 7, 3],
    ['disconnected', 1, 0, 2],
    ['disconnected', FOR_EVER, 7, 3],
    ['html', 1, 0, 2],
    ['html', FOR_EVER, 7, 3],
  ];

  it.each(rows)('%s %i times: status %i after %i requests', async (kind, times, status, sent) => {
    const practice = await usePractice();
    practice.aws.faults.push({ kind, action: 'AssumeRole', times });
    const ended = await practice.run(DEV);
    expect([ended.status, practice.received().length]).toEqual([status, sent]);
    expect(ended.stdout === '').toBe(status !== 0);
    expect(storedEntries(practice.home, 'role')).toHaveLength(status === 0 ? 1 : 0);
  });

  it('is an error when half an answer arrives', async () => {
    const practice = await usePractice();
    practice.aws.faults.push({ kind: 'truncated', action: 'AssumeRole', times: FOR_EVER });
    expect(await practice.run(DEV)).toMatchObject({ status: 7, stdout: '' });
    expect(storedEntries(practice.home, 'role')).toEqual([]);
  });

  it('is an error when nobody listens', async () => {
    const practice = await usePractice();
    await practice.aws.close();
    const { status, stdout, stderr } = await practice.run(DEV);
    expect([status, stdout]).toEqual([7, '']);
    expect(stderr).toMatch(/not reached/);
  });

  const plain: [answer: string, contentType: string][] = [
    ['', 'text/xml'],
    ['<html>Log in to the hotel</html>', 'text/html'],
    ['{}', 'application/json'],
    ['<AssumeRoleResponse/>', 'text/xml'],
  ];

  it.each(plain)('is an error when what answers with 200 is not AWS: %s', async (text, type) => {
    const practice = await usePractice();
    const { url } = await startOwnServer((_action, _fields, response) => {
      response.setHeader('Content-Type', type);
      response.end(text);
    });
    const ended = await practice.run([...DEV, '--endpoint-url', url]);
    expect(ended).toMatchObject({ status: 7, stdout: '' });
    expect(storedEntries(practice.home, 'role')).toEqual([]);
  });
});

describe('trouble with a request that carries a code', () => {
  const rows: [kind: FaultKind, times: number, status: number, sent: number][] = [
    ['throttled', 1, 0, 2],
    ['throttled', FOR_EVER, 7, 3],
    ['unavailable', FOR_EVER, 7, 1],
    ['html', FOR_EVER, 7, 1],
    ['truncated', FOR_EVER, 7, 1],
    ['disconnected', FOR_EVER, 7, 1],
  ];

  it.each(rows)('%s %i times: status %i after %i requests', async (kind, times, status, sent) => {
    const practice = await usePractice();
    practice.aws.faults.push({ kind, action: 'GetSessionToken', times });
    const ended = await practice.run(PROD, withCode(practice));
    const actions = practice.received().filter((action) => action === 'GetSessionToken');
    expect([ended.status, actions.length]).toEqual([status, sent]);
    const instants = practice.aws.requests.slice(0, sent).map(({ at }) => at.getTime());
    for (const [index, instant] of instants.slice(1).entries()) {
      expect(instant - (instants[index] ?? 0)).toBeGreaterThanOrEqual(190 * (index + 1));
    }
  });

  it.each<FaultKind>(['disconnected', 'truncated', 'unavailable'])(
    'never sends that code again: %s',
    async (kind) => {
      const practice = await usePractice();
      practice.aws.faults.push({ kind, action: 'GetSessionToken', times: 1 });
      const given = withCode(practice);
      expect((await practice.run(PROD, given)).status).toBe(7);
      practice.received();
      const again = await practice.run(PROD, given);
      expect([again.status, practice.received()]).toEqual([5, []]);
      expect(again.stderr).toMatch(/used already/);
    },
  );

  it('is told of a clock that is off, and sends the code once more when it is corrected', async () => {
    const practice = await usePractice();
    practice.advance(3600);
    const given = withCode(practice);
    printed(await practice.run(PROD, given));
    const sent = practice.aws.requests.filter(({ action }) => action === 'GetSessionToken');
    expect(sent.map(({ outcome }) => outcome.code)).toEqual(['SignatureDoesNotMatch', null]);
    const codes = sent.map(({ parameters }) => parameters['TokenCode']);
    expect(codes).toEqual([given.env.ASSUME_MFA_CODE, given.env.ASSUME_MFA_CODE]);
  });
});

describe.runIf(process.env['ASSUME_TEST_FULL'])('a server that does not answer', () => {
  const rows: [what: string, drips: boolean, args: string[]][] = [
    ['is silent', false, DEV],
    ['drips', true, DEV],
    ['is silent with a code', false, PROD],
    ['drips with a code', true, PROD],
  ];

  it.each(rows)(
    'is given up within 15 s when it %s',
    { timeout: 40_000 },
    async (_, drips, args) => {
      const practice = await usePractice();
      const { url, received } = await startOwnServer((_action, _fields, response) => {
        if (!drips) return;
        const timer = setInterval(() => response.write('<'), 500);
        response.on('close', () => {
          clearInterval(timer);
        });
      });
      const begun = performance.now();
      const ended = await practice.run([...args, '--endpoint-url', url], withCode(practice));
      expect(ended).toMatchObject({ status: 7, stdout: '' });
      // A second for the start of the program itself.
      expect(performance.now() - begun).toBeLessThan(16_000);
      if (args === PROD) expect(received).toEqual(['GetSessionToken']);
    },
  );
});

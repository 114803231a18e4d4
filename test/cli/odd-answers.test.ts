import { createServer, type ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useEndpoint } from '../support/endpoint-server.js';
import { MACHINE_KINDS, type MachineKind } from '../support/machine-kinds.js';
import type { Ended } from '../support/practice.js';
import { storedEntries } from '../support/stored-entries.js';
import { usePractice } from '../support/use-practice.js';

type Answer = (response: ServerResponse) => void;

/** Whatever is asked, it answers the same. */
async function useOddServer(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return `http://127.0.0.1:${String(address.port)}/`;
}

/** Asks for the credentials themselves, where that server answers in place of the right one. */
async function askOddly({ start, endpoint }: MachineKind, answer: Answer, flags = ['--quiet']) {
  const practice = await usePractice();
  const source = await start(practice);
  practice.write('.aws/config', `[profile machine]\n${source.profile}`);
  const env = { ...source.env, [endpoint ?? '']: await useOddServer(answer) };
  const ended = await practice.run(['credential-process', 'machine', ...flags], { env });
  return { ...ended, kept: storedEntries(practice.home, 'identity') };
}

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const HALF = `{"Code":"Success","AccessKeyId":"ASIAIOSFODNN7EXAMPLE","SecretAccessKey":"${SECRET}"`;
const PORTAL = '<html><body>Log in to the hotel</body></html>';
const MEBIBYTE = Buffer.alloc(1024 * 1024, ' ');

const sent =
  (status: number, type: string, body: string): Answer =>
  (response) => {
    response.writeHead(status, { 'Content-Type': type }).end(body);
  };

/** As long as anybody reads, and at most as much as any memory has. */
const endless: Answer = (response) => {
  let left = 4096;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(MEBIBYTE)) break;
    }
  };
  response.on('drain', more).on('error', () => undefined);
  more();
};

const halfOfWhatItAnnounces: Answer = (response) => {
  response.writeHead(200, { 'Content-Length': '9999', 'Content-Type': 'application/json' });
  response.write(HALF, () => response.destroy());
};

const ANSWERS: readonly [what: string, answer: Answer][] = [
  ['a page of HTML', sent(200, 'text/html', PORTAL)],
  ['nothing', sent(200, 'application/json', '')],
  ['half of a JSON object', sent(200, 'application/json', HALF)],
  ['a list', sent(200, 'application/json', '[]')],
  ['a refusal in HTML', sent(403, 'text/html', PORTAL)],
  ['that nothing is there', sent(404, 'text/plain', '')],
  ['a failure in HTML', sent(502, 'text/html', PORTAL)],
  ['a failure', sent(500, 'application/json', '{"message":"Internal"}')],
  ['half of what it announces', halfOfWhatItAnnounces],
  ['a closed door', (response) => response.destroy()],
  ['without end', endless],
];

/** Those that ask a server; the two kinds of IAM Identity Center ask the same question. */
const KINDS = MACHINE_KINDS.filter(
  ({ kind, name, endpoint }) => endpoint !== null && kind === name,
);

function expectOneClearLine({ status, stdout, stderr }: Ended): void {
  expect(stdout).toBe('');
  expect([6, 7]).toContain(status);
  expect(stderr).toMatch(
    /^assume: cannot get the credentials of \S+ \(\/.+\/\.aws\/config:\d+:\d+\): [^\n]+\n {2}[^\n]+\n$/,
  );
  expect(stderr).not.toContain(SECRET);
  expect(stderr).not.toMatch(/Deserialization|Unknown|SyntaxError|undefined|<html>/);
}

describe.each(KINDS)('where $name gives credentials and something answers', (kind) => {
  it.each(ANSWERS)('%s, one clear line tells it', async (_what, answer) => {
    const ended = await askOddly(kind, answer);
    expectOneClearLine(ended);
    expect(ended.kept).toEqual([]);
  });

  it('with the address of another server, that one is not asked', async () => {
    const other = await useEndpoint(() => ({ status: 200, body: HALF }));
    const ended = await askOddly(kind, (response) => {
      response.writeHead(302, { Location: other.url }).end();
    });
    expectOneClearLine(ended);
    expect(other.received()).toEqual([]);
  });

  it('with half of a secret, --debug does not tell it either', async () => {
    const unquoted = `{"SecretAccessKey": ${SECRET}`;
    const ended = await askOddly(kind, sent(200, 'application/json', unquoted), ['--debug']);
    expect([6, 7]).toContain(ended.status);
    expect(ended.stderr).not.toContain(SECRET.slice(0, 6));
  });
});

it('a server that is silent is given up by every kind', async () => {
  const silent: Answer = () => undefined;
  const all = await Promise.all(KINDS.map((kind) => askOddly(kind, silent)));
  for (const ended of all) {
    expectOneClearLine(ended);
    expect(ended.status).toBe(7);
    expect(ended.stderr).toMatch(/in time|no answer within/);
  }
});

import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Page } from '../../src/host/host.js';
import { listenOnLoopback } from '../../src/host/loopback.js';

async function listen(answer: (path: string) => Page | null) {
  const loopback = await listenOnLoopback(answer);
  onTestFinished(() => loopback.close());
  const url = `http://127.0.0.1:${String(loopback.port)}`;
  return { ...loopback, url };
}

describe('pages for the browser of this machine', () => {
  it('are answered by path and query, as one sentence that loads nothing', async () => {
    const asked: string[] = [];
    const { url } = await listen((path) => {
      asked.push(path);
      return { status: 201, text: 'a <b> & c' };
    });
    const response = await fetch(`${url}/callback?code=x`);
    expect(asked).toEqual(['/callback?code=x']);
    expect(response.status).toBe(201);
    expect(await response.text()).toContain('<p>a &lt;b> &amp; c</p>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it.each<[string, RequestInit]>([
    ['/other', {}],
    ['/callback', { method: 'POST' }],
  ])('are not there for %s %j', async (path, init) => {
    const page = { status: 200, text: 'yes' };
    const { url } = await listen((asked) => (asked === '/callback' ? page : null));
    expect((await fetch(`${url}${path}`, init)).status).toBe(404);
  });

  it('end with the connections that a browser holds in reserve', async () => {
    const loopback = await listenOnLoopback(() => null);
    const held = connect(loopback.port, '127.0.0.1');
    await once(held, 'connect');
    const ended = once(held, 'close');
    await loopback.close();
    await ended;
    const refused = connect(loopback.port, '127.0.0.1');
    const [error] = (await once(refused, 'error')) as [Error];
    expect(error.message).toContain('ECONNREFUSED');
  });
});

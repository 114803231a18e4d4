import type { Server, ServerResponse } from 'node:http';
import { AssumeError } from '../errors.js';
import { inWords } from './file-error.js';
import type { Loopback, Page } from './host.js';

/** A page that says one thing: no scripts, nothing loaded, and no address passed on. */
const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  Connection: 'close',
};

/**
 * Serves pages to this machine alone, on a free port of 127.0.0.1.
 *
 * @param answer - The page for a path with its query, such as `/callback?code=x`; `null` for none.
 * @throws AssumeError `FAILED` when there is no port to be had.
 */
export async function listenOnLoopback(answer: (path: string) => Page | null): Promise<Loopback> {
  const http = process.getBuiltinModule('node:http');
  const answered: Promise<void>[] = [];
  const server = http.createServer(({ method, url = '' }, response) => {
    answered.push(send(response, method === 'GET' ? answer(url) : null));
  });
  const port = await portOf(server);
  return {
    port,
    close: async () => {
      // The page may still be on its way; a connection that a browser holds in reserve ends at once.
      await Promise.all(answered);
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, page: Page | null): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.writeHead(page?.status ?? 404, HEADERS);
    response.end(page ? formatPage(page.text) : '');
  });
}

function formatPage(text: string): string {
  const shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>\n<meta charset="utf-8">\n<title>assume</title>\n<p>${shown}</p>\n`;
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const why = `cannot listen on 127.0.0.1: ${inWords(cause)}`;
      reject(new AssumeError('FAILED', why, { cause, hint: 'log in with --device-code instead' }));
    });
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

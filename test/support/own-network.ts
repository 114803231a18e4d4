import { spawnSync } from 'node:child_process';
import type { Practice } from './practice.js';

/**
 * Words under which a program is alone in a network where that address is this machine's, and a
 * server at its port 80 answers each question, such as `GET /path`, with its text. Every question is
 * a line of the home's `asked.log`.
 *
 * @returns `null` where this user may make no namespace, which a test says and skips.
 */
export function underOwnNetwork(
  practice: Practice,
  address: string,
  answers: Readonly<Record<string, string>>,
): string[] | null {
  const namespace = process.getuid?.() === 0 ? '-n' : '-Urn';
  const setUp = `ip link set lo up && ip addr add ${address}/32 dev lo && exec "$@"`;
  const words = [namespace, 'sh', '-c', setUp, 'sh'];
  if (spawnSync('unshare', [...words, 'true']).status !== 0) {
    console.warn('skipped: this user may make no network of its own');
    return null;
  }
  const server = practice.write('serve.mjs', serving(address, answers));
  return ['unshare', ...words, process.execPath, server];
}

/** A program that serves, runs the words after it, and ends as they do. */
function serving(address: string, answers: Readonly<Record<string, string>>): string {
  return `import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
const answers = ${JSON.stringify(answers)};
const server = createServer(({ method, url }, response) => {
  appendFileSync(process.env.HOME + '/asked.log', method + ' ' + url + '\\n');
  const text = answers[method + ' ' + url];
  response.writeHead(text === undefined ? 404 : 200).end(text);
});
server.listen(80, '${address}', () => {
  const [program, ...args] = process.argv.slice(2);
  spawn(program, args, { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
});
`;
}

import { isAbsolute, join } from 'node:path';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';

/** AWS counts the inline policy and the managed ones together against this many characters. */
const LONGEST = 2048;

/**
 * A session policy given as JSON or as the path of a file that holds it, without its white space.
 *
 * @param source - What gave it, for messages: `--policy`, `assume.ini:12`.
 * @param directory - What a relative path is relative to.
 * @throws AssumeError USAGE when it is no JSON object, is absent, or is longer than AWS takes.
 */
export function readPolicy(
  text: string,
  host: Host,
  source: string,
  directory: string = host.currentDirectory,
): string {
  if (text.trim() === '') throw new AssumeError('USAGE', `${source}: the policy is empty`);
  const isInline = text.trimStart().startsWith('{');
  const json = isInline ? text : readFile(text, host, source, directory);
  const policy = parseObject(json);
  if (policy === null) {
    const what = isInline ? 'the policy' : visible(text);
    throw new AssumeError('USAGE', `${source}: ${what} is not a JSON object`);
  }
  const compact = JSON.stringify(policy);
  if (compact.length <= LONGEST) return compact;
  throw new AssumeError(
    'USAGE',
    `${source}: the policy has ${String(compact.length)} characters, more than the ${String(LONGEST)} that STS takes`,
  );
}

function readFile(path: string, host: Host, source: string, directory: string): string {
  const absolute = isAbsolute(path) ? path : join(directory, path);
  const text = host.files.readText(absolute);
  if (text !== null) return text;
  throw new AssumeError('USAGE', `${source}: there is no file ${visible(absolute)}`, {
    hint: 'give a file that holds a policy, or the policy itself as JSON',
  });
}

function parseObject(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

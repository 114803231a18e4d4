import { dirname, isAbsolute, join } from 'node:path';
import { AssumeError, type ErrorDetails } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';
import { formatOrigin, type Origin } from './target.js';

/** AWS counts the inline policy and the managed ones together against this many characters. */
const LONGEST = 2048;

/**
 * A session policy given as JSON or as the path of a file that holds it, without its white space.
 * A relative path is one from the file that names it, else from the current directory.
 *
 * @param origin - What gave it.
 * @throws AssumeError USAGE, or CONFIG_INVALID when a file gave it, if it is no JSON object, is
 * absent, or is longer than AWS takes.
 */
export function readPolicy(text: string, host: Host, origin: Origin): string {
  if (text.trim() === '') {
    throw unusable(origin, 'the policy is empty', { hint: 'give JSON, or the path of a file' });
  }
  const isInline = text.trimStart().startsWith('{');
  const json = isInline ? text : readFile(text, host, origin);
  const policy = parseObject(json);
  if (policy === null) {
    throw unusable(origin, `${isInline ? 'the policy' : visible(text)} is not a JSON object`, {
      hint: 'a policy reads {"Version": "2012-10-17", "Statement": […]}',
    });
  }
  const compact = JSON.stringify(policy);
  if (compact.length <= LONGEST) return compact;
  throw unusable(
    origin,
    `the policy has ${String(compact.length)} characters, more than the ${String(LONGEST)} that STS takes`,
    { hint: 'make it shorter, or put it into a managed policy: --policy-arn ARN' },
  );
}

function readFile(path: string, host: Host, origin: Origin): string {
  const base = origin.file === null ? host.currentDirectory : dirname(origin.file);
  const absolute = isAbsolute(path) ? path : join(base, path);
  const text = host.files.readText(absolute);
  if (text !== null) return text;
  throw unusable(origin, `there is no file ${visible(absolute)}`, {
    hint: 'give a file that holds a policy, or the policy itself as JSON',
  });
}

function unusable(origin: Origin, problem: string, details: ErrorDetails): AssumeError {
  const code = origin.file === null ? 'USAGE' : 'CONFIG_INVALID';
  return new AssumeError(code, `${visible(formatOrigin(origin))}: ${problem}`, details);
}

function parseObject(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

import { checkConfig } from '../config-check.js';
import { readConfig } from '../config/config.js';
import { assumeLocation, awsLocations } from '../config/locations.js';
import { posixWord } from '../dialect/posix.js';
import { isAssumeError } from '../errors.js';
import type { FileFacts, Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { makeCatalogue } from '../target/catalogue.js';
import type { Finding } from './doctor-finding.js';

/** Whether the files can be read, and what they give. */
export function checkConfiguration(host: Host): Finding[] {
  try {
    const config = readConfig(host);
    const { problems, warnings } = checkConfig(config, host);
    return [
      countTargets(makeCatalogue(config).length),
      ...problems.map((text): Finding => ({
        topic: 'configuration',
        state: 'wrong',
        text,
        advice: 'correct it, then: assume config check',
      })),
      ...warnings.map((text): Finding => ({
        topic: 'configuration',
        state: 'odd',
        text,
        advice: 'change that line, so that every tool reads it alike',
      })),
    ];
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const { message, hint } = error;
    return [{ topic: 'configuration', state: 'wrong', text: message, advice: hint ?? null }];
  }
}

function countTargets(count: number): Finding {
  return count === 0
    ? {
        topic: 'targets',
        state: 'odd',
        text: 'none: no file names an account, a role or a profile with credentials',
        advice: 'to try assume first: assume sandbox',
      }
    : { topic: 'targets', state: 'good', text: `${String(count)} found`, advice: null };
}

/** Whether others can read what they should not. */
export function checkModes(host: Host): Finding[] {
  if (host.platform === 'win32') return [];
  const places: [string | null, kind: FileFacts['kind']][] = [
    [awsLocations(host).credentials, 'file'],
    [assumeLocation(host), 'file'],
    [ownDirectory(host, 'config'), 'directory'],
    [ownDirectory(host, 'cache'), 'directory'],
  ];
  const findings = places.flatMap(([path, kind]) =>
    path === null ? [] : (checkMode(host, path, kind) ?? []),
  );
  return findings.length > 0
    ? findings
    : [{ topic: 'modes', state: 'good', text: 'your files are closed to others', advice: null }];
}

/** What is of another kind, such as /dev/null, has no mode that matters here. */
function checkMode(host: Host, path: string, kind: FileFacts['kind']): Finding | null {
  const facts = factsOrNull(host, path);
  if (facts?.kind !== kind) return null;
  if (host.userId !== null && facts.userId !== host.userId) {
    return {
      topic: 'modes',
      state: 'wrong',
      text: `${path} belongs to another user (uid ${String(facts.userId)})`,
      advice: `sudo chown "$(id -un)" ${posixWord(path)}`,
    };
  }
  if ((facts.mode & 0o077) === 0) return null;
  return {
    topic: 'modes',
    state: 'odd',
    text: `${path} is open to others: ${octal(facts.mode)}`,
    advice: `chmod ${kind === 'directory' ? '700' : '600'} ${posixWord(path)}`,
  };
}

/** What may not be looked at is told where it is read. */
function factsOrNull(host: Host, path: string): FileFacts | null {
  try {
    return host.files.facts(path);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}

/** As `ls` and `chmod` speak of it: `0644`. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

import { checkConfig } from '../config-check.js';
import { readConfig } from '../config/config.js';
import { assumeLocation, awsLocations } from '../config/locations.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { memoryDirectory } from '../store/memory-directory.js';
import { makeCatalogue } from '../target/catalogue.js';
import type { Finding } from './doctor-finding.js';

/** Whether the files can be read, and what they give. */
export function checkConfiguration(host: Host): Finding[] {
  try {
    const config = readConfig(host);
    const { problems, warnings } = checkConfig(config, host);
    const count = makeCatalogue(config).length;
    const found: Finding =
      count === 0
        ? {
            topic: 'targets',
            state: 'odd',
            text: 'none: no file names an account, a role or a profile with credentials',
            advice: 'to try assume first: assume sandbox',
          }
        : { topic: 'targets', state: 'good', text: `${String(count)} found`, advice: null };
    return [
      found,
      ...problems.map((text): Finding => ({
        topic: 'configuration',
        state: 'wrong',
        text,
        advice: null,
      })),
      ...warnings.map((text): Finding => ({
        topic: 'configuration',
        state: 'odd',
        text,
        advice: null,
      })),
    ];
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const { message, hint } = error;
    return [{ topic: 'configuration', state: 'wrong', text: message, advice: hint ?? null }];
  }
}

/** Whether others can read what they should not. */
export function checkModes(host: Host): Finding[] {
  if (host.platform === 'win32') return [];
  const { credentials } = awsLocations(host);
  const places: [string | null, mode: number][] = [
    [credentials, 0o600],
    [assumeLocation(host), 0o600],
    [ownDirectory(host, 'config'), 0o700],
    [ownDirectory(host, 'state'), 0o700],
    [ownDirectory(host, 'cache'), 0o700],
    [memoryDirectory(host), 0o700],
  ];
  const findings = places.flatMap(([path, mode]) =>
    path === null ? [] : (checkMode(host, path, mode) ?? []),
  );
  return findings.length > 0
    ? findings
    : [{ topic: 'modes', state: 'good', text: 'your files are closed to others', advice: null }];
}

function checkMode(host: Host, path: string, wanted: number): Finding | null {
  const facts = host.files.facts(path);
  if (facts === null) return null;
  const octal = (mode: number): string => `0${mode.toString(8)}`;
  if (host.userId !== null && facts.userId !== host.userId) {
    return {
      topic: 'modes',
      state: 'wrong',
      text: `${path} belongs to another user`,
      advice: null,
    };
  }
  if ((facts.mode & 0o077) === 0) return null;
  return {
    topic: 'modes',
    state: 'odd',
    text: `${path} is open to others: ${octal(facts.mode)}`,
    advice: `chmod ${octal(wanted).slice(1)} ${path}`,
  };
}

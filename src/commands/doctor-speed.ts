import { readConfig, type Config } from '../config/config.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { profileValue } from '../target/profile-value.js';
import type { Finding } from './doctor-finding.js';

/** Options of V8, not of Node: any of them makes Node compile what it would else load compiled. */
const V8_OPTION =
  /^--(no-)?(abort-on-uncaught-exception|disallow-code-generation-from-strings|expose-gc|huge-max-old-generation-size|interpreted-frames-native-stack|jitless|lite-mode|max-(old-space|semi-space|heap)-size|opt|perf-[a-z-]+|single-threaded|stack-(size|trace-limit))(=|$)/;

/** What fetches or looks for a program before it runs it. */
const FETCHES =
  /^(?:\S*[/\\])?(npx|npm (?:exec|x)|pnpx|pnpm dlx|yarn dlx|bunx)(?:\.cmd|\.exe)?(?=\s)/;

/**
 * Measured, of a first call's CPU time on Node 20 and botocore 1.43: 2,000 make one of the JavaScript
 * SDK twice as long and one of the AWS CLI by a fifth; 5,000 four times, and by three fifths. Of
 * 1,000 the AWS CLI feels a twelfth.
 */
const MANY_PROFILES = 2_000;

/** What makes assume, or AWS's tools because of it, slower than they need be. */
export function checkSpeed(host: Host): Finding[] {
  const config = configOrNull(host);
  return [
    ...checkNode(host),
    ...(config === null ? [] : [...checkProcesses(config), ...checkSize(config)]),
  ];
}

/** What makes Node itself slow to start; a stand-alone executable obeys none of it. */
function checkNode({ env, nodeVersion, self }: Host): Finding[] {
  if (self.length === 1) return [];
  const findings: Finding[] = [];
  if (env['NODE_EXTRA_CA_CERTS'] && nodeVersion.startsWith('v20.')) {
    findings.push({
      topic: 'speed',
      state: 'odd',
      text: `NODE_EXTRA_CA_CERTS makes Node ${nodeVersion} three times slower to start`,
      advice: 'use Node 22 or later, or where nothing needs it: unset NODE_EXTRA_CA_CERTS',
    });
  }
  const words = (env['NODE_OPTIONS'] ?? '').split(/\s+/);
  const option = words.find((word) => V8_OPTION.test(word.replaceAll('_', '-')));
  // Measured: 1.23 times as long on Node 20, and no longer on Node 24.
  if (option !== undefined && nodeVersion.startsWith('v20.')) {
    findings.push({
      topic: 'speed',
      state: 'odd',
      text: `NODE_OPTIONS has ${option}: an option of V8 makes Node ${nodeVersion} slower to start`,
      advice:
        'use Node 24 or later, or set it for the program that needs it alone, and: unset NODE_OPTIONS',
    });
  }
  return findings;
}

function checkProcesses({ aws }: Config): Finding[] {
  return [...aws.profiles.values()].flatMap((profile): Finding[] => {
    const command = profileValue(profile, 'credential_process');
    const [, fetcher] = FETCHES.exec(command?.value ?? '') ?? [];
    if (!command || fetcher === undefined) return [];
    return [
      {
        topic: 'speed',
        state: 'odd',
        text: `${command.file}:${String(command.line)} runs its credential_process by ${fetcher}: each call of an AWS tool waits for it`,
        advice: 'install the program, and name it there by its full path',
      },
    ];
  });
}

function checkSize({ aws }: Config): Finding[] {
  const count = aws.profiles.size;
  if (count < MANY_PROFILES) return [];
  return [
    {
      topic: 'speed',
      state: 'odd',
      text: `AWS's files hold ${String(count)} profiles: every call of an AWS tool reads them all`,
      advice:
        'move accounts to assume.ini, and keep profiles for other tools alone: assume config --help',
    },
  ];
}

/** What cannot be read is told elsewhere. */
function configOrNull(host: Host): Config | null {
  try {
    return readConfig(host);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}

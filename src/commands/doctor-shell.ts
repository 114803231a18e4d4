import { findDialect } from '../dialect/dialects.js';
import { HOOKED_SHELLS } from '../dialect/hook-grammar.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import type { Finding } from './doctor-finding.js';

/** Where each shell reads its start file. */
const START_FILES: Readonly<Record<string, readonly string[]>> = {
  bash: ['.bashrc', '.bash_profile', '.profile'],
  zsh: ['.zshrc', '.zshenv'],
  fish: ['.config/fish/config.fish'],
};

/** Another switcher's `alias assume=". assume"`, or a function of the same purpose. */
const FOREIGN_ALIAS = /^[ \t]*(alias\s+assume[\s=].*|[^#\n]*\b(granted|awsume)\b.*assume.*)$/m;

/** Whether this shell knows the function, and whether another tool's is in its way. */
export function checkHook(host: Host): Finding[] {
  const dialect = findDialect(host.env['ASSUME_SHELL'] ?? host.env['SHELL'] ?? '');
  const shell = dialect?.name ?? '';
  const files = (START_FILES[shell] ?? []).map((name) => `${host.homeDirectory ?? ''}/${name}`);
  const texts = files.map((file) => [file, readOrEmpty(host, file)] as const);
  const foreign = texts.flatMap(([file, text]): Finding[] => {
    const line = FOREIGN_ALIAS.exec(text);
    if (!line) return [];
    const number = text.slice(0, line.index).split('\n').length;
    return [
      {
        topic: 'alias',
        state: 'wrong',
        text: `${file}:${String(number)} makes assume mean another tool's script`,
        advice: 'remove that line, then: unalias assume',
      },
    ];
  });
  if (!dialect || !HOOKED_SHELLS.includes(shell)) return foreign;
  const isLoaded = host.env['ASSUME_SHELL'] !== undefined;
  const isWritten = texts.some(([, text]) => /^[^#\n]*assume hook/m.test(text));
  const hook: Finding =
    isLoaded || isWritten
      ? { topic: 'hook', state: 'good', text: `${shell} can be switched in place`, advice: null }
      : {
          topic: 'hook',
          state: 'odd',
          text: `not in ${shell}: each target opens a new shell`,
          advice: `add to ${files[0] ?? 'its start file'}: ${dialect.usage(`assume hook ${shell}`)}`,
        };
  return [hook, ...foreign];
}

function readOrEmpty(host: Host, file: string): string {
  try {
    return host.files.readText(file) ?? '';
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return '';
  }
}

/** Variables that would give AWS's tools another identity or another place than they seem to have. */
const CONFLICTING = [
  'AWS_SECURITY_TOKEN',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_VAULT',
];

/** Variables that disagree with each other. */
export function checkEnvironment(host: Host): Finding[] {
  const { env } = host;
  const set = CONFLICTING.filter((name) => env[name] && env[name] !== env['ASSUME_ENDPOINT_URL']);
  const findings = set.map((name): Finding => ({
    topic: 'environment',
    state: 'odd',
    text: `${name} is set: AWS's tools obey it, assume does not`,
    advice: `unset ${name}`,
  }));
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_PROFILE']) {
    findings.push({
      topic: 'environment',
      state: 'odd',
      text: 'AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: some tools use the one, some the other',
      advice: 'unset AWS_PROFILE',
    });
  }
  if (
    env['AWS_REGION'] &&
    env['AWS_DEFAULT_REGION'] &&
    env['AWS_REGION'] !== env['AWS_DEFAULT_REGION']
  ) {
    findings.push({
      topic: 'environment',
      state: 'odd',
      text: 'AWS_REGION and AWS_DEFAULT_REGION differ: some tools read the one, some the other',
      advice: 'make both alike: export AWS_DEFAULT_REGION="$AWS_REGION"',
    });
  }
  return findings.length > 0
    ? findings
    : [
        {
          topic: 'environment',
          state: 'good',
          text: 'no variable stands in the way',
          advice: null,
        },
      ];
}

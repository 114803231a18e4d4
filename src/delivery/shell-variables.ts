import type { Options, Request } from '../argv.js';
import type { OptionName } from '../grammar.js';
import type { Answer, Assumption } from '../assumption.js';
import type { Environment } from '../host/host.js';
import { RENEWING_MARGIN_MS } from '../store/freshness.js';
import { GIVEN_BACK, ownName } from '../target/own-environment.js';
import type { Variables } from './aws-environment.js';

/** Options of one moment: a renewal has its own. */
const MOMENTARY = new Set<OptionName>(['mfa-code', 'refresh', 'no-input', 'quiet', 'debug']);

/**
 * What a shell that belongs to a target needs besides the credentials: what was there before, when
 * to renew, with which options, and how its prompt is marked. None of it is secret.
 *
 * @param pid - The shell's own; `null` where the shell sets it itself.
 */
export function makeShellVariables(
  { shown }: Assumption,
  { credentials }: Answer,
  request: Request,
  env: Environment,
  now: Date,
  pid: string | null,
): Variables {
  const { isProtected, isFromEnvironment, color } = shown;
  const expires = credentials.expiration?.getTime() ?? null;
  const renews = !isProtected && !isFromEnvironment;
  const renewAt = expires === null || !renews ? null : renewalTime(expires, now.getTime());
  return {
    ...variablesBefore(env),
    ASSUME_OPTIONS: formatOptions(request.options),
    ...(isFromEnvironment && { ASSUME_BEFORE_KEYS: '1' }),
    ASSUME_PROTECTED: isProtected ? '1' : null,
    ASSUME_COLOR: color,
    ASSUME_RENEW_AT: renewAt === null ? null : String(Math.floor(renewAt / 1000)),
    ASSUME_PID: pid,
  };
}

/** What `leave` sets again: what was there before the first target. */
export function givenBack(env: Environment): Variables {
  return Object.fromEntries(GIVEN_BACK.map((name) => [name, env[`ASSUME_BEFORE_${name}`] ?? null]));
}

/** The options that a shell's target was entered with; none when they cannot be read. */
export function parseOptions(text: string | undefined): Options {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function formatOptions(options: Options): string | null {
  const kept = Object.entries(options).filter(([name]) => !MOMENTARY.has(name as OptionName));
  return kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept));
}

function variablesBefore(env: Environment): Variables {
  return Object.fromEntries(
    GIVEN_BACK.flatMap((name) => {
      const value = env[ownName(env, name)];
      return value === undefined ? [] : [[`ASSUME_BEFORE_${name}`, value]];
    }),
  );
}

function renewalTime(expires: number, now: number): number {
  return expires - Math.min(RENEWING_MARGIN_MS, (expires - now) / 2);
}

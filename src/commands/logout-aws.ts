import type { Request } from '../argv.js';
import { awsContext } from '../aws/aws-context.js';
import { readConfig, type Config } from '../config/config.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { nameOfSession } from '../identity/sso-login.js';
import { loginSessionName, readLoginSession, removeLoginSession } from '../store/login-sessions.js';
import { readSsoToken, removeSsoToken, ssoTokenName } from '../store/sso-tokens.js';
import { singleFlight } from '../store/single-flight.js';
import type { SsoSpec } from '../target/identity-spec.js';
import { identityTarget } from '../target/identity-target.js';
import type { Target } from '../target/target.js';
import { visible } from '../visible.js';

/** A login at AWS itself, which every tool of AWS's shares. */
export interface AwsLogin {
  /** What it is a login to, for people. */
  readonly name: string;
  /** Ends it, at AWS as far as AWS can be reached, and here in any case. */
  end(): Promise<void>;
}

/**
 * The logins that live of the identity, or with `--all` of all that the configuration names; none
 * where it cannot be read.
 *
 * @param name - `null` for the identity that targets start from.
 */
export function findAwsLogins(request: Request, host: Host, name: string | null): AwsLogin[] {
  const config = orNull(() => readConfig(host));
  if (!config) return [];
  const names = request.options.all ? everyName(config) : [name];
  const logins = new Map<string, AwsLogin>();
  for (const each of names) {
    const target = orNull(() => identityTarget(config, host, each, request.options));
    const login = target && loginOf(request, host, target);
    if (login) logins.set(login.key, login);
  }
  return [...logins.values()];
}

function everyName({ assume, aws }: Config): string[] {
  const sections = assume.index.ofKind('identity');
  return [...sections.map(({ name }) => name), ...aws.profiles.keys()];
}

function loginOf(
  request: Request,
  host: Host,
  target: Target,
): (AwsLogin & { readonly key: string }) | null {
  const source = target.identity.source.value;
  if (source.kind === 'sso' && readSsoToken(host, source)) {
    const end = (): Promise<void> => endSsoLogin(request, host, target, source);
    return { key: ssoTokenName(source), name: nameOfSession(source), end };
  }
  if (source.kind === 'login' && readLoginSession(host, source)) {
    const end = (): Promise<void> => {
      removeLoginSession(host, source);
      return Promise.resolve();
    };
    return { key: loginSessionName(source), name: visible(source.session), end };
  }
  return null;
}

/** Not while another process renews the token, which would then be back. */
async function endSsoLogin(
  { options }: Request,
  host: Host,
  target: Target,
  source: SsoSpec,
): Promise<void> {
  const flight = { host, options, lockWaitMs: null };
  const name = nameOfSession(source);
  await singleFlight(flight, ssoTokenName(source), `log in to ${name}`, async () => {
    const token = readSsoToken(host, source);
    removeSsoToken(host, source);
    if (!token) return;
    const { endLogin } = await import('../aws/sso-portal.js');
    const aws = { ...awsContext(host, target), region: source.region };
    try {
      await endLogin(aws, token.accessToken);
    } catch (error) {
      if (!isAssumeError(error)) throw error;
      // A token that AWS does not take any more is what was wanted.
      if (error.code !== 'AWS_UNREACHABLE') return;
      host.stderr(`assume: the token of ${name} is removed here, but ${error.message}\n`);
    }
  });
}

function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}

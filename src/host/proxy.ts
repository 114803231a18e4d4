import { Secret } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Environment } from './host.js';
import { isListed } from './no-proxy.js';

/** What stands between this machine and the hosts that it reaches. */
export interface Proxy {
  /** Without user and password, such as `http://proxy.example:3128`. */
  readonly url: string;
  /** What `Proxy-Authorization` is to say; `null` without a user. */
  readonly authorization: Secret | null;
  /** The variable that names it. */
  readonly variable: string;
}

/** As much of a request as decides its way. */
export interface Destination {
  /** `https:` or `http:`. */
  readonly protocol: string;
  readonly hostname: string;
  /** Absent for the protocol's own. */
  readonly port?: number | undefined;
}

/**
 * The proxy that the environment names for a destination: `https_proxy` or `http_proxy`, the
 * lower-case spelling first, unless `no_proxy` lists it. This machine itself needs none.
 *
 * @returns `null` where the way is straight.
 * @throws AssumeError CONFIG_INVALID when what is named is no HTTP proxy.
 */
export function findProxy(env: Environment, destination: Destination): Proxy | null {
  const named = read(env, destination.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  if (!named || isExcepted(env, destination)) return null;
  return parseProxy(named.value, named.variable);
}

function read(env: Environment, name: string): { variable: string; value: string } | null {
  // As with curl and Python, an empty lower-case one undoes the other.
  const variable = env[name] === undefined ? name.toUpperCase() : name;
  const value = env[variable]?.trim();
  return value ? { variable, value } : null;
}

function parseProxy(text: string, variable: string): Proxy {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text.replace(/^\/\//, '')}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    // Its text may hold a password.
    throw new AssumeError('CONFIG_INVALID', `${variable} does not name an HTTP proxy`, {
      hint: `write it as http://HOST:PORT or https://HOST:PORT, or unset ${variable}`,
    });
  }
  return {
    url: `${url.protocol}//${url.host}`,
    authorization: url.username || url.password ? basic(url, variable) : null,
    variable,
  };
}

function basic({ username, password }: URL, variable: string): Secret {
  try {
    const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return new Secret(`Basic ${Buffer.from(text).toString('base64')}`);
  } catch (cause) {
    throw new AssumeError('CONFIG_INVALID', `${variable} has a % that begins no escape`, {
      cause,
      hint: 'write %25 for a % in its user or password',
    });
  }
}

/** Names and addresses of this machine, to which no proxy leads back. */
const LOOPBACK = /^((.+\.)?localhost|127(\.\d{1,3}){3}|::1)$/;

function isExcepted(env: Environment, { protocol, hostname, port }: Destination): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (LOOPBACK.test(host)) return true;
  const list = read(env, 'no_proxy')?.value ?? '';
  return isListed(list, host, port ?? (protocol === 'https:' ? 443 : 80));
}

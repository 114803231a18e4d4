import { posix, win32, type PlatformPath } from 'node:path';
import type { Host } from '../host/host.js';

type Where = Pick<Host, 'env' | 'platform' | 'homeDirectory' | 'currentDirectory'>;

/** Where AWS's two files are; `null` for one that nothing names: no variable, and no home directory. */
export interface AwsLocations {
  readonly config: string | null;
  readonly credentials: string | null;
}

/**
 * Where AWS's tools look: the variable of each file (`~`, `$NAME` and on Windows `%NAME%` expanded,
 * as the AWS CLI does), else `.aws` in the home directory. A blank variable counts as none, and
 * `AWS_SDK_LOAD_CONFIG`, by which older SDKs chose whether to read the config file, for nothing.
 */
export function awsLocations(where: Where): AwsLocations {
  return {
    config: awsLocation(where, 'AWS_CONFIG_FILE', 'config'),
    credentials: awsLocation(where, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
  };
}

/** Where AWS's tools share tokens of IAM Identity Center; `null` without a home. */
export function ssoCacheDirectory(where: Where): string | null {
  const home = homeDirectory(where);
  return home && pathOf(where).join(home, '.aws', 'sso', 'cache');
}

/** Where AWS's tools share what `aws login` got: the variable's directory, else one at home. */
export function loginCacheDirectory(where: Where): string | null {
  const named = where.env['AWS_LOGIN_CACHE_DIRECTORY'];
  if (named) return absolute(where, expandHome(where, expandVariables(where, named)));
  const home = homeDirectory(where);
  return home && pathOf(where).join(home, '.aws', 'login', 'cache');
}

/**
 * Where assume's own file is: `$ASSUME_CONFIG`, else `assume.ini` in `$XDG_CONFIG_HOME/assume`, by
 * default `~/.config/assume`, on Windows `%APPDATA%\assume`; `null` when nothing names a place.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/ a relative path there is ignored
 */
export function assumeLocation(where: Where): string | null {
  const path = pathOf(where);
  const named = where.env['ASSUME_CONFIG'];
  if (named) return absolute(where, expandHome(where, named));
  const directory = configDirectory(where);
  return directory && path.join(directory, 'assume', 'assume.ini');
}

/** Where further files of assume's own lie: `conf.d` beside its main file. */
export function dropInDirectory(where: Where, mainFile: string): string {
  const path = pathOf(where);
  return path.join(path.dirname(mainFile), 'conf.d');
}

/** Joins a directory and a name by the rules of the host's platform. */
export function joinPath(where: Where, directory: string, name: string): string {
  return pathOf(where).join(directory, name);
}

function awsLocation(where: Where, variable: string, name: string): string | null {
  const named = where.env[variable];
  if (named) return absolute(where, expandHome(where, expandVariables(where, named)));
  const home = homeDirectory(where);
  return home && absolute(where, pathOf(where).join(home, '.aws', name));
}

function configDirectory(where: Where): string | null {
  const path = pathOf(where);
  const { XDG_CONFIG_HOME: xdg, APPDATA: appData } = where.env;
  if (xdg && path.isAbsolute(xdg)) return xdg;
  const home = homeDirectory(where);
  if (where.platform !== 'win32') return home && path.join(home, '.config');
  if (appData && path.isAbsolute(appData)) return appData;
  return home && path.join(home, 'AppData', 'Roaming');
}

/** In AWS's order: HOME everywhere, then Windows' own variables, then what the system says. */
function homeDirectory({ env, platform, homeDirectory: known }: Where): string | null {
  if (env['HOME']) return env['HOME'];
  if (platform === 'win32') {
    if (env['USERPROFILE']) return env['USERPROFILE'];
    if (env['HOMEDRIVE'] && env['HOMEPATH']) return env['HOMEDRIVE'] + env['HOMEPATH'];
  }
  return known;
}

function expandHome(where: Where, path: string): string {
  const home = homeDirectory(where);
  const isHome = (where.platform === 'win32' ? /^~([\\/]|$)/ : /^~(\/|$)/).test(path);
  return home && isHome ? home + path.slice(1) : path;
}

/** What no variable stands for stays as it is. On Windows the case of names is no difference. */
function expandVariables({ env, platform }: Where, path: string): string {
  const isWindows = platform === 'win32';
  const reference = isWindows ? /\$\w+|\$\{[^}]+\}|%[^%]+%/g : /\$\w+|\$\{[^}]+\}/g;
  return path.replace(reference, (text) => {
    const name = text.replace(/^\$\{?|^%|[%}]$/g, '');
    const key = isWindows ? keyOfAnyCase(env, name) : name;
    return (Object.hasOwn(env, key) ? env[key] : undefined) ?? text;
  });
}

function keyOfAnyCase(env: Where['env'], name: string): string {
  const isIt = (other: string): boolean => other.toUpperCase() === name.toUpperCase();
  return Object.keys(env).findLast(isIt) ?? name;
}

function absolute(where: Where, path: string): string {
  const rules = pathOf(where);
  return rules.isAbsolute(path) ? rules.normalize(path) : rules.join(where.currentDirectory, path);
}

function pathOf({ platform }: Where): PlatformPath {
  return platform === 'win32' ? win32 : posix;
}

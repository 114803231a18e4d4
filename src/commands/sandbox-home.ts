import { readConfig } from '../config/config.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Environment, Host } from '../host/host.js';
import type { Sandbox } from '../sandbox/server.js';
import type { User, World } from '../sandbox/world.js';
import { SHARED_MEMORY } from '../store/memory-directory.js';
import { findStore } from '../store/stores.js';
import { announceStore } from '../surroundings.js';

/** One temporary directory that stands for all of a user's, and the environment that leads there. */
export interface SandboxHome {
  readonly directory: string;
  /** In `directory`; where that is on a disk, beside it in memory, if there is such a place. */
  readonly runtimeDirectory: string;
  readonly env: Environment;
}

/** What a person's phone knows, in the sandbox's directory: seeds by user name. */
const DEVICES = 'devices.json';

/** AWS's tools do nothing without one. */
const REGION = 'eu-west-1';

/** Variables of AWS's tools, of this program and of XDG: those inside name only the sandbox. */
const OUTSIDE = /^(AWS|ASSUME|AWSUME|GRANTED|XDG)_/;

/**
 * Fills a new directory, 0700, with the files that a user of the practice AWS would have: both
 * people's keys, and a catalogue of its accounts that starts from jane.doe.
 */
export function makeSandboxHome(host: Host, sandbox: Sandbox): SandboxHome {
  const parent = host.files.realPath(host.env['TMPDIR'] ?? '/tmp');
  const name = `assume-sandbox-${host.randomBytes(8).toString('hex')}`;
  const directory = `${parent}/${name}`;
  const shared = `${SHARED_MEMORY}/${name}`;
  try {
    const runtimeDirectory = makeRuntimeDirectory(host, `${directory}/run`, shared);
    const env = environmentOf(host, directory, runtimeDirectory, sandbox.url);
    fill(host, directory, runtimeDirectory, sandbox.world);
    tellStore({ ...host, env, homeDirectory: directory, stderr: () => undefined });
    return { directory, runtimeDirectory, env };
  } catch (error) {
    removeSandboxHome(host, { directory, runtimeDirectory: shared });
    throw error;
  }
}

/** Leaves nothing of it. */
export function removeSandboxHome(
  host: Host,
  { directory, runtimeDirectory }: Pick<SandboxHome, 'directory' | 'runtimeDirectory'>,
): void {
  try {
    host.files.removeTree(runtimeDirectory);
  } finally {
    host.files.removeTree(directory);
  }
}

/** Sessions rest in memory alone: where the first is on a disk, in the second, if that can be made. */
function makeRuntimeDirectory(host: Host, inside: string, shared: string): string {
  host.files.makePrivateDirectory(inside);
  if (host.files.isInMemory(inside) || !host.files.isInMemory(SHARED_MEMORY)) return inside;
  try {
    host.files.makePrivateDirectory(shared);
    return shared;
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return inside;
  }
}

function fill(host: Host, directory: string, runtimeDirectory: string, world: World): void {
  const place = (path: string, text: string): void => {
    host.files.makePrivateDirectory(`${directory}/${path.slice(0, path.lastIndexOf('/'))}`);
    host.files.writePrivate(`${directory}/${path}`, text);
  };
  host.files.makePrivateDirectory(`${directory}/bin`);
  host.files.writeProgram(`${directory}/bin/assume`, programText(host));
  const users = world.accounts.flatMap((account) => account.users);
  place('.aws/credentials', users.map(credentialsOf).join('\n'));
  place('.aws/config', users.map(({ name }) => `[profile ${name}]\nregion = ${REGION}\n`).join(''));
  // Where nothing lives in memory: its keys open nothing once the sandbox has ended.
  const store = host.files.isInMemory(runtimeDirectory) ? 'auto' : 'plain';
  place('.config/assume/assume.ini', formatCatalogue(world, store));
  const seeds = users.map((user) => [user.name, user.mfaDevices[0]?.seed ?? '']);
  host.files.writePrivate(`${directory}/${DEVICES}`, JSON.stringify(Object.fromEntries(seeds)));
}

/** Whoever opens the sandbox says that all of it goes at its end: no command in it has to. */
function tellStore(inside: Host): void {
  const use = { host: inside, config: readConfig(inside), options: {}, lockWaitMs: null };
  announceStore(inside, findStore(use));
}

/**
 * The seeds of the sandbox that this process runs in.
 *
 * @throws AssumeError USAGE outside a sandbox.
 */
export function readDevices(host: Host): Readonly<Record<string, string>> {
  const directory = host.env['ASSUME_SANDBOX'];
  const text = directory ? host.files.readText(`${directory}/${DEVICES}`) : null;
  if (text === null) {
    throw new AssumeError('USAGE', 'this shell is in no sandbox', { hint: 'type: assume sandbox' });
  }
  return JSON.parse(text) as Record<string, string>;
}

function environmentOf(
  host: Host,
  directory: string,
  runtimeDirectory: string,
  url: string,
): Environment {
  const outside = Object.entries(host.env).filter(([name]) => !OUTSIDE.test(name));
  return {
    ...Object.fromEntries(outside),
    HOME: directory,
    PATH: `${directory}/bin:${host.env['PATH'] ?? '/usr/bin:/bin'}`,
    XDG_CONFIG_HOME: `${directory}/.config`,
    XDG_STATE_HOME: `${directory}/.local/state`,
    XDG_CACHE_HOME: `${directory}/.cache`,
    XDG_DATA_HOME: `${directory}/.local/share`,
    XDG_RUNTIME_DIR: runtimeDirectory,
    AWS_CONFIG_FILE: `${directory}/.aws/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${directory}/.aws/credentials`,
    AWS_ENDPOINT_URL: url,
    ASSUME_ENDPOINT_URL: url,
    ASSUME_SANDBOX: directory,
  };
}

/** This very program, whether or not it is installed. */
function programText({ self }: Host): string {
  const quoted = self.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  return `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`;
}

function credentialsOf({ name, accessKeys: [key] }: User): string {
  return `[${name}]\naws_access_key_id = ${key?.id ?? ''}\naws_secret_access_key = ${key?.secret ?? ''}\n`;
}

function formatCatalogue({ accounts }: World, store: string): string {
  const people = accounts.flatMap((account) =>
    account.users.map((user) =>
      [
        `[identity ${user.name}]`,
        `account_id = ${account.id}`,
        `user_name = ${user.name}`,
        `credentials = profile:${user.name}`,
        `mfa_serial = ${user.mfaDevices[0]?.serial ?? ''}\n`,
      ].join('\n'),
    ),
  );
  const targets = accounts
    .filter((account) => account.roles.length > 0)
    .map((account) =>
      [
        `[account ${account.name}]`,
        `id = ${account.id}`,
        `tags = env=${account.name}`,
        `region = ${REGION}`,
        `roles = ${account.roles.map((role) => role.name).join(', ')}\n`,
      ].join('\n'),
    );
  return [`[settings]\nidentity = jane.doe\nstore = ${store}\n`, ...people, ...targets].join('\n');
}

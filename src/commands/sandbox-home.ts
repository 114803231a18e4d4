import { AssumeError } from '../errors.js';
import type { Environment, Host } from '../host/host.js';
import type { Sandbox } from '../sandbox/server.js';
import type { User, World } from '../sandbox/world.js';

/** One temporary directory that stands for all of a user's, and the environment that leads there. */
export interface SandboxHome {
  readonly directory: string;
  readonly env: Environment;
}

/** What a person's phone knows, in the sandbox's directory: seeds by user name. */
const DEVICES = 'devices.json';

/** Variables of AWS's tools, of this program and of XDG: those inside name only the sandbox. */
const OUTSIDE = /^(AWS|ASSUME|AWSUME|GRANTED|XDG)_/;

/**
 * Fills a new directory, 0700, with the files that a user of the practice AWS would have: both
 * people's keys, and a catalogue of its accounts that starts from jane.doe.
 */
export function makeSandboxHome(host: Host, sandbox: Sandbox): SandboxHome {
  const parent = host.files.realPath(host.env['TMPDIR'] ?? '/tmp');
  const directory = `${parent}/assume-sandbox-${host.randomBytes(8).toString('hex')}`;
  const place = (path: string, text: string): void => {
    host.files.makePrivateDirectory(`${directory}/${path.slice(0, path.lastIndexOf('/'))}`);
    host.files.writePrivate(`${directory}/${path}`, text);
  };
  host.files.makePrivateDirectory(directory);
  host.files.makePrivateDirectory(`${directory}/run`);
  host.files.makePrivateDirectory(`${directory}/bin`);
  host.files.writeProgram(`${directory}/bin/assume`, programText(host));
  const users = sandbox.world.accounts.flatMap((account) => account.users);
  place('.aws/credentials', users.map(credentialsOf).join('\n'));
  place('.aws/config', '');
  place('.config/assume/assume.ini', formatCatalogue(sandbox.world));
  const seeds = users.map((user) => [user.name, user.mfaDevices[0]?.seed ?? '']);
  host.files.writePrivate(`${directory}/${DEVICES}`, JSON.stringify(Object.fromEntries(seeds)));
  return { directory, env: environmentOf(host, directory, sandbox.url) };
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

function environmentOf(host: Host, directory: string, url: string): Environment {
  const outside = Object.entries(host.env).filter(([name]) => !OUTSIDE.test(name));
  return {
    ...Object.fromEntries(outside),
    HOME: directory,
    PATH: `${directory}/bin:${host.env['PATH'] ?? '/usr/bin:/bin'}`,
    XDG_CONFIG_HOME: `${directory}/.config`,
    XDG_STATE_HOME: `${directory}/.local/state`,
    XDG_CACHE_HOME: `${directory}/.cache`,
    XDG_DATA_HOME: `${directory}/.local/share`,
    XDG_RUNTIME_DIR: `${directory}/run`,
    AWS_CONFIG_FILE: `${directory}/.aws/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${directory}/.aws/credentials`,
    AWS_ENDPOINT_URL: url,
    ASSUME_ENDPOINT_URL: url,
    ASSUME_SANDBOX: directory,
  };
}

/** This very program, whether or not it is installed. */
function programText({ self: [execPath, script] }: Host): string {
  const quoted = [execPath, script].map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
  return `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`;
}

function credentialsOf({ name, accessKeys: [key] }: User): string {
  return `[${name}]\naws_access_key_id = ${key?.id ?? ''}\naws_secret_access_key = ${key?.secret ?? ''}\n`;
}

function formatCatalogue({ accounts }: World): string {
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
        `roles = ${account.roles.map((role) => role.name).join(', ')}\n`,
      ].join('\n'),
    );
  return ['[settings]\nidentity = jane.doe\n', ...people, ...targets].join('\n');
}

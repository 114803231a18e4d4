import { hookFor } from '../delivery/shell.js';
import { subshellStart } from '../dialect/subshell.js';
import { AssumeError } from '../errors.js';
import type { ChildEnd, HeldSignals, Host } from '../host/host.js';
import { makePicture } from '../sandbox/picture.js';
import { startSandbox, type Sandbox } from '../sandbox/server.js';
import { totpCode } from '../sandbox/totp.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';
import {
  makeSandboxHome,
  readDevices,
  removeSandboxHome,
  type SandboxHome,
} from './sandbox-home.js';
import { playStory } from './sandbox-story.js';

/** A practice AWS in this process, and a shell or a story inside it. */
export const command: Command = {
  run: async ({ operands, options }, host) => {
    const [word, user] = operands;
    if (word === 'code') return showCode(host, user ?? 'jane.doe');
    if (word !== undefined) {
      throw new AssumeError('USAGE', `assume sandbox does not know ${visible(word)}`, {
        hint: 'write assume sandbox, or assume sandbox code [USER]',
      });
    }
    const plays = options.demo === true || !host.terminal.stdinIsTerminal;
    return inSandbox(host, (sandbox, home, held) =>
      plays ? playStory(sandbox, home, host, held) : openShell(sandbox, home, host),
    );
  },
};

/** Everything of the sandbox ends with the work, however it ends. */
async function inSandbox(
  host: Host,
  work: (sandbox: Sandbox, home: SandboxHome, held: HeldSignals) => Promise<ChildEnd>,
): Promise<number> {
  const sandbox = await startSandbox({ world: makePicture(host.now()), now: () => host.now() });
  const held = host.processes.holdSignals();
  const home = makeSandboxHome(host, sandbox);
  let end: ChildEnd;
  try {
    end = await work(sandbox, home, held);
  } finally {
    removeSandboxHome(host, home);
    await sandbox.close();
    held.letGo();
  }
  return 'status' in end ? end.status : host.processes.endAs(end);
}

async function openShell(sandbox: Sandbox, home: SandboxHome, host: Host): Promise<ChildEnd> {
  host.stderr(
    [
      `assume: this shell is in a practice AWS on this machine, at ${sandbox.url}; nothing of yours is touched.`,
      '  assume list             what there is',
      '  assume sandbox code     an MFA code, as your phone would show it',
      '  assume prod-role        become the administrator of production; it asks that code',
      '  exit                    ends it, and removes all that it kept\n',
    ].join('\n'),
  );
  const shell = host.env['SHELL'] ?? '/bin/sh';
  const directory = `${home.directory}/shell`;
  const start = subshellStart(shell, directory, hookFor(shell));
  host.files.makePrivateDirectory(directory);
  for (const [name, text] of Object.entries(start.files)) {
    host.files.writePrivate(`${directory}/${name}`, text);
  }
  return host.processes.run(start.command, start.args, { ...home.env, ...start.env });
}

function showCode(host: Host, user: string): Promise<number> {
  const devices = readDevices(host);
  const seed = devices[user];
  if (seed === undefined) {
    throw new AssumeError('USAGE', `the sandbox has no user ${visible(user)}`, {
      hint: `one of: ${Object.keys(devices).join(', ')}`,
    });
  }
  host.stdout(`${totpCode(seed, host.now())}\n`);
  return Promise.resolve(0);
}

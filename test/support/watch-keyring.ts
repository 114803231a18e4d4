import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { Keyring } from './keyring.js';
import { findTool } from './tools.js';

/** What was asked of the Secret Service. */
export interface KeyringCalls {
  /** How often a secret was read. */
  readonly reads: number;
  /** The names of the items that were made, in their order. */
  readonly made: readonly string[];
}

/** Tells whether a keyring can be watched here. */
export const canWatch = findTool('dbus-monitor') !== null;

/**
 * Watches all that is asked of a keyring from now on.
 *
 * @returns Gives what was asked since the last time.
 */
export async function watchKeyring({ env }: Keyring): Promise<() => Promise<KeyringCalls>> {
  const words = ['--address', env.DBUS_SESSION_BUS_ADDRESS, "type='method_call'"];
  const monitor = spawn('dbus-monitor', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void monitor.kill());
  let seen = '';
  monitor.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text));
  let marks = 0;
  // The bus hands on in order: once a call of ours is seen, all before it were.
  const upToNow = async (): Promise<string> => {
    const mark = `mark.number${String(++marks)}`;
    while (!seen.includes(mark)) await callBus(env, mark);
    const text = seen.slice(0, seen.indexOf(mark));
    seen = '';
    return text;
  };
  await upToNow();
  return async () => {
    const text = await upToNow();
    return {
      reads: text.match(/member=GetSecrets?\n/g)?.length ?? 0,
      made: [...text.matchAll(/"keyring:(.*)@assume-cli"/g)].map(([, name = '']) => name),
    };
  };
}

async function callBus(env: Keyring['env'], name: string): Promise<void> {
  const method = 'org.freedesktop.DBus.NameHasOwner';
  const to = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', method];
  const asked = spawn('dbus-send', [...to, `string:${name}`], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  await once(asked, 'exit');
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeTempHome } from './temp-home.js';
import { findTool } from './tools.js';

const TOOLS = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'];

/** A session's bus and the Secret Service on it, with a home of their own. */
export interface Keyring {
  /** What a program of that session has in its environment. */
  readonly env: { readonly DBUS_SESSION_BUS_ADDRESS: string };
  /** Starts the Secret Service: unlocked, which makes the collection at first; or as it is at a login from elsewhere. */
  start(state: 'unlocked' | 'locked'): Promise<void>;
  stop(): Promise<void>;
  /** Makes it answer nothing any more. */
  hang(): void;
}

/** Tells whether all that a keyring takes is installed. */
export const hasKeyring = TOOLS.every((tool) => findTool(tool) !== null);

/** Nothing on this bus is started by being asked for: a test says what there is. */
const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=SOCKET</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
`;

/** A bus of this test alone, without a Secret Service yet; all of it ends with the test. */
export async function useKeyring(): Promise<Keyring> {
  const home = makeTempHome();
  onTestFinished(() => {
    home.remove();
  });
  const socket = join(home.path, 'bus');
  const config = join(home.path, 'bus.conf');
  writeFileSync(config, BUS.replace('SOCKET', socket));
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
    env: home.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => end(bus));
  await once(bus.stdout, 'data');
  const address = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}` };
  const env = { ...home.env, ...address };
  mkdirSync(join(home.path, '.local/share/keyrings'), { recursive: true });
  let daemon: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (daemon) await end(daemon);
    daemon = null;
  };
  onTestFinished(stop);
  return {
    env: address,
    start: async (state) => {
      await stop();
      const args = ['--foreground', '--components=secrets'];
      if (state === 'unlocked') args.push('--unlock');
      const started = spawn('gnome-keyring-daemon', args, {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      started.stdin.on('error', () => undefined).end('a login password');
      daemon = started;
      while (!(await isServed(env))) {
        if (started.exitCode !== null) throw new Error('the keyring has ended');
      }
    },
    stop,
    hang: () => {
      daemon?.kill('SIGSTOP');
    },
  };
}

/** Asked of the bus itself; each question takes a process its time. */
async function isServed(env: NodeJS.ProcessEnv): Promise<boolean> {
  const method = 'org.freedesktop.DBus.GetNameOwner';
  const to = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', method];
  const words = [...to, 'string:org.freedesktop.secrets'];
  const asked = spawn('dbus-send', words, { env, stdio: 'ignore' });
  const [status] = (await once(asked, 'exit')) as [number | null];
  return status === 0;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGKILL');
  await ended;
}

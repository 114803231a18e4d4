import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A session bus with the Secret Service on it, unlocked. */
export interface BenchKeyring {
  readonly env: { readonly DBUS_SESSION_BUS_ADDRESS: string };
  stop(): void;
}

/** `null` where the programs for it are not installed. */
export async function startKeyring(): Promise<BenchKeyring | null> {
  const tools = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'];
  if (tools.some((tool) => spawnSync('which', [tool]).status !== 0)) return null;
  const home = mkdtempSync(join(tmpdir(), 'assume-bench-'));
  mkdirSync(join(home, '.local/share/keyrings'), { recursive: true });
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = (await once(bus.stdout, 'data')) as [Buffer];
  const env = { DBUS_SESSION_BUS_ADDRESS: address.toString().trim() };
  const daemon = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    {
      env: { ...process.env, ...env, HOME: home, XDG_RUNTIME_DIR: home },
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  daemon.stdin.end('a login password');
  const names = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/'];
  const ask = [...names, 'org.freedesktop.DBus.GetNameOwner', 'string:org.freedesktop.secrets'];
  for (;;) {
    const [status] = (await once(spawn('dbus-send', ask, { env }), 'exit')) as [number | null];
    if (status === 0) break;
    if (daemon.exitCode !== null) throw new Error('the keyring has ended');
  }
  return {
    env,
    stop: () => {
      daemon.kill('SIGKILL');
      bus.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

import { createFiles } from './files.js';
import { findHome } from './home.js';
import type { Environment, Host } from './host.js';
import { createProcesses } from './processes.js';
import { createKeychain } from './system-keychain.js';
import { readLine } from './read-line.js';
import { createTerminal } from './terminal.js';
import { writeStream } from './write-stream.js';

/**
 * This machine. Cheap to create: child processes, cryptography, terminals and the prompt library
 * are loaded when they are first used, and `process.stdout`, which costs more than a cached answer,
 * not at all.
 */
export function createNodeHost(): Host {
  const env: Environment = { ...process.env };
  const [execPath = process.execPath, script = '', ...argv] = process.argv;
  const host: Host = {
    platform: process.platform,
    nodeVersion: process.version,
    argv,
    env,
    homeDirectory: findHome(env),
    userId: process.getuid?.() ?? null,
    currentDirectory: findCurrentDirectory(),
    self: script === '' ? [execPath] : [execPath, script],
    files: createFiles(env, async (...edit) => {
      const { editFile } = await import('./edit-file.js');
      return editFile(host, ...edit);
    }),
    terminal: createTerminal(),
    processes: createProcesses(env),
    keychain: createKeychain(env, script),
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    randomBytes: (count) => process.getBuiltinModule('node:crypto').randomBytes(count),
    stdout: (text) => {
      writeStream(1, text);
    },
    stderr: (text) => {
      writeStream(2, text);
    },
    readStdinLine: () => readLine(0),
    listen: async (answer) => {
      const { listenOnLoopback } = await import('./loopback.js');
      return listenOnLoopback(answer);
    },
  };
  return host;
}

/** The root where the current directory was removed under us. */
function findCurrentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

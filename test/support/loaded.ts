import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ASSUME, IS_STANDALONE, RUNTIME, type Practice } from './practice.js';
import { preload } from './preload.js';

/** What a run printed, and what it took. */
export interface Loaded {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it read the user's configuration, and thought. */
  readonly hasThought: boolean;
  /** Names of files below `bin` and `dist`, sorted; of a stand-alone executable none. */
  readonly files: readonly string[];
  /**
   * Node's own modules beside those of an empty program, what one of them needs counted as that one; of
   * a stand-alone executable none.
   */
  readonly modules: readonly string[];
}

/** Notes at once that the configuration is opened, since a program may become another; the rest at the end. */
const noteInto = (log: string, thought: string): string => `const fs = require('node:fs');
const { openSync, writeFileSync } = fs;
fs.openSync = (path, ...rest) => {
  if (String(path).endsWith('.aws/config')) writeFileSync(${JSON.stringify(thought)}, '');
  return openSync(path, ...rest);
};
process.on('exit', () => {
  const noted = { files: Object.keys(require.cache), modules: process.moduleLoadList ?? [] };
  writeFileSync(${JSON.stringify(log)}, JSON.stringify(noted));
});
`;

/** Runs the built program and notes what it loads. */
export function loadedBy(practice: Practice, args: readonly string[]): Loaded {
  const { home } = practice;
  const [log, thought] = [join(home.path, 'loaded.json'), join(home.path, 'thought')];
  const env = { ...practice.env, ...preload(home, 'list', noteInto(log, thought)) };
  const run = ([program = '', ...words]: readonly string[]) => {
    for (const path of [log, thought]) rmSync(path, { force: true });
    return spawnSync(program, words, { env, cwd: home.path, encoding: 'utf8', input: '' });
  };
  const { status, stdout, stderr } = run([RUNTIME, ASSUME, ...args]);
  const told = { status, stdout, stderr, hasThought: existsSync(thought) };
  if (IS_STANDALONE) return { ...told, files: [], modules: [] };
  const noted = read(log);
  run([process.execPath, '-e', '']);
  const idle = read(log).modules;
  const added = noted.modules.filter((name) => !idle.includes(name)).map(familyOf);
  const files = noted.files.map((path) => basename(path)).filter((name) => name !== 'list.cjs');
  return { ...told, files: files.sort(), modules: [...new Set(added)].sort() };
}

function read(log: string): { files: string[]; modules: string[] } {
  const { files, modules } = JSON.parse(readFileSync(log, 'utf8')) as Record<string, string[]>;
  const native = (modules ?? []).filter((name) => name.startsWith('NativeModule '));
  return { files: files ?? [], modules: native.map((name) => name.slice('NativeModule '.length)) };
}

/** Which of Node's modules asked for that one, as far as the hot path's go. */
function familyOf(module: string): string {
  if (/^(internal\/)?crypto\b/.test(module)) return 'crypto';
  const isStream = /^(internal\/(streams|abort_controller)|stream|string_decoder)\b/;
  if (isStream.test(module)) return 'stream';
  const isChild = /^(internal\/)?(child_process|dgram|socket_list|stream_base_commons|perf\/)/;
  return isChild.test(module) || ['net', 'diagnostics_channel'].includes(module)
    ? 'child_process'
    : module;
}

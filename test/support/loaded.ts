import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ASSUME, type Practice } from './practice.js';
import { preload } from './preload.js';

/** What a run printed, and what it took. */
export interface Loaded {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Names of files below `bin` and `dist`, sorted. */
  readonly files: readonly string[];
  /** Node's own modules beside those of an empty program, what one of them needs counted as that one. */
  readonly modules: readonly string[];
}

/** Runs the built program and notes what it loads. */
export function loadedBy(practice: Practice, args: readonly string[]): Loaded {
  const log = join(practice.home.path, 'loaded.json');
  const { NODE_OPTIONS = '' } = preload(
    practice.home,
    'list',
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(log)}, JSON.stringify({ files: Object.keys(require.cache), modules: process.moduleLoadList })));\n`,
  );
  const list = NODE_OPTIONS.replace('--require=', '');
  const run = (words: readonly string[]) => {
    const { env, home } = practice;
    const ended = spawnSync(process.execPath, ['-r', list, ...words], {
      ...{ env, cwd: home.path, encoding: 'utf8', input: '' },
    });
    return { ...ended, ...read(log) };
  };
  const idle = run(['-e', '']);
  const { status, stdout, stderr, files, modules } = run([ASSUME, ...args]);
  const added = modules.filter((name) => !idle.modules.includes(name)).map(familyOf);
  return {
    ...{ status, stdout, stderr },
    files: files
      .map((path) => basename(path))
      .filter((name) => name !== 'list.cjs')
      .sort(),
    modules: [...new Set(added)].sort(),
  };
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

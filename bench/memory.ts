import { spawnSync } from 'node:child_process';
import { ASSUME } from '../test/support/practice.js';
import { preload } from '../test/support/preload.js';
import type { Home } from './homes.js';

/** The most memory that a run had, in MiB. The practice AWS is in our own process: warm runs alone. */
export function peakMemory(node: string, { practice, env, target }: Home): number {
  const text =
    "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));";
  const { NODE_OPTIONS = '' } = preload(practice.home, 'memory', text);
  const list = NODE_OPTIONS.replace('--require=', '');
  const words = ['-r', list, ASSUME, 'credential-process', target];
  const { stderr } = spawnSync(node, words, { env, encoding: 'utf8' });
  return Number(/\d+$/.exec(stderr)?.[0]) / 1024;
}

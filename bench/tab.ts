import { spawnSync } from 'node:child_process';
import { ASSUME } from '../test/support/practice.js';
import type { Home } from './homes.js';

/** How long TAB takes in bash, in milliseconds: the median; and how often it started a program. */
export function timeTab(node: string, { practice, env }: Home): { ms: number; started: number } {
  const hook = spawnSync(node, [ASSUME, 'hook', 'bash'], { env, encoding: 'utf8' }).stdout;
  const script = `${hook}
started=0
function assume { started=$((started + 1)); }
function command { started=$((started + 1)); }
COMP_LINE='assume account-43' COMP_POINT=17
for round in {1..21}; do
  from=$EPOCHREALTIME; __assume_complete; to=$EPOCHREALTIME
  echo $(( \${to/./} - \${from/./} )) \${#COMPREPLY[@]}
done
echo $started`;
  const { stdout } = spawnSync('bash', ['--norc', '-c', script], {
    ...{ env, cwd: practice.home.path, encoding: 'utf8' },
  });
  const lines = stdout.trim().split('\n');
  const started = Number(lines.pop());
  const rounds = lines.map((line) => line.split(' ').map(Number));
  if (rounds.some(([, found]) => found !== 111)) throw new Error(`TAB completes: ${stdout}`);
  const sorted = rounds.map(([us = 0]) => us / 1000).toSorted((a, b) => a - b);
  return { ms: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, started };
}

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { ASSUME, type Practice } from '../test/support/practice.js';
import { makeHome } from './homes.js';
import { ROWS, type Row } from './rows.js';
import { timePairs, type Measured, type Timed } from './time-pairs.js';

/** Fewer say nothing of a machine that others use too. */
const ROUNDS = 21;

/** Prints the table: each path's ratio to `node -e 0` of the same Node in the same run, and its budget. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string' }, node: { type: 'string' } },
  });
  const node = values.node ?? process.execPath;
  const rows = ROWS.filter(({ name }) => positionals.every((word) => name.includes(word)));
  const homes = { few: await makeHome('few'), many: await makeHome('many') };
  try {
    print(`Node ${process.version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown'}\n`);
    print('| path | ratio to `node -e 0` | aim / limit | ms | floor ms |');
    print('| --- | --- | --- | --- | --- |');
    for (const row of rows) {
      const practice = homes[row.home];
      const rounds = Math.ceil(Number(values.rounds ?? ROUNDS) / (row.count > 1 ? 3 : 1));
      const floor = timed(practice, row, [node, '-e', '0']);
      const command = timed(practice, row, [node, ASSUME, ...row.args]);
      printRow(row, await timePairs(command, floor, rounds));
    }
  } finally {
    await Promise.all(Object.values(homes).map((practice) => practice.close()));
  }
}

/** Neither a CA bundle nor options of the machine's own may be part of what is measured. */
function timed({ env, home }: Practice, { count }: Row, words: readonly string[]): Timed {
  return { words, env, cwd: home.path, count };
}

function printRow({ name, target, limit }: Row, { ratio, ms, floorMs }: Measured): void {
  const verdict = ratio <= target ? '' : ratio <= limit ? ' (within the limit)' : ' **over**';
  const budget = `${String(target)} / ${String(limit)}${verdict}`;
  print(`| ${name} | ${ratio.toFixed(2)} | ${budget} | ${ms.toFixed(0)} | ${floorMs.toFixed(0)} |`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();

import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { ASSUME } from '../test/support/practice.js';
import { timeCold } from './cold.js';
import { makeHome, type Home, type HomeName } from './homes.js';
import { peakMemory } from './memory.js';
import { ROWS, type Row } from './rows.js';
import { timeTab } from './tab.js';
import { timePairs, type Measured, type Timed } from './time-pairs.js';

/** Fewer say nothing of a machine that others use too. */
const ROUNDS = 21;

/** How much longer a row of many processes takes than one of one. */
const PARALLEL_SHARE = 3;

/** Prints the table: each path's ratio to `node -e 0` of the same Node in the same run, and its budget. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string' }, node: { type: 'string' }, program: { type: 'string' } },
  });
  const node = values.node ?? process.execPath;
  const program = values.program === undefined ? [node, ASSUME] : [values.program];
  const rounds = Number(values.rounds ?? ROUNDS);
  const isWanted = (name: string): boolean => positionals.every((word) => name.includes(word));
  const rows = ROWS.filter(({ name }) => isWanted(name));
  const homes = new Map<HomeName, Home | null>();
  try {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    print(`Node ${version}, ${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown'}\n`);
    print('| path | ratio to `node -e 0` | aim / limit | ms | floor ms |');
    print('| --- | --- | --- | --- | --- |');
    for (const row of rows) {
      const home = homes.get(row.home) ?? (await makeHome(row.home));
      homes.set(row.home, home);
      if (!home) print(`| ${row.name} | not measured: no keyring is installed | | | |`);
      else printRow(row, await measure(row, home, node, program, rounds));
    }
    if (isWanted('50 parallel, cold')) {
      const { ratio, asked } = await timeCold(node, Math.ceil(rounds / PARALLEL_SHARE));
      print(`| 50 parallel, cold, 80 ms STS | ${ratio.toFixed(2)} | 2 | | |`);
      print(`\nof AWS they asked each time: ${asked.join('; ')}`);
    }
    const many = homes.get('many');
    if (many && isWanted('TAB')) {
      const { ms, started } = timeTab(node, many);
      print(
        `TAB in bash among 5,000 names: ${ms.toFixed(1)} ms, ${String(started)} programs started`,
      );
    }
    const few = homes.get('few');
    if (few) print(`memory of a warm credential-process: ${peakMemory(node, few).toFixed(1)} MiB`);
  } finally {
    for (const home of homes.values()) await home?.close();
  }
}

/** Neither a CA bundle nor options of the machine's own may be part of what is measured. */
function measure(
  row: Row,
  { practice, env, target }: Home,
  node: string,
  program: readonly string[],
  rounds: number,
): Promise<Measured> {
  const args = row.args.map((word) => (word === 'TARGET' ? target : word));
  const common = { env, cwd: practice.home.path, count: row.count };
  const command: Timed = {
    ...common,
    words: [...program, ...args],
    ...(row.until === undefined ? {} : { until: row.until }),
  };
  const floor: Timed = {
    ...common,
    words: [node, '-e', '0'],
    ...(row.until === undefined ? {} : { until: '' }),
  };
  return timePairs(command, floor, row.count > 1 ? Math.ceil(rounds / PARALLEL_SHARE) : rounds);
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

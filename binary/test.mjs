import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Runs the tests against the stand-alone executable: the given ones, or all that run the built program.
// Words that begin with `-` are vitest's, such as --maxWorkers=1.

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const RUNS_IT = /(practice|use-practice|use-sign-on|install-program)\.js'/;

const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => join('test', path))
  .filter((path) => RUNS_IT.test(readFileSync(join(root, path), 'utf8')));
const words = process.argv.slice(2);
const options = words.filter((word) => word.startsWith('-'));
const given = words.filter((word) => !word.startsWith('-'));
const program = join(root, 'build', `assume-${process.platform}-${process.arch}`);
// On Node 20 it would slow down the tests themselves.
const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, ASSUME_TEST_PROGRAM: program };
const files = given.length > 0 ? given : all;
const { status } = spawnSync('npx', ['vitest', 'run', ...options, ...files], {
  cwd: root,
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);

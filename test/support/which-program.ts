import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../../package.json');

/**
 * Before all tests of a stand-alone executable: makes sure that it is one, that it is what runs, as
 * the system tells, and that it answers at all.
 */
export default function setup(): void {
  const program = process.env['ASSUME_TEST_PROGRAM'];
  if (program === undefined) return;
  const child = spawn(program, ['--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
  child.kill('SIGSTOP');
  const running = readlinkSync(`/proc/${String(child.pid)}/exe`);
  child.kill('SIGKILL');
  if (running !== realpathSync(program)) throw new Error(`${running} runs, not ${program}`);
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  if (stdout !== `${version}\n`) throw new Error(`${program} --version printed ${stdout}`);
  console.warn(`The tests run against ${running}.`);
}

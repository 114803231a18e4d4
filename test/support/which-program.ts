import { spawn } from 'node:child_process';
import { readlinkSync, realpathSync } from 'node:fs';

/**
 * Before all tests of a stand-alone executable: makes sure that it is one, and that it is what runs,
 * as the system tells.
 */
export default function setup(): void {
  const program = process.env['ASSUME_TEST_PROGRAM'];
  if (program === undefined) return;
  const child = spawn(program, ['--version'], { stdio: ['ignore', 'ignore', 'inherit'] });
  child.kill('SIGSTOP');
  const running = readlinkSync(`/proc/${String(child.pid)}/exe`);
  child.kill('SIGKILL');
  if (running !== realpathSync(program)) throw new Error(`${running} runs, not ${program}`);
  console.warn(`The tests run against ${running}.`);
}

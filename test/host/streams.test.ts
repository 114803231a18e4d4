import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempHome } from '../support/temp-home.js';
import { buildProgram } from './build-program.js';

const home = makeTempHome();
let program: string;

beforeAll(async () => {
  program = (await buildProgram('streams', home.path)).join(' ');
});
afterAll(() => {
  home.remove();
});

function shell(script: string): string {
  const options = { env: home.env, encoding: 'utf8', stdio: 'pipe', shell: '/bin/bash' } as const;
  return execFileSync(script, [], options);
}

describe('stdout', () => {
  it('writes everything to a slow reader before the process ends', () => {
    expect(shell(`${program} write 1000000 | dd bs=64 2>/dev/null | wc -c`).trim()).toBe('1000000');
  });

  it('writes everything into a pipe that somebody made non-blocking', () => {
    const nonBlocking =
      'import os;os.set_blocking(1,False);os.execvp("sh",["sh","-c",os.environ["RUN"]])';
    const script = `RUN='${program} write 1000000' python3 -c '${nonBlocking}' | dd bs=64 2>/dev/null | wc -c`;
    expect(shell(script).trim()).toBe('1000000');
  });

  it('tells when the reader has gone', () => {
    const fifo = join(home.path, 'fifo');
    const gone = `mkfifo ${fifo}; exec 3<>${fifo} 4>${fifo} 3<&-`;
    expect(shell(`${gone}; ${program} write 10 2>&1 >&4 || echo "status $?"`)).toBe(
      'nobody reads standard output\nstatus 1\n',
    );
  });

  it('tells when the disk is full', () => {
    expect(shell(`${program} write 10 2>&1 >/dev/full || echo "status $?"`)).toBe(
      'cannot write to standard output: no space left on device (ENOSPC)\nstatus 1\n',
    );
  });
});

describe('readStdinLine', () => {
  it.each([
    ['printf "123456\\nfor the child\\n"', '["123456"]for the child\n'],
    ['printf "123456\\r\\nrest"', '["123456"]rest'],
    ['printf "no end"', '["no end"]'],
    ['printf "\\nrest"', '[""]rest'],
    ['printf ""', '[null]'],
    ['(sleep 0.1; printf "late\\n")', '["late"]'],
  ])('of %s gives the line and leaves the rest', (input, output) => {
    expect(shell(`${input} | (${program} read; cat)`)).toBe(output);
  });

  it('refuses a line without end', () => {
    expect(shell(`yes x | tr -d "\\n" | ${program} read 2>&1 || true`)).toContain('too long');
  });
});

it('is created without loading what only some commands need', () => {
  const loaded = shell(`${program} loaded`).split('\n');
  const dear = ['child_process', 'crypto', 'tty', 'net', 'readline', 'http', 'stream'];
  expect(loaded.filter((name) => dear.includes(name))).toEqual([]);
});

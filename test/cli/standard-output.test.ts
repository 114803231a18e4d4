import { describe, expect, it } from 'vitest';
import { usePractice, withCode } from '../support/use-practice.js';

/** Everything that prints what a program is to read. */
const PRINTED = [
  'export prod-role',
  'export prod-role --format json',
  'credential-process prod-role',
  'plan prod-role --json',
  'list',
  'status',
  'whoami',
  'doctor',
  'config path',
  'hook bash',
  'export --help',
  '--version',
];

/** A shell that gives the program such a stdout. */
const bash = (script: string): string[] => ['bash', '-c', script, 'bash'];
const TO_FULL_DISK = bash('exec "$@" >/dev/full');
const TO_NO_READER = bash('mkfifo pipe; exec 3<>pipe 4>pipe 3<&-; exec "$@" >&4 4>&-');

describe.each(PRINTED)('assume %s', (line) => {
  const words = line.split(' ');

  it('fails where stdout has no room, and says so', async () => {
    const practice = await usePractice();
    const ended = await practice.run(words, { ...withCode(practice), under: TO_FULL_DISK });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain(
      'assume: cannot write to standard output: no space left on device (ENOSPC)\n',
    );
  });

  it('ends as a broken pipe would end it where the reader has gone, without a word', async () => {
    const practice = await usePractice();
    await practice.run(['login'], withCode(practice));
    const ended = await practice.run(words, { under: TO_NO_READER });
    expect(ended).toMatchObject({
      status: 141,
      stderr: expect.stringMatching(/^(assume: using endpoint .*\n)?$/) as string,
    });
  });
});

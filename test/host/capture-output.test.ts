import { describe, expect, it } from 'vitest';
import { captureOutput } from '../../src/host/capture-output.js';

const env = { PATH: '/usr/bin:/bin', CODE: '123456' };

describe('captureOutput', () => {
  it('gives what the command printed, with its environment and no stdin', async () => {
    expect(await captureOutput('cat; printf "%s\\n" "$CODE" | tr 1 9', 5000, env)).toBe('923456\n');
  });

  it.each([
    ['exit 4', 'its status was 4'],
    ['kill -TERM $$', 'it was killed by SIGTERM'],
    ['nonexistent-program 2>/dev/null', 'its status was 127'],
    ['head -c 2000000 /dev/zero 2>/dev/null', 'it printed more than 1 MiB'],
  ])('says how %s failed', async (commandLine, why) => {
    await expect(captureOutput(commandLine, 5000, env)).rejects.toMatchObject({
      code: 'FAILED',
      message: expect.stringContaining(why) as string,
    });
  });

  it('names the program and none of its arguments', async () => {
    const failed = captureOutput('false --token hunter2', 5000, env);
    await expect(failed).rejects.toThrow(/^the command false failed/);
    await expect(failed).rejects.not.toThrow(/hunter2/);
  });

  it('gives up in time on a command whose children hold its output open', async () => {
    const stuck = captureOutput('sleep 2 & sleep 2', 100, env);
    await expect(stuck).rejects.toThrow('it took longer than 0.1 s');
  });
});

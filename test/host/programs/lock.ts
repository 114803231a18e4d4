import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { AssumeError, isAssumeError } from '../../../src/errors.js';
import { withLock } from '../../../src/host/lock.js';
import { createNodeHost } from '../../../src/host/node-host.js';

const host = createNodeHost();
const [what = '', path = '', argument = ''] = host.argv;
const options = {
  waitMs: null,
  onWait: (holder: { pid: number }) => {
    host.stderr(`waits for ${holder.pid.toString()}\n`);
  },
  shares: (error: unknown) => isAssumeError(error) && error.code === 'CANCELLED',
};

const WORKS: Record<string, () => Promise<void>> = {
  /** Adds one to the number in the file ARGUMENT, over and over, noting each time that it has. */
  count: async () => {
    for (;;) {
      await withLock(host, path, options, async () => {
        const before = Number(readFileSync(argument, 'utf8'));
        await setTimeout(1);
        if (Number(readFileSync(argument, 'utf8')) !== before) host.stdout('NOT ALONE\n');
        writeFileSync(`${argument}.${process.pid.toString()}`, (before + 1).toString());
        renameSync(`${argument}.${process.pid.toString()}`, argument);
      });
      host.stdout('.');
    }
  },
  /** Holds it until a line comes on stdin; `fail` there makes it fail. */
  hold: () =>
    withLock(host, path, options, async () => {
      host.stdout('holds\n');
      const [line] = await once(process.stdin);
      if (line === 'fail')
        throw new AssumeError('CANCELLED', 'she said no', { hint: 'Ask again.' });
    }),
};

async function once(stream: NodeJS.ReadStream): Promise<string[]> {
  for await (const chunk of stream) {
    stream.destroy();
    return String(chunk).split('\n');
  }
  return [];
}

async function main(): Promise<void> {
  try {
    await WORKS[what]?.();
    host.stdout('done\n');
  } catch (thrown) {
    if (!isAssumeError(thrown)) throw thrown;
    host.stdout(`${thrown.code}: ${thrown.message} ${thrown.hint ?? ''}\n`);
  }
}

void main();

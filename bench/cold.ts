import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ASSUME, startPractice } from '../test/support/practice.js';

const COUNT = 50;

/**
 * Fifty that ask for the same role at once, none of it cached, of an STS that takes 80 ms: the median
 * ratio to fifty `node -e 0`, and what AWS was asked each time.
 */
export async function timeCold(
  node: string,
  rounds: number,
): Promise<{ ratio: number; asked: readonly string[] }> {
  const practice = await startPractice({ latencyMs: 80 });
  const { env, home } = practice;
  const all = async (words: readonly string[], more: Record<string, string>): Promise<number> => {
    const begun = process.hrtime.bigint();
    const children = Array.from({ length: COUNT }, () =>
      spawn(node, words, { env: { ...env, ...more }, stdio: ['ignore', 'ignore', 'ignore'] }),
    );
    const ended = await Promise.all(children.map((child) => once(child, 'exit')));
    if (ended.some(([status]) => status !== 0)) throw new Error('a cold start failed');
    return Number(process.hrtime.bigint() - begun);
  };
  try {
    const ratios: number[] = [];
    const asked = new Set<string>();
    for (let round = 0; round <= rounds; round++) {
      rmSync(join(home.path, 'run/assume'), { recursive: true, force: true });
      practice.received();
      const code = { ASSUME_MFA_CODE: practice.freshCode('jane.doe') };
      const floor = await all(['-e', '0'], {});
      const cold = await all([ASSUME, 'credential-process', 'prod-role'], code);
      // The first learns who jane.doe is, and has nothing compiled.
      if (round === 0) continue;
      ratios.push(cold / floor);
      asked.add(practice.received().join(' '));
    }
    const sorted = ratios.toSorted((a, b) => a - b);
    return { ratio: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, asked: [...asked] };
  } finally {
    await practice.close();
  }
}

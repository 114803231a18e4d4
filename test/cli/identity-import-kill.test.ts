import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { spread, tellFigures } from '../support/figures.js';
import {
  SLOW_KILLS,
  killAfter,
  KILLS_TIMEOUT_MS,
  litter,
  momentIn,
  timed,
} from '../support/kill-sometime.js';
import { credentialsText } from '../support/practice.js';
import { useKept, type Kept } from '../support/use-kept.js';
import { printed } from '../support/use-practice.js';

const IMPORT = ['identity', 'import', 'base'];
const RAW = ['credential-process', 'base', '--long-term'];
const OTHERS = '# mine\n[other]\nregion = x\n';

/** As it was before: the keys in the file, nothing of ours. */
function reset({ practice }: Kept, text: string): void {
  for (const directory of ['.config', '.cache', '.local']) {
    rmSync(join(practice.home.path, directory), { recursive: true, force: true });
  }
  practice.write('.aws/config', '[profile other]\noutput = json\n');
  practice.write('.aws/credentials', text);
}

it(
  `loses no key in ${String(SLOW_KILLS)} kills at random moments of an import`,
  { timeout: KILLS_TIMEOUT_MS },
  async () => {
    const kept = await useKept();
    const { practice, run, env, text, leaks } = kept;
    const key = practice.key('jane.doe');
    const before = `${OTHERS}\n${credentialsText('base', key)}`;
    const keys = { AccessKeyId: key.id, SecretAccessKey: key.secret };
    reset(kept, before);
    expect(await run(IMPORT)).toMatchObject({ status: 0 });
    reset(kept, before);
    let { tookMs: wholeMs } = await timed(() => run(IMPORT));
    const nextMs: number[] = [];
    let [killed, moved] = [0, 0];
    while (killed < SLOW_KILLS) {
      reset(kept, before);
      const endedMs = await killAfter(
        practice,
        IMPORT,
        momentIn(wholeMs, nextMs.length % 2 === 1),
        env,
      );
      if (endedMs !== null) wholeMs = (wholeMs + endedMs) / 2;
      else killed++;
      const after = text('.aws/credentials');
      if (endedMs === null && after !== before) moved++;
      expect([before, OTHERS]).toContain(after);
      expect(printed(await run(RAW))).toMatchObject(keys);
      const next = await timed(() => run(IMPORT));
      nextMs.push(next.tookMs);
      if (next.ended.status !== 0) expect(next.ended.stderr).toContain('in the store already');
      expect(text('.aws/credentials')).toBe(OTHERS);
      expect(printed(await run(RAW))).toMatchObject(keys);
      expect(readdirSync(join(practice.home.path, '.aws'))).toEqual(['config', 'credentials']);
      expect([litter(practice), leaks()]).toEqual([[], []]);
    }
    tellFigures(
      `import: killed ${String(killed)} times, ${String(moved)} of them with the keys out of the file; next run ${spread(nextMs)}`,
    );
  },
);

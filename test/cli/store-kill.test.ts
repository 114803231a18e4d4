import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spread, tellFigures } from '../support/figures.js';
import { hasKeyring, useKeyring } from '../support/keyring.js';
import {
  SLOW_KILLS,
  killAfter,
  KILLS_TIMEOUT_MS,
  litter,
  momentIn,
  timed,
} from '../support/kill-sometime.js';
import type { Practice } from '../support/practice.js';
import { useKept } from '../support/use-kept.js';
import { printed, withCode } from '../support/use-practice.js';

/** The stores of which something lies on the disk. */
const storesOn = ({ home }: Practice): string[][] => [
  readdirSync(join(home.path, '.cache/assume')).filter((name) => name.startsWith('sealed-')),
  readdirSync(join(home.path, '.local/state/assume')).filter((name) => /^keys-\w+$/.test(name)),
];

describe.skipIf(!hasKeyring)('a move to another store', () => {
  it(
    `loses nothing in ${String(SLOW_KILLS)} kills at random moments`,
    { timeout: KILLS_TIMEOUT_MS },
    async () => {
      const { practice, run: runIn, env: kept, leaks } = await useKept();
      const keyring = await useKeyring();
      await keyring.start('unlocked');
      const env = { ...kept, ...keyring.env };
      const run = (args: readonly string[], more: Record<string, string> = {}) =>
        runIn(args, { ...keyring.env, ...more });
      const key = practice.key('jane.doe');
      const keys = { AccessKeyId: key.id, SecretAccessKey: key.secret };
      expect(await run(['identity', 'import', 'base'])).toMatchObject({ status: 0 });
      const role = printed(await run(['credential-process', 'prod-role'], withCode(practice).env));
      const inUse = async (): Promise<string> => {
        const { stdout } = await run(['config', 'store', '--json']);
        return (JSON.parse(stdout) as { name: string }).name;
      };
      const toOther = async (): Promise<string[]> => {
        const other = (await inUse()) === 'keychain' ? 'passphrase' : 'keychain';
        return ['config', 'store', other];
      };
      await run(await toOther());
      let { tookMs: wholeMs } = await timed(async () => run(await toOther()));
      const nextMs: number[] = [];
      let [killed, moved] = [0, 0];
      practice.received();
      while (killed < SLOW_KILLS) {
        const move = await toOther();
        const endedMs = await killAfter(
          practice,
          move,
          momentIn(wholeMs, nextMs.length % 2 === 1),
          env,
        );
        if (endedMs !== null) wholeMs = (wholeMs + endedMs) / 2;
        else killed++;
        const now = await inUse();
        expect(['keychain', 'passphrase']).toContain(now);
        if (endedMs === null && now === move[2]) moved++;
        expect(printed(await run(['credential-process', 'base', '--long-term']))).toMatchObject(
          keys,
        );
        const next = await timed(() => run(move));
        expect(next.ended).toMatchObject({ status: 0 });
        nextMs.push(next.tookMs);
        expect(printed(await run(['credential-process', 'prod-role']))).toEqual(role);
        expect(practice.received()).toEqual([]);
        expect(storesOn(practice).map((stores) => stores.length)).toEqual([1, 1]);
        expect([litter(practice), leaks()]).toEqual([[], []]);
      }
      tellFigures(
        `move of the store: killed ${String(killed)} times, ${String(moved)} of them with the new one in use; next run ${spread(nextMs)}`,
      );
    },
  );
});

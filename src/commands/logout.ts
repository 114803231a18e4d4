import type { Request } from '../argv.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { makeSessionCache, type CacheEntry } from '../store/session-cache.js';
import { possibleStores } from '../store/stores.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';

interface Kept {
  /** `null` for what cannot be read: it goes with everything else. */
  readonly entry: CacheEntry | null;
  remove(): boolean;
}

/** Forgets what is kept of an identity, wherever it may lie. Reads no configuration. */
export const command: Command = {
  run: (request, host) => {
    const kept = possibleStores(host).flatMap((store) => {
      const cache = makeSessionCache(store);
      return store
        .names()
        .map((name): Kept => ({ entry: cache.read(name), remove: () => cache.remove(name) }));
    });
    const chosen = choose(request, kept);
    for (const each of chosen) each.remove();
    if (!request.options.quiet) report(host, chosen);
    return Promise.resolve(0);
  },
};

function choose({ operands, options }: Request, kept: readonly Kept[]): readonly Kept[] {
  const [name] = operands;
  const identities = [...new Set(kept.flatMap(({ entry }) => entry?.identity ?? []))];
  if (options.all) return kept;
  if (name === undefined && identities.length <= 1) return kept;
  if (name !== undefined && identities.includes(name)) {
    return kept.filter(({ entry }) => entry?.identity === name);
  }
  const known = identities.map(visible).join(', ');
  const problem =
    name === undefined
      ? `there are sessions of several identities: ${known}`
      : `nothing is kept of ${visible(name)}`;
  throw new AssumeError('USAGE', problem, {
    hint:
      identities.length > 0
        ? `name one of ${known}, or say --all`
        : 'see what is kept: assume status',
  });
}

function report(host: Host, chosen: readonly Kept[]): void {
  const now = host.now();
  const live = chosen
    .flatMap(({ entry }) => entry?.credentials.expiration ?? [])
    .filter((end) => end > now);
  if (chosen.length === 0) {
    host.stderr('assume: there was nothing to forget\n');
    return;
  }
  const latest = new Date(Math.max(...live.map((end) => end.getTime())));
  const atAws =
    live.length === 0
      ? ''
      : `; credentials already handed out live at AWS until ${latest.toISOString().slice(0, 16)}Z`;
  host.stderr(`assume: forgot ${String(chosen.length)} cached sessions${atAws}\n`);
}

import type { Request } from '../argv.js';
import { readConfig, type Config } from '../config/config.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { moveStore, type MoveTarget } from '../store/move-store.js';
import type { StoreUse } from '../store/store-use.js';
import { findStore, proveStore } from '../store/stores.js';
import { nearest, settingsOf } from '../target/layers.js';
import { formatOrigin } from '../target/target.js';
import { visible, visibleJson } from '../visible.js';
import { sayUnlessQuiet } from './say.js';

const NAMES: readonly MoveTarget[] = ['auto', 'keychain', 'passphrase', 'pass', 'plain'];

/**
 * Shows which store is in use; with a name, moves all that is kept into that one.
 *
 * @throws AssumeError as `moveStore`; CONFIG_INVALID where the settings name another.
 */
export async function runConfigStore(
  { operands: [, name], options }: Request,
  host: Host,
): Promise<number> {
  const use = { host, config: readConfig(host), options, lockWaitMs: null };
  if (name !== undefined) {
    const target = readTarget(name, use.config);
    const moved = await moveStore(use, target, options.force === true);
    const what = moved
      ? `moved ${count(moved.sessions, 'session')} and ${count(moved.keys, 'long-term key')}`
      : 'nothing to move';
    sayUnlessQuiet(host, options, what);
    for (const { accessKeyId, identity } of moved?.lost ?? []) {
      host.stderr(
        `assume: gave up ${accessKeyId} of ${visible(identity)}, which nothing opens any more; it lives on at AWS until you delete it there: aws iam delete-access-key --access-key-id ${accessKeyId}\n`,
      );
    }
  }
  show(use);
  await tellIfClosed(use);
  return 0;
}

function readTarget(name: string, config: Config): MoveTarget {
  const target = NAMES.find((known) => known === name);
  if (!target) {
    throw new AssumeError('USAGE', `there is no store ${visible(name)}`, {
      hint: `stores are ${NAMES.join(', ')}`,
    });
  }
  const setting = nearest([settingsOf(config)], 'store');
  if (!setting || setting.value === 'auto' || setting.value === target) return target;
  const place = visible(formatOrigin(setting.origin));
  throw new AssumeError('CONFIG_INVALID', `store = ${setting.value} (${place}) says another`, {
    hint: `write store = ${target} there, or take that line away; then: assume config store ${target}`,
  });
}

function show(use: StoreUse): void {
  const { name, path, reason } = findStore(use);
  use.host.stdout(
    use.options.json
      ? `${visibleJson({ version: 1, name, path, reason })}\n`
      : `${name}${path === null ? '' : `, ${visible(path)}`}: ${visible(reason)}\n`,
  );
}

/** Which one it is can be told all the same. */
async function tellIfClosed(use: StoreUse): Promise<void> {
  try {
    await proveStore(use);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    use.host.stderr(`assume: ${visible(error.message)}\n  ${visible(error.hint ?? '')}\n`);
  }
}

function count(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? '' : 's'}`;
}

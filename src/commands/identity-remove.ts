import type { Request } from '../argv.js';
import type { AssumeSection } from '../config/assume-file.js';
import { readConfig, type Config } from '../config/config.js';
import { removeIniSection } from '../config/edit-ini.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { waitingName } from '../identity/store-key-home.js';
import { changeKeys, lookAtKeys } from '../store/key-store.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';
import { forgetSessions } from './forget-sessions.js';
import { sayUnlessQuiet } from './say.js';

/** Forgets an identity: its keys in the store, its sessions, its section of assume.ini. */
export const command: Command = {
  run: async (request, host) => {
    const config = readConfig(host);
    const name = request.operands[0] ?? '';
    const section = config.assume.index.find('identity', name);
    const kept = lookAtKeys(host)?.find(name)?.accessKeyId ?? null;
    const file = requireRemovable(config, name, section, kept);
    await agree(request, host, name, kept);
    if (kept !== null) {
      forgetSessions(host, kept);
      const use = { host, config, options: request.options, lockWaitMs: null };
      await changeKeys(use, (keys) => {
        keys.remove(waitingName(name));
        keys.remove(name);
        return Promise.resolve();
      });
    }
    if (file !== null) {
      await host.files.edit(file, (text) => removeIniSection(text, `identity ${name}`));
    }
    const atAws = kept === null ? '' : `; ${kept} lives on at AWS until you delete it there`;
    sayUnlessQuiet(host, request.options, `forgot ${name}${atAws}`);
    return 0;
  },
};

/** @returns The file that holds its section; `null` where there is none. */
function requireRemovable(
  { assume }: Config,
  name: string,
  section: AssumeSection | null,
  kept: string | null,
): string | null {
  if (!section && kept === null) {
    throw new AssumeError('USAGE', `there is no identity ${visible(name)} of assume's own`, {
      hint: 'see all: assume identity list',
    });
  }
  const user = assume.sections.find(({ values }) => values.identity?.value === name);
  const place = user?.values.identity;
  if (place) {
    const where = `${visible(place.file)}:${String(place.line)}`;
    throw new AssumeError('FAILED', `${visible(name)} is still named by ${where}`, {
      hint: 'name another identity there, or take the line away',
    });
  }
  return section?.file ?? null;
}

async function agree(
  { options }: Request,
  host: Host,
  name: string,
  kept: string | null,
): Promise<void> {
  if (options.force || kept === null) return;
  if (options['no-input'] || !host.terminal.canAsk) {
    throw new AssumeError('USAGE', `the store has the only copy of ${kept} here`, {
      hint: `to forget it all the same: assume identity remove ${visible(name)} --force`,
    });
  }
  const isAgreed = await host.terminal.choose(`Forget ${kept} of ${visible(name)}?`, [
    { name: 'no', value: false, haystack: 'no' },
    { name: 'yes', value: true, haystack: 'yes' },
  ]);
  if (!isAgreed) throw new AssumeError('CANCELLED', 'nothing was changed');
}

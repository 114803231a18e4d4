import { formatSpec } from '../target/identity-spec.js';
import { openKeyHome } from '../identity/key-home.js';
import { deleteRetired, tellRetirement } from '../session/retired-key.js';
import { readRotation, writeRotation, type Rotation } from '../store/rotations.js';
import { singleFlight } from '../store/single-flight.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';
import { openOwner } from './identity-owner.js';
import { beginRotation } from './identity-rotate-begin.js';
import type { Errand } from './identity-rotate-errand.js';
import { finishRotation } from './identity-rotate-finish.js';
import { refuseHalfImport } from './identity-rotate-refuse.js';
import { resumeRotation } from './identity-rotate-resume.js';
import { sayUnlessQuiet } from './say.js';

/**
 * Replaces an identity's access key: a new one is made, kept, proved to work and put in the place of
 * the old one, which is then deactivated and, a day later, deleted. Each step is noted before it is
 * taken: a run that ends anywhere between leaves keys that work, and the next one goes on from there.
 */
export const command: Command = {
  run: async (request, host) => {
    const owner = await openOwner(request, host, request.operands[0] ?? null);
    const { identity } = owner.target;
    const source = formatSpec(identity.source.value);
    const use = { host, config: owner.config, options: request.options, lockWaitMs: null };
    const errand: Errand = {
      ...owner,
      home: openKeyHome(use, identity),
      source,
      note: (rotation) => {
        writeRotation(host, source, rotation);
      },
      say: (text) => {
        sayUnlessQuiet(host, request.options, text);
      },
    };
    await singleFlight(
      use,
      `rotate-${source}`,
      `rotate the keys of ${visible(identity.name)}`,
      () => rotate(errand),
    );
    return 0;
  },
};

async function rotate(errand: Errand): Promise<void> {
  const { host, source, request, target } = errand;
  refuseHalfImport(errand);
  const noted = readRotation(host, source);
  if (noted?.phase === 'retired' && request.options.delete) {
    await deleteOld(errand, noted);
    return;
  }
  const unfinished = await resumeRotation(errand, noted);
  const promoted = unfinished ?? (await beginRotation(errand));
  const retired = await finishRotation(errand, promoted);
  if (request.options.delete) {
    await deleteOld(errand, retired);
    return;
  }
  const { name } = target.identity;
  errand.say(
    `deactivated ${retired.oldKeyId}; it is deleted at your next use a day from now, or at once by: assume identity rotate ${name} --delete`,
  );
}

async function deleteOld(errand: Errand, retired: Rotation): Promise<void> {
  const { aws, sign, home, note, say } = errand;
  const { current } = await home.read();
  const work = sign((signer) => deleteRetired(aws, signer, retired), current ?? errand.keys);
  say(tellRetirement(retired.oldKeyId, await work));
  note(null);
}

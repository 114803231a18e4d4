import { readConfig } from '../config/config.js';
import type { Host } from '../host/host.js';
import { watchHost, type Seen } from '../host/watch-host.js';
import { attempt } from '../store/attempt.js';
import { writeListing, type Listing } from '../store/catalogue-index.js';
import { makeEvidence } from '../store/evidence.js';
import { writeNames } from '../store/names-file.js';
import { findStore } from '../store/stores.js';
import { makeCatalogue } from '../target/catalogue.js';
import type { ListedTarget } from '../target/listed-target.js';
import { nothingConfigured } from '../target/nothing-configured.js';
import { formatNames } from './name-lines.js';

/**
 * Reads the files, and notes what they say for the next time.
 *
 * @throws AssumeError as `readConfig` and `findStore`.
 */
export function makeListing(host: Host): Listing {
  const ofFiles = watchHost(host);
  const config = readConfig(ofFiles.host);
  const targets = makeCatalogue(config).map(withoutLayers);
  const files = ofFiles.end();
  const ofStore = watchHost(host);
  const { path, isEncrypted } = findStore({
    ...{ host: ofStore.host, config, options: {}, lockWaitMs: null },
  });
  const listing = { targets, store: path === null ? null : { path, isEncrypted } };
  const evidence = makeEvidence(bothSeen(files, ofStore.end()), host.now());
  if (files && evidence && targets.length > 0) {
    attempt(host, 'note the catalogue', () => {
      writeListing(host, evidence, listing);
      writeNames(host, files, formatNames(targets.map(({ name }) => name)));
    });
  }
  return listing;
}

function bothSeen(first: Seen | null, second: Seen | null): Seen | null {
  return (
    first &&
    second && {
      variables: { ...first.variables, ...second.variables },
      places: { ...first.places, ...second.places },
      contents: { ...first.contents, ...second.contents },
      changedMs: Math.max(first.changedMs, second.changedMs),
      isOfItsTime: first.isOfItsTime || second.isOfItsTime,
    }
  );
}

/** What stands for a list without a target, as lines. */
export function explainEmpty(host: Host): string {
  const { message, hint = '' } = nothingConfigured(readConfig(host));
  return `assume: ${message}\n${hint.replaceAll(/^/gm, '  ')}\n`;
}

function withoutLayers({
  layers: _layers,
  profile: _profile,
  ...listed
}: ReturnType<typeof makeCatalogue>[number]): ListedTarget {
  return listed;
}

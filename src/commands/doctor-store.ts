import { readConfig } from '../config/config.js';
import { assumeLocation } from '../config/locations.js';
import { posixWord } from '../dialect/posix.js';
import { isAssumeError, type AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { findMemoryDirectory } from '../store/memory-directory.js';
import { findStore, isUndecided, proveStore } from '../store/stores.js';
import { octal } from './doctor-files.js';
import type { Finding } from './doctor-finding.js';

/** Where sessions rest, why there, and whether they can. */
export async function checkStore(host: Host): Promise<Finding[]> {
  try {
    const use = { host, config: readConfig(host), options: {}, lockWaitMs: null };
    const { name, path, reason } = findStore(use);
    if (isUndecided(use)) return [{ topic: 'store', state: 'good', text: reason, advice: null }];
    // One that fails only when it is needed is found here.
    await proveStore(use);
    const memory = findMemoryDirectory(host);
    const passedOver = path === memory.path ? memory.refusals : [];
    return [
      path === null
        ? notKept(host, reason)
        : judge(host, 'store', path, `${name}, ${path}: ${reason}`),
      ...passedOver.map((refusal) => findingOf('store', 'odd', refusal)),
    ];
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    // That the files are wrong is told elsewhere.
    return error.exitStatus === 3 ? [] : [findingOf('store', 'wrong', error)];
  }
}

/** Whether locks, and what is learned of a key, can be kept. */
export function checkState(host: Host): Finding[] {
  const state = ownDirectory(host, 'state');
  if (state === null) {
    return [
      {
        topic: 'state',
        state: 'odd',
        text: 'nothing is remembered, and no process waits for another: there is no home directory',
        advice: 'export HOME=/PATH/OF/YOUR/HOME',
      },
    ];
  }
  const whole = judge(host, 'state', state, state);
  if (whole.state !== 'good') return [whole];
  // A run as root leaves directories in it that are root's.
  const parts = host.files.list(state).map((name) => `${state}/${name}`);
  const wrong = parts
    .filter((path) => host.files.facts(path)?.kind === 'directory')
    .map((path) => judge(host, 'state', path, path))
    .filter((finding) => finding.state !== 'good');
  return wrong.length > 0 ? wrong : [whole];
}

function notKept(host: Host, reason: string): Finding {
  const file = assumeLocation(host);
  return {
    topic: 'store',
    state: 'odd',
    text: `sessions are not kept: ${reason}`,
    advice:
      ownDirectory(host, 'cache') === null || file === null
        ? 'export HOME=/PATH/OF/YOUR/HOME'
        : `to keep them encrypted: assume config store passphrase; on disk, in clear: store = plain under [settings] in ${file}`,
  };
}

/** Ours alone, to be read and to be written; it need not be there yet. */
function judge(host: Host, topic: string, directory: string, text: string): Finding {
  try {
    if (host.files.provePrivateDirectory(directory)) {
      const mode = host.files.facts(directory)?.mode ?? 0;
      if ((mode & 0o700) !== 0o700) return closedToOurselves(topic, directory, mode);
    }
    host.files.proveWritable(directory);
    return { topic, state: 'good', text, advice: null };
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return findingOf(topic, 'wrong', error);
  }
}

function closedToOurselves(topic: string, directory: string, mode: number): Finding {
  return {
    topic,
    state: 'wrong',
    text: `${directory} is closed to yourself: ${octal(mode)}`,
    advice: `chmod 700 ${posixWord(directory)}`,
  };
}

function findingOf(topic: string, state: Finding['state'], error: AssumeError): Finding {
  return { topic, state, text: error.message, advice: error.hint ?? null };
}

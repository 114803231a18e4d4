import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { attempt, readIfOurs } from './attempt.js';
import { instantOrNull, parseRecord, textOrNull } from './json-record.js';

/** How long a keychain that did not work is left alone: trying it may take half a second. */
const LEFT_ALONE_MS = 3600 * 1000;

/** Why no system keychain is used, as words that follow "because"; `null` when one is to be tried. */
export function whyNoKeychain(host: Host): string | null {
  const place = host.keychain.findPlace(host);
  if (place === null) return `there is no system keychain here (${host.keychain.whyNot})`;
  // In a sandbox nothing of the user's is touched.
  if (host.env['ASSUME_SANDBOX']) return 'a sandbox uses no system keychain';
  const path = notePath(host);
  const note = path === null ? null : parseRecord(readIfOurs(host, path) ?? '');
  const until = instantOrNull(note?.['until']);
  const problem = textOrNull(note?.['problem']);
  // Another session's, such as the desktop's after a login from elsewhere, is another chance.
  const holds = note?.['place'] === place && until !== null && until > host.now();
  return holds && problem !== null ? `the system keychain does not work (${problem})` : null;
}

/** Remembers for a while that it does not work, so that not every run has to find out. */
export function noteUnusable(host: Host, problem: string): void {
  const path = notePath(host);
  if (path === null) return;
  const until = new Date(host.now().getTime() + LEFT_ALONE_MS);
  attempt(host, 'remember that the system keychain does not work', () => {
    host.files.makePrivateDirectory(path.slice(0, path.lastIndexOf('/')));
    const place = host.keychain.findPlace(host);
    host.files.writePrivate(path, JSON.stringify({ place, until, problem }));
  });
}

function notePath(host: Host): string | null {
  const directory = ownDirectory(host, 'state');
  return directory === null ? null : `${directory}/no-keychain.json`;
}

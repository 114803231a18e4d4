import { createHash } from 'node:crypto';
import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { attempt, readIfOurs } from './attempt.js';
import { parseRecord, textOrNull } from './json-record.js';

/** The MFA device that an enrolment of this key made and has neither enabled nor deleted. */
export function readHalfMade(host: Host, accessKeyId: string): string | null {
  const path = pathOf(host, accessKeyId);
  const text = path === null ? null : readIfOurs(host, path);
  return textOrNull(parseRecord(text ?? '')?.['serial']);
}

/** Notes it, so that the next enrolment deletes what a killed one left; `null`: there is none. */
export function noteHalfMade(host: Host, accessKeyId: string, serial: string | null): void {
  const path = pathOf(host, accessKeyId);
  if (path === null) return;
  attempt(host, 'note the MFA device that is being made', () => {
    if (serial === null) {
      host.files.remove(path);
      return;
    }
    host.files.makePrivateDirectory(path.slice(0, path.lastIndexOf('/')));
    host.files.writePrivate(path, JSON.stringify({ version: 1, serial }));
  });
}

function pathOf(host: Host, accessKeyId: string): string | null {
  const directory = ownDirectory(host, 'state');
  const digest = createHash('sha256').update(accessKeyId).digest('hex').slice(0, 32);
  return directory === null ? null : `${directory}/half-made/${digest}.json`;
}

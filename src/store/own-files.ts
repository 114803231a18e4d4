import type { Host } from '../host/host.js';

/** What our files in the directory are called, without that ending. In another user's is nothing of ours. */
export function ownNames({ files, userId }: Host, directory: string, ending: string): string[] {
  const owner = files.facts(directory)?.userId ?? userId;
  if (userId !== null && owner !== userId) return [];
  // A directory that can be listed and not entered would seem to hold nothing that can be read.
  files.facts(`${directory}/.`);
  return files
    .list(directory)
    .flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
}

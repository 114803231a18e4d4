import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Practice } from './practice.js';

const directoryOf = ({ home }: Practice): string =>
  join(home.path, '.local/state/assume/rotations');

/** The notes of rotations that are under way, or whose old key is not deleted yet. */
export function notedRotations(practice: Practice): Record<string, unknown>[] {
  const directory = directoryOf(practice);
  const files = existsSync(directory) ? readdirSync(directory) : [];
  return files.map((file) => {
    const text = readFileSync(join(directory, file), 'utf8');
    return JSON.parse(text) as Record<string, unknown>;
  });
}

/** Leaves a note as a killed run would. */
export function writeRotation(practice: Practice, source: string, note: object): void {
  const directory = directoryOf(practice);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 32);
  writeFileSync(join(directory, `${digest}.json`), JSON.stringify(note));
}

/** Lets every key that was rotated away have rested so much longer. */
export function ageRotations(practice: Practice, hours: number): void {
  const directory = directoryOf(practice);
  for (const file of readdirSync(directory)) {
    const path = join(directory, file);
    const note = JSON.parse(readFileSync(path, 'utf8')) as { notBefore: string };
    const notBefore = new Date(Date.parse(note.notBefore) - hours * 3_600_000);
    writeFileSync(path, JSON.stringify({ ...note, notBefore }));
  }
}

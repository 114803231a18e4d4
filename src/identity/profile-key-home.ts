import { dirname } from 'node:path';
import type { Config } from '../config/config.js';
import { editIniSection, readIniSection, removeIniSection } from '../config/edit-ini.js';
import { readIniLines } from '../config/ini-lines.js';
import { toBytes } from '../config/ini-writable.js';
import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { namingFile } from '../host/file-error.js';
import type { Host } from '../host/host.js';
import { sweepLeftovers } from '../host/sweep-leftovers.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { visible } from '../visible.js';
import type { KeyHome } from './key-home.js';
import { keyFileOf, keysIn, sectionOfProfile, waitingSection } from './profile-section.js';

const SECRET = { isSecret: true };

/**
 * Keys in one of AWS's files, where they rest in clear by their owner's choice. The pair that waits
 * stands in a section of its own; every profile of the file with the same key gets the new one.
 */
export function profileKeyHome(host: Host, config: Config, profile: string): KeyHome {
  const { file, prefix } = keyFileOf(config, profile);
  const next = waitingSection(prefix, profile);
  const text = (): string => toBytes(host.files.readText(file) ?? '');
  const current = (now: string): Credentials | null =>
    keysIn(now, sectionOfProfile(now, prefix, profile));
  return {
    place: `profile ${visible(profile)} of ${visible(file)}`,
    read: () =>
      Promise.resolve(
        namingFile(file, () => ({ current: current(text()), next: keysIn(text(), next) })),
      ),
    prove: () => {
      namingFile(file, () => {
        const now = text();
        if (!current(now)) throw elsewhere(profile, file);
        // Throws where some reader would not give the section back.
        editIniSection(now, next, { aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE' });
      });
      host.files.proveWritable(dirname(file));
      sweepLeftovers(host, dirname(file), (name) => name === 'probe');
      return Promise.resolve();
    },
    keepNext: async (keys) => {
      const values = { ...pairOf(keys), [WRITTEN_MARK]: `the next key of ${profile}` };
      await host.files.edit(file, (now) => editIniSection(now, next, values), SECRET);
      const kept = keysIn(text(), next);
      if (kept?.secretAccessKey.reveal() !== keys.secretAccessKey.reveal()) throw lost(file);
    },
    promote: (before, keys) => {
      const edit = (now: string): string => {
        const id = current(now)?.accessKeyId;
        if (id !== before && id !== keys.accessKeyId) throw changed(profile, file);
        return sectionsWith(now, before).reduce(
          (edited, section) => editIniSection(edited, section, pairOf(keys)),
          removeIniSection(now, next),
        );
      };
      return host.files.edit(file, edit, SECRET);
    },
    dropNext: () => host.files.edit(file, (now) => removeIniSection(now, next)),
  };
}

function pairOf({ accessKeyId, secretAccessKey }: Credentials): Record<string, string> {
  return { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey.reveal() };
}

function sectionsWith(text: string, accessKeyId: string): string[] {
  const sections = new Set(readIniLines(text).flatMap(({ section }) => section ?? []));
  return [...sections].filter(
    (section) => readIniSection(text, section)?.get('aws_access_key_id') === accessKeyId,
  );
}

function elsewhere(profile: string, file: string): AssumeError {
  const problem = `profile ${visible(profile)} has its two keys in different places`;
  return new AssumeError('IDENTITY_INVALID', problem, {
    hint: `write both into one section of ${visible(file)}`,
  });
}

function lost(file: string): AssumeError {
  return new AssumeError('FAILED', `a key that was just written to ${visible(file)} is not there`, {
    hint: 'find out what else writes to that file, then try again',
  });
}

function changed(profile: string, file: string): AssumeError {
  const problem = `the keys of profile ${visible(profile)} in ${visible(file)} were changed meanwhile`;
  return new AssumeError('FAILED', problem, { hint: 'see what is there: assume identity list' });
}

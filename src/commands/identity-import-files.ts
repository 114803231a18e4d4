import type { AssumeSection } from '../config/assume-file.js';
import { SCHEMA, type SettingKey } from '../config/assume-schema.js';
import type { Config } from '../config/config.js';
import { editIniSection, readIniSection } from '../config/edit-ini.js';
import { removeIniKeys } from '../config/remove-keys.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { keysIn, sectionOfProfile } from '../identity/profile-section.js';
import { profileValue } from '../target/profile-value.js';
import { visible } from '../visible.js';
import type { Import } from './identity-import-find.js';

/** What an identity says of itself, and the key by which a profile says it. */
const TAKEN_ALONG = [
  ['account_id', 'accountId', 'aws_account_id'],
  ['mfa_serial', 'mfaSerial', 'mfa_serial'],
  ['mfa_command', 'mfaCommand', 'mfa_process'],
  ['sts_region', 'stsRegion', 'region'],
] as const satisfies readonly (readonly [SettingKey, keyof AssumeSection['values'], string])[];

/** The process by which AWS's tools get the keys, raw: those that ask for MFA take no session. */
export function processOf(identity: string, platform: NodeJS.Platform): string {
  return `assume credential-process ${quoted(`identity:${identity}`, platform)} --long-term`;
}

/** For whoever splits it into words, and for those SDKs that give it to a shell; no name has a quote. */
function quoted(word: string, platform: NodeJS.Platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return platform === 'win32' ? `"${word}"` : `'${word}'`;
}

/** Writes the identity into assume.ini, and its process into each profile. @throws AssumeError */
export async function leadThere(host: Host, config: Config, found: Import): Promise<void> {
  const { identity, section, profiles } = found;
  const { assume, aws } = config;
  const [ini, path] = [section?.file ?? assume.mainPath, aws.config.path];
  if (ini === null || path === null) {
    throw new AssumeError(
      'CONFIG_UNREADABLE',
      'there is no place for assume.ini or ~/.aws/config',
      {
        hint: 'set HOME',
      },
    );
  }
  const values = { credentials: 'keychain', ...takenAlong(config, found) };
  await host.files.edit(ini, (text) => {
    if (section && !readIniSection(text, `identity ${identity}`)) throw unusual(section);
    return editIniSection(text, `identity ${identity}`, values);
  });
  const process = { credential_process: processOf(identity, host.platform) };
  await host.files.edit(path, (text) =>
    profiles.reduce(
      (edited, profile) => editIniSection(edited, headerFor(edited, profile), process),
      text,
    ),
  );
}

/** A new section for `default` is `[default]`. */
const headerFor = (text: string, profile: string): string =>
  sectionOfProfile(text, 'profile ', profile);

/** What targets that start from the identity by its name would not find in the profile any more. */
function takenAlong(config: Config, { profile, section }: Import): Record<string, string> {
  const from = config.aws.profiles.get(profile);
  const pairs = TAKEN_ALONG.flatMap(([key, field, theirs]) => {
    const value = from && profileValue(from, theirs)?.value;
    const isWanted = value && section?.values[field] === undefined && fits(key, value);
    return isWanted ? [[key, value] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** Only what assume.ini takes, and reads back as it is. */
function fits(key: SettingKey, value: string): boolean {
  return !/["'`;#\\]|\s$/.test(value) && !('problem' in SCHEMA[key].parse(value));
}

/**
 * Takes the keys out of the file, where they are still those that are kept.
 *
 * @throws AssumeError FAILED where they are others by now.
 */
export function takeOut(host: Host, { profiles, keys, place }: Import): Promise<void> {
  const take = (text: string, profile: string): string => {
    const section = sectionOfProfile(text, place.prefix, profile);
    const now = keysIn(text, section);
    const isOther =
      now &&
      (now.accessKeyId !== keys.accessKeyId ||
        now.secretAccessKey.reveal() !== keys.secretAccessKey.reveal());
    if (isOther) throw changed(profile, place.file);
    return now
      ? removeIniKeys(text, section, ['aws_access_key_id', 'aws_secret_access_key'])
      : text;
  };
  return host.files.edit(place.file, (text) => profiles.reduce(take, text), { isSecret: true });
}

function changed(profile: string, file: string): AssumeError {
  const problem = `the keys of profile ${visible(profile)} in ${visible(file)} were changed meanwhile, and stay there`;
  return new AssumeError('FAILED', problem, { hint: 'run it again: assume identity import' });
}

function unusual({ name, file, line }: AssumeSection): AssumeError {
  const place = `${visible(file)}:${String(line)}`;
  return new AssumeError(
    'FAILED',
    `the header of identity ${visible(name)} cannot be edited (${place})`,
    {
      hint: `write it as [identity ${visible(name)}]`,
    },
  );
}

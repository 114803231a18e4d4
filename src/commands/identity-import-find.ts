import type { Request } from '../argv.js';
import type { AssumeSection } from '../config/assume-file.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { readIniSection } from '../config/edit-ini.js';
import { readIniLines } from '../config/ini-lines.js';
import { toBytes } from '../config/ini-writable.js';
import { explainName } from '../config/names.js';
import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { namingFile } from '../host/file-error.js';
import type { Host } from '../host/host.js';
import { keyFileOf, keysIn, sectionOfProfile, type KeyFile } from '../identity/profile-section.js';
import { lookAtKeys } from '../store/key-store.js';
import { readRotation } from '../store/rotations.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { hasAny } from '../target/profile-value.js';
import { hasStaticKeys } from '../target/static-keys.js';
import { visible } from '../visible.js';
import { profileToImport } from './identity-import-profile.js';
import { requireMovable } from './identity-import-refuse.js';

/** Long-term keys that are to be moved, and to where. */
export interface Import {
  /** The profile that was meant. */
  readonly profile: string;
  /** Every profile of the file with that key, that one first. */
  readonly profiles: readonly string[];
  readonly keys: Credentials;
  readonly place: KeyFile;
  /** The name they get in the store. */
  readonly identity: string;
  /** Of that name, or the one that reads the profile; `null` where it is to be made. */
  readonly section: AssumeSection | null;
  /** Where the same key will still be: sections that assume has written. */
  readonly copies: readonly string[];
  /** The key that a rotation has put in its place, which the store has; `null` for one in use. */
  readonly replacedBy: string | null;
}

/**
 * What is to be moved, found anew at each run: also what an interrupted one has left.
 *
 * @throws AssumeError USAGE, IDENTITY_INVALID or FAILED for what cannot or need not be moved.
 */
export function findImport(config: Config, host: Host, request: Request): Import {
  const profile = profileToImport(config, host, request);
  // Throws for half a key, with its place.
  hasStaticKeys(profile);
  const place = keyFileOf(config, profile.name);
  const text = toBytes(host.files.readText(place.file) ?? '');
  const keys = namingFile(place.file, () =>
    keysIn(text, sectionOfProfile(text, place.prefix, profile.name)),
  );
  if (!keys) throw elsewhere(profile, place);
  const same = [...config.aws.profiles.values()].filter(({ name }) => {
    return (
      keysIn(text, sectionOfProfile(text, place.prefix, name))?.accessKeyId === keys.accessKeyId
    );
  });
  const theirs = same.filter(({ values }) => !values.has(WRITTEN_MARK));
  const others = theirs.filter((one) => one !== profile);
  const { identity, replacedBy } = nameFor(config, host, profile.name, keys, place);
  const profiles = [profile, ...others].map(({ name }) => name);
  for (const one of [profile, ...others]) {
    requireMovable(config, host, one, { identity, profiles });
  }
  return {
    profile: profile.name,
    profiles,
    ...{ keys, place, identity, replacedBy },
    section: config.assume.index.find('identity', identity),
    copies: copiesOf(
      text,
      keys,
      place.file,
      theirs.map(({ name }) => name),
    ),
  };
}

/**
 * The name under which the store has that very key already, else of the `[identity]` that reads the
 * profile, else the profile's own.
 */
function nameFor(
  config: Config,
  host: Host,
  profile: string,
  { accessKeyId }: Credentials,
  { file }: KeyFile,
): Pick<Import, 'identity' | 'replacedBy'> {
  const stored = lookAtKeys(host)?.list() ?? [];
  const [kept] = stored
    .filter((one) => one.accessKeyId === accessKeyId && !one.identity.includes('/'))
    .map(({ identity }) => identity);
  const reader = config.assume.index.ofKind('identity').find(({ values }) => {
    const credentials = values.credentials?.value;
    return credentials?.kind === 'profile' && credentials.profile === profile;
  });
  const name = kept ?? reader?.name ?? profile;
  requireName(name);
  const other = stored.find(({ identity }) => identity === name);
  if (!other || other.accessKeyId === accessKeyId) return { identity: name, replacedBy: null };
  if (readRotation(host, `keychain:${name}`)?.oldKeyId === accessKeyId) {
    return { identity: name, replacedBy: other.accessKeyId };
  }
  throw new AssumeError(
    'FAILED',
    `the store holds another key as identity ${visible(name)}: ${other.accessKeyId}`,
    {
      hint: `if ${accessKeyId} is an old one, take its two lines out of ${visible(file)}; to keep it in place of the other: assume identity remove ${visible(name)}`,
    },
  );
}

function requireName(name: string): void {
  const problem = explainName(name);
  if (problem === null) return;
  throw new AssumeError('USAGE', `no identity can be named ${visible(name)}: the name ${problem}`, {
    hint: 'write an [identity NAME] with credentials = profile:… into assume.ini, and import that',
  });
}

/** Sections that are none of those profiles' and hold the key. */
function copiesOf(
  text: string,
  { accessKeyId }: Credentials,
  file: string,
  profiles: readonly string[],
): string[] {
  const sections = new Set(readIniLines(text).flatMap(({ section }) => section ?? []));
  return [...sections]
    .filter((section) => readIniSection(text, section)?.get('aws_access_key_id') === accessKeyId)
    .filter((section) => !profiles.includes(section.replace(/^profile /, '')))
    .map((section) => `[${section}] of ${file}`);
}

function elsewhere(profile: AwsSection, { file }: KeyFile): AssumeError {
  const name = visible(profile.name);
  const what = hasAny(profile, ['include_profile']) ? 'includes its keys' : 'has no pair of keys';
  return new AssumeError(
    'IDENTITY_INVALID',
    `profile ${name} ${what}${what.startsWith('has') ? ` in one section of ${visible(file)}` : ' from another profile'}`,
    { hint: 'import the profile that holds both' },
  );
}

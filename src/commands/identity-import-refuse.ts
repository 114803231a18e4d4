import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { readIniSection } from '../config/edit-ini.js';
import { toBytes } from '../config/ini-writable.js';
import { AssumeError } from '../errors.js';
import { namingFile } from '../host/file-error.js';
import type { Host } from '../host/host.js';
import { keyFileOf, sectionOfProfile, waitingSection } from '../identity/profile-section.js';
import { identityIn, readAlias } from '../target/alias.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { formatPlace, hasAny, profileValue } from '../target/profile-value.js';
import { visible } from '../visible.js';
import type { Import } from './identity-import-find.js';

/** What some tool would look at before the process, or instead of it. */
const OTHER =
  /^(role_arn|source_profile|credential_source|credential_process|web_identity_token_file|login_session|sso_.*)$/;

/**
 * Proves that the profile holds long-term keys and nothing else that gives credentials, so that a
 * process in their place means the same to every tool.
 *
 * @throws AssumeError IDENTITY_INVALID or FAILED, with file and line.
 */
export function requireMovable(
  config: Config,
  host: Host,
  profile: AwsSection,
  { identity, profiles }: Pick<Import, 'identity' | 'profiles'>,
): void {
  refuseNoKeys(profile);
  refuseOther(profile, identity);
  refuseIdentity(config, profiles, identity);
  refuseMore(config, host, profile.name);
}

function refuseNoKeys(profile: AwsSection): void {
  const name = visible(profile.name);
  const id = profileValue(profile, 'aws_access_key_id');
  const mark = profile.values.get(WRITTEN_MARK);
  if (mark) {
    throw invalid(
      `profile ${name} is what assume write has written (${visible(formatPlace(mark))})`,
      'import the profile that the keys came from',
    );
  }
  const isTemporary = hasAny(profile, ['aws_session_token', 'aws_security_token']);
  if (!id || isTemporary || id.value.startsWith('ASIA')) {
    const place = visible(formatPlace(id ?? profile));
    throw invalid(
      `profile ${name} holds temporary keys (${place}), which expire by themselves`,
      'only the long-term keys of an IAM user are moved',
    );
  }
}

function refuseOther(profile: AwsSection, identity: string): void {
  const found = [...profile.values].find(([key, { value }]) => OTHER.test(key) && value !== '');
  if (!found) return;
  const [key, value] = found;
  if (key === 'credential_process' && identityOf(profile) === identity) return;
  throw invalid(
    `profile ${visible(profile.name)} has ${key} (${visible(formatPlace(value))}) beside its keys`,
    'give the keys a profile of their own, and name it as source_profile',
  );
}

const identityOf = (profile: AwsSection): string | null =>
  identityIn(readAlias(profile)?.name ?? '');

/** An `[identity]` of that name which has its credentials from elsewhere is another one. */
function refuseIdentity({ assume }: Config, profiles: readonly string[], identity: string): void {
  const credentials = assume.index.find('identity', identity)?.values.credentials;
  if (!credentials || credentials.value.kind === 'keychain') return;
  const { value } = credentials;
  if (value.kind === 'profile' && profiles.includes(value.profile)) return;
  const place = visible(formatPlace(credentials));
  throw new AssumeError(
    'FAILED',
    `identity ${visible(identity)} has its credentials from elsewhere (${place})`,
    { hint: 'rename that section, or take its credentials line away' },
  );
}

/** In the same file the next key of a rotation; in the other one keys that would come to count. */
function refuseMore(config: Config, host: Host, profile: string): void {
  const { file, prefix } = keyFileOf(config, profile);
  const textOf = (path: string): string => toBytes(host.files.readText(path) ?? '');
  const shown = visible(profile);
  if (readIniSection(textOf(file), waitingSection(prefix, profile))) {
    throw new AssumeError('FAILED', `the keys of profile ${shown} are being rotated`, {
      hint: `finish that first: assume identity rotate ${shown}`,
    });
  }
  const { path } = config.aws.config;
  if (path === null || path === file) return;
  const text = textOf(path);
  const values = namingFile(path, () =>
    readIniSection(text, sectionOfProfile(text, 'profile ', profile)),
  );
  if (!values?.has('aws_access_key_id') && !values?.has('aws_secret_access_key')) return;
  throw invalid(
    `profile ${shown} has keys in both files, ${visible(file)} and ${visible(path)}`,
    `take those in ${visible(path)} away, which no tool looks at`,
  );
}

const invalid = (problem: string, hint: string): AssumeError =>
  new AssumeError('IDENTITY_INVALID', problem, { hint });

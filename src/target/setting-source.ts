import { dirname, resolve } from 'node:path';
import type { AssumeSection } from '../config/assume-file.js';
import type { Config } from '../config/config.js';
import type { CredentialsSetting } from '../config/credentials-setting.js';
import { AssumeError } from '../errors.js';
import type { Environment } from '../host/host.js';
import { visible } from '../visible.js';
import { wordsForUs } from './alias.js';
import { containerSpec, instanceSpec, webIdentityOfEnvironment } from './ambient-specs.js';
import type { IdentitySpec, WebIdentitySpec } from './identity-spec.js';
import { ssoSessionOf } from './profile-sso.js';
import { formatPlace, type Place } from './profile-value.js';

/** Every setting but one that names a profile, whose chain tells its source. */
type OwnSetting = Exclude<CredentialsSetting, { kind: 'profile' }>;

/**
 * What an identity's `credentials` stand for.
 *
 * @throws AssumeError CONFIG_INVALID or IDENTITY_INVALID when what they name is not there.
 */
export function specOfSetting(
  config: Config,
  env: Environment,
  section: AssumeSection,
  setting: OwnSetting,
): IdentitySpec {
  const place = section.values.credentials ?? section;
  switch (setting.kind) {
    case 'keychain':
      return { kind: 'keychain', identity: section.name };
    case 'container':
      return containerSpec(env);
    case 'instance-metadata':
      return instanceSpec(env, null);
    case 'login':
      return { ...setting, region: null };
    case 'sso': {
      const { session, ...role } = setting;
      return { ...role, ...ssoSessionOf(config.aws, session, place) };
    }
    case 'web-identity':
      return webIdentityOf(env, section, setting.role, place);
    case 'process':
      if (wordsForUs(setting.command)) throw runsUs(section, place);
      return setting;
    case 'environment':
      return { kind: 'environment' };
  }
}

/** A token file's path is from the file that names it; the person's name is that of the session. */
function webIdentityOf(
  env: Environment,
  section: AssumeSection,
  role: { readonly roleArn: string; readonly tokenFile: string } | null,
  place: Place,
): WebIdentitySpec {
  const userName = section.values.userName?.value ?? null;
  if (role) {
    const tokenFile = resolve(dirname(place.file), role.tokenFile);
    const { roleArn } = role;
    return {
      kind: 'web-identity',
      roleArn,
      tokenFile,
      sessionName: userName,
      durationSeconds: null,
    };
  }
  const named = webIdentityOfEnvironment(env);
  if (!named) throw noWebIdentity(place);
  return { ...named, sessionName: named.sessionName ?? userName };
}

function runsUs(section: AssumeSection, place: Place): AssumeError {
  return new AssumeError(
    'CONFIG_INVALID',
    `${formatPlace(place)}: nothing can start from identity ${visible(section.name)}: its process is assume itself`,
    { hint: 'name what holds the credentials: credentials = profile:NAME' },
  );
}

function noWebIdentity(place: Place): AssumeError {
  return new AssumeError(
    'IDENTITY_INVALID',
    `${formatPlace(place)}: the environment names no web identity: AWS_ROLE_ARN or AWS_WEB_IDENTITY_TOKEN_FILE is not set`,
    { hint: 'set both, or write: credentials = web-identity:ROLE_ARN TOKEN_FILE' },
  );
}

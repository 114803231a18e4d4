import type { Request } from '../argv.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { explainNoKeys, lookAtKeys } from '../store/key-store.js';
import { formatSpec } from '../target/identity-spec.js';
import { identityTarget } from '../target/identity-target.js';
import { formatPlace, hasAny, profileValue } from '../target/profile-value.js';
import { visible } from '../visible.js';

const STATIC = ['aws_access_key_id', 'aws_secret_access_key'];

/**
 * The profile that holds the keys in clear: the one that is named, the one that the named identity
 * reads, or that of the identity which targets start from. An identity that an interrupted run has
 * put into the store is looked for by its key.
 *
 * @throws AssumeError IDENTITY_INVALID or CONFIG_INVALID where there are none; FAILED where they are moved already.
 */
export function profileToImport(config: Config, host: Host, { operands }: Request): AwsSection {
  const { profiles } = config.aws;
  const [name = null] = operands;
  const named = name === null ? undefined : profiles.get(name.replace(/^profile:/, ''));
  if (named && hasAny(named, STATIC)) return named;
  const { identity } = identityTarget(config, host, name, {});
  const spec = identity.source.value;
  if (spec.kind === 'profile') {
    const profile = profiles.get(spec.profile);
    if (profile) return profile;
  }
  if (spec.kind !== 'keychain') throw elsewhere(identity.name, formatSpec(spec));
  const id = lookAtKeys(host)?.find(spec.identity)?.accessKeyId;
  const left = [...profiles.values()].find(
    (profile) => profileValue(profile, 'aws_access_key_id')?.value === id,
  );
  if (id !== undefined && left) return left;
  if (id === undefined) {
    const problem = `${explainNoKeys(host, spec.identity)}, nor does any profile that leads there`;
    throw new AssumeError('CONFIG_INVALID', problem, {
      hint: `make a new key at AWS, and put it there: assume identity add ${visible(spec.identity)}`,
    });
  }
  const process = named && profileValue(named, 'credential_process');
  const where = process ? ` (${visible(formatPlace(process))})` : '';
  const what = named ? `profile ${visible(named.name)}` : visible(identity.name);
  throw new AssumeError(
    'FAILED',
    `the keys of ${what} are in the store already, as identity ${visible(spec.identity)}${where}`,
    { hint: 'see all: assume identity list' },
  );
}

function elsewhere(name: string, source: string): AssumeError {
  return new AssumeError(
    'IDENTITY_INVALID',
    `${visible(name)} has no long-term keys in AWS's files: its credentials come from ${visible(source)}`,
    { hint: 'see where each rests: assume identity list; to add a key: assume identity add NAME' },
  );
}

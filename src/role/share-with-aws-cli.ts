import {
  cliCacheDirectory,
  cliCacheFile,
  formatCliEntry,
  parseCliEntry,
  type CliRequest,
} from '../aws/cli-cache.js';
import type { AwsSection } from '../config/aws-file.js';
import { isAssumeError } from '../errors.js';
import type { Environment, Host } from '../host/host.js';
import type { Hop } from '../plan/plan.js';
import type { Stage } from '../session/stage.js';
import { sayOnce } from '../store/say-once.js';
import type { CacheEntry } from '../store/cache-entry.js';
import { settingsOf } from '../target/layers.js';
import { profileValue } from '../target/profile-value.js';
import type { Target } from '../target/target.js';
import { visible } from '../visible.js';

/**
 * With `share_aws_cli_cache = yes`, also puts a profile's role where the AWS CLI keeps those that it
 * has assumed, so that `aws --profile` asks no code. Only what the CLI itself would have got for that
 * profile is put there, never a target that is protected or may not be cached, and nothing in the
 * place of credentials that last longer. That it fails is told and stops nothing.
 */
export async function shareWithAwsCli(stage: Stage, entry: CacheEntry): Promise<void> {
  const { host, config, options } = stage;
  if (!settingsOf(config)?.values.shareAwsCliCache?.value) return;
  const directory = cliCacheDirectory(host);
  const profile = profileToShare(stage);
  if (!directory || !profile) return;
  const path = `${directory}/${cliCacheFile(requestOf(profile))}`;
  if (!options.quiet) {
    const place = `${visible(directory)}, not encrypted, until they expire`;
    sayOnce(host, 'aws-cli', directory, `roles of profiles are also kept in ${place}`);
  }
  try {
    await put(host, path, entry);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    host.stderr(`assume: could not share the role with the AWS CLI: ${error.message}\n`);
  }
}

async function put(host: Host, path: string, entry: CacheEntry): Promise<void> {
  const isOutlasted = (text: string): boolean =>
    (parseCliEntry(text)?.expiration ?? 0) >= entry.credentials.expiration;
  if (isOutlasted(host.files.readText(path) ?? '')) return;
  const edit = (text: string): string => (isOutlasted(text) ? text : formatCliEntry(entry));
  await host.files.edit(path, edit, { isSecret: true });
}

/** The profile that the whole plan follows and nothing else; `null` where anything else has a say. */
function profileToShare({ config, host, options, planned }: Stage): AwsSection | null {
  const { target, plan } = planned;
  const profile = target.kind === 'profile' ? config.aws.profiles.get(target.name) : undefined;
  const hop = plan.hops.at(-1);
  if (!profile || !hop || options.identity !== undefined) return null;
  if (target.isProtected.value || !target.isCached.value) return null;
  return isAskedAlike(hop, requestOf(profile)) && isAskedThere(target, host.env) ? profile : null;
}

/** What the profile has the AWS CLI ask. */
function requestOf(profile: AwsSection): CliRequest {
  const read = (key: string): string | null => profileValue(profile, key)?.value ?? null;
  const duration = read('duration_seconds');
  return {
    roleArn: read('role_arn') ?? '',
    sessionName: read('role_session_name'),
    externalId: read('external_id'),
    mfaSerial: read('mfa_serial'),
    // The CLI passes over what is no plain number, such as 1h.
    durationSeconds: duration !== null && /^\d+$/.test(duration) ? Number(duration) : null,
  };
}

function isAskedAlike(hop: Hop, request: CliRequest): boolean {
  const isPlain =
    Object.keys(hop.tags).length === 0 &&
    hop.policyArns.length === 0 &&
    hop.policy === null &&
    hop.sourceIdentity === null;
  const isNamedAlike = request.sessionName === null || hop.sessionName === request.sessionName;
  return isPlain && isNamedAlike && hop.externalId === request.externalId;
}

/** The CLI would take credentials of a stand-in for AWS to AWS, unless it is led to it as well. */
function isAskedThere({ endpoint }: Target, env: Environment): boolean {
  return (
    endpoint === null || endpoint.value === (env['AWS_ENDPOINT_URL_STS'] ?? env['AWS_ENDPOINT_URL'])
  );
}

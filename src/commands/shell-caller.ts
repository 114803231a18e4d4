import { parseArgv, type Options, type Request } from '../argv.js';
import { findPartition, PARTITIONS } from '../arn/partition.js';
import { parseRoleArn } from '../arn/role-arn.js';
import { awsContext, type AwsContext } from '../aws/aws-context.js';
import { readConfig, type Config } from '../config/config.js';
import type { AwsSection } from '../config/aws-file.js';
import type { Credentials } from '../credentials.js';
import type { Environment, Host } from '../host/host.js';
import { getIdentity } from '../identity/get-identity.js';
import { makePlan } from '../plan/make-plan.js';
import { isAlive, ONE_SHOT_MARGIN_MS } from '../store/freshness.js';
import { readLearned } from '../store/learned.js';
import { makeSessionCache } from '../store/session-cache.js';
import { openStore } from '../store/stores.js';
import { noteEndpoint } from '../surroundings.js';
import { aliasOf } from '../target/alias.js';
import { findWayToAws } from '../target/find-connection.js';
import { findEndpoint } from '../target/find-endpoint.js';
import { readFlagValues } from '../target/flag-values.js';
import { identityTarget } from '../target/identity-target.js';
import { settingsOf } from '../target/layers.js';
import type { Start } from '../target/make-start.js';
import { isHop } from '../target/profile-chain.js';
import { byDefault, fromFlag, fromVariable, type Given } from '../target/target.js';
import { sayUnlessQuiet } from './say.js';
import { explainRivals, findShellSource } from './shell-source.js';

/** Credentials, and where to ask whose they are. */
interface Caller {
  readonly aws: AwsContext;
  readonly credentials: Credentials;
}

/** What a program started in this shell would be. */
export interface ShellCaller extends Caller {
  /** Such as `environment`, `profile:dev` or `identity:shared`. */
  readonly source: string;
  /** The same in words. */
  readonly how: string;
}

/**
 * Whom the AWS CLI would be in this shell; where it would be nobody, the identity that targets
 * start from.
 *
 * @throws AssumeError CONFIG_INVALID for a source that cannot be read; for a role, as the route does.
 */
export async function findShellCaller(request: Request, host: Host): Promise<ShellCaller> {
  const config = readConfig(host);
  const source = findShellSource(config, host.env);
  const rivals = source?.kind === 'environment' ? null : explainRivals(host.env);
  if (rivals !== null) sayUnlessQuiet(host, request.options, rivals);
  switch (source?.kind) {
    case 'environment':
      return {
        ...callerOfKeys(request, host, config, source.credentials),
        source: 'environment',
        how: 'by keys in the environment',
      };
    case 'profile': {
      const { name } = source.profile;
      const chosenBy = source.variable === null ? '' : ` (${source.variable})`;
      return {
        ...(await callerOfProfile(request, host, config, source.profile)),
        source: `profile:${name}`,
        how: `by profile ${name}${chosenBy}`,
      };
    }
    case 'machine': {
      const { start, variable } = source;
      const { name, ...caller } = await callerOfIdentity(request, host, config, null, start);
      const what = name === 'container' ? 'container endpoint' : 'web identity';
      return { ...caller, source: name, how: `by ${what} (${variable})` };
    }
    case undefined: {
      const { name, ...caller } = await callerOfIdentity(request, host, config, null, null);
      return {
        ...caller,
        source: `identity:${name}`,
        how: `identity ${name}; this shell itself has no credentials`,
      };
    }
  }
}

function callerOfKeys(
  { options }: Request,
  host: Host,
  config: Config,
  credentials: Credentials,
): Caller {
  const endpoint = findEndpoint(readFlagValues(options, host), [settingsOf(config)], host.env);
  if (!options.quiet) noteEndpoint(host, endpoint);
  const stsRegion = regionHere(options, host.env);
  const way = findWayToAws([], host.env, endpoint);
  return { aws: awsContext(host, { stsRegion, ...way }), credentials };
}

/** A role is assumed, as the AWS CLI would do it: with a code where that takes one. */
async function callerOfProfile(
  request: Request,
  host: Host,
  config: Config,
  profile: AwsSection,
): Promise<Caller> {
  const name = `profile:${profile.name}`;
  const words = aliasOf(profile) ?? (isHop(profile) ? [name] : null);
  if (!words) return callerOfIdentity(request, host, config, name, null);
  const { operands, options } = parseArgv(['credential-process', ...words]);
  const wanted = { ...request, operands, options: { ...options, ...request.options } };
  const manner = { renews: false, marginMs: ONE_SHOT_MARGIN_MS, lockWaitMs: null, mayPick: false };
  const { assume } = await import('../assume.js');
  const { planned, source } = await assume(wanted, host, manner);
  const { credentials } = await source();
  return { aws: awsContext(host, planned.target), credentials };
}

async function callerOfIdentity(
  { options }: Request,
  host: Host,
  config: Config,
  wanted: string | null,
  start: Start | null,
): Promise<Caller & { readonly name: string }> {
  const target = identityTarget(config, host, wanted, options, start);
  if (!options.quiet) noteEndpoint(host, target.endpoint);
  const planned = makePlan(target, readLearned(host, target.identity), false);
  const aws = awsContext(host, target);
  const use = { host, config, options, lockWaitMs: null };
  const cache = makeSessionCache(await openStore(use), host);
  const errand = { ...use, planned, aws, cache };
  const credentials = await getIdentity(errand, (entry) => isAlive(entry, host.now()));
  return { name: target.identity.name, aws, credentials };
}

/** The shell's own region, else the default one of its role's partition. */
function regionHere({ region }: Options, env: Environment): Given<string> {
  if (region !== undefined) return { value: region, origin: fromFlag('--region') };
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = env[name];
    if (value) return { value, origin: fromVariable(name) };
  }
  const partition = parseRoleArn(env['ASSUME_ROLE_ARN'] ?? '')?.partition ?? 'aws';
  const { defaultRegion } = findPartition(partition) ?? PARTITIONS[0];
  return { value: defaultRegion, origin: byDefault('sts_region') };
}

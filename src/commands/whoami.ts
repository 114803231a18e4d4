import type { Options } from '../argv.js';
import { findPartition, PARTITIONS } from '../arn/partition.js';
import { parseRoleArn } from '../arn/role-arn.js';
import type { AwsContext } from '../aws/aws-context.js';
import { readConfig } from '../config/config.js';
import { Secret, type Credentials } from '../credentials.js';
import type { Environment, Host } from '../host/host.js';
import { loadIdentity } from '../identity/identity-sources.js';
import { findEndpoint } from '../target/find-endpoint.js';
import { readFlagValues } from '../target/flag-values.js';
import { identityTarget } from '../target/identity-target.js';
import { settingsOf } from '../target/layers.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';

/** Asks AWS who this shell is: by its own credentials, else as the identity that targets start from. */
export const command: Command = {
  run: async ({ options }, host) => {
    const { aws, credentials } = await credentialsHere(host, options);
    const { getCallerIdentity } = await import('../aws/sts.js');
    const { accountId, arn } = await getCallerIdentity(aws, credentials);
    const target = host.env['ASSUME_TARGET'] ?? null;
    host.stdout(
      options.json
        ? `${visibleJson({ version: 1, target, accountId, arn })}\n`
        : `${visible(arn)}\naccount ${visible(accountId)}${target === null ? '' : `, target ${visible(target)}`}\n`,
    );
    return 0;
  },
};

interface Caller {
  readonly aws: AwsContext;
  readonly credentials: Credentials;
}

async function credentialsHere(host: Host, options: Options): Promise<Caller> {
  const config = readConfig(host);
  const inShell = environmentCredentials(host.env);
  if (inShell) {
    const flags = readFlagValues(options, host);
    const endpoint = findEndpoint(flags, [settingsOf(config)], host.env)?.value ?? null;
    return { aws: { host, region: regionHere(options, host.env), endpoint }, credentials: inShell };
  }
  const { identity, stsRegion, endpoint } = identityTarget(config, host, null, options);
  return {
    aws: { host, region: stsRegion.value, endpoint: endpoint?.value ?? null },
    credentials: await loadIdentity(identity, config, host),
  };
}

/** The shell's own region, else the default one of its role's partition. */
function regionHere(options: Options, env: Environment): string {
  const partition = parseRoleArn(env['ASSUME_ROLE_ARN'] ?? '')?.partition ?? 'aws';
  const fallback = (findPartition(partition) ?? PARTITIONS[0]).defaultRegion;
  return options.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? fallback;
}

function environmentCredentials(env: Environment): Credentials | null {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
  if (!id || !secret) return null;
  return {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    sessionToken: token ? new Secret(token) : null,
    expiration: null,
  };
}

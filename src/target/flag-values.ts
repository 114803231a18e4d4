import type { Options } from '../argv.js';
import { EXTERNAL_ID, REGION, SOURCE_IDENTITY, type Form } from '../arn/forms.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import {
  matching,
  readDuration,
  readPolicyArns,
  readSerial,
  readTagKeys,
  readTags,
  readUrl,
} from './read-flags.js';
import { readPolicy } from './read-policy.js';
import { fromFlag, type Given } from './target.js';

/** What the flags say of a target, checked against what STS accepts. */
export interface FlagValues {
  readonly durationSeconds: Given<number> | null;
  readonly region: Given<string> | null;
  readonly sessionName: Given<string> | null;
  readonly externalId: Given<string> | null;
  readonly sourceIdentity: Given<string> | null;
  readonly tags: Given<Readonly<Record<string, string>>> | null;
  readonly transitiveTagKeys: Given<readonly string[]> | null;
  readonly policy: Given<string> | null;
  readonly policyArns: Given<readonly string[]> | null;
  /** AWS managed policies to add, by their path and name; the partition is the role's. */
  readonly managedPolicies: Given<readonly string[]> | null;
  readonly mfaSerial: Given<string> | null;
  readonly identity: Given<string> | null;
  readonly endpointUrl: Given<string> | null;
}

/**
 * Reads the flags that change a target.
 *
 * @throws AssumeError USAGE for a value that STS would refuse.
 */
export function readFlagValues(options: Options, host: Host): FlagValues {
  const tags = options['session-tag'];
  return {
    durationSeconds: flag('duration', readDuration(options.duration)),
    region: flag('region', matching('region', options.region, REGION)),
    sessionName: flag('session-name', matching('session-name', options['session-name'], NAME)),
    externalId: flag('external-id', matching('external-id', options['external-id'], EXTERNAL_ID)),
    sourceIdentity: flag(
      'source-identity',
      matching('source-identity', options['source-identity'], SOURCE_IDENTITY),
    ),
    tags: flag('session-tag', tags && readTags(tags)),
    transitiveTagKeys: flag('transitive-tag', readTagKeys(options['transitive-tag'])),
    policy: flag('policy', readJson(options.policy, host)),
    policyArns: flag('policy-arn', readPolicyArns(options['policy-arn'])),
    managedPolicies: managedPolicies(options),
    mfaSerial: flag('mfa-serial', readSerial(options['mfa-serial'])),
    identity: flag('identity', options.identity),
    endpointUrl: flag('endpoint-url', readUrl(options['endpoint-url'])),
  };
}

/** Characters that STS does not take become hyphens. */
const NAME: Form = { pattern: /./su, wanted: 'a name, not empty' };

function flag<T>(name: string, value: T | undefined): Given<T> | null {
  return value === undefined ? null : { value, origin: fromFlag(`--${name}`) };
}

/** AWS's own session policies for looking without touching; ViewOnly shows no data at all. */
function managedPolicies(options: Options): Given<readonly string[]> | null {
  if (options['read-only'] && options['view-only']) {
    throw new AssumeError('USAGE', '--read-only and --view-only exclude each other', {
      hint: 'give one of them: assume TARGET --read-only',
    });
  }
  if (options['read-only']) return flag('read-only', ['ReadOnlyAccess']);
  return options['view-only'] ? flag('view-only', ['job-function/ViewOnlyAccess']) : null;
}

function readJson(text: string | undefined, host: Host): string | undefined {
  return text === undefined ? undefined : readPolicy(text, host, fromFlag('--policy'));
}

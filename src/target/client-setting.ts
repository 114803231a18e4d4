import type { AwsSection } from '../config/aws-file.js';
import type { Environment } from '../host/host.js';
import { profileValue } from './profile-value.js';
import { fromFile, fromVariable, type Given } from './target.js';

/** A setting of AWS's tools that says how AWS is reached: its key in a profile, and its variable. */
export interface ClientSetting {
  readonly key: string;
  readonly variable: string;
}

/**
 * The setting as the AWS CLI finds it: the variable's value, else the first profile's that has one.
 * An empty value counts as none.
 *
 * @param profiles - The target's own first, then those it starts from.
 */
export function findClientSetting(
  { key, variable }: ClientSetting,
  profiles: readonly AwsSection[],
  env: Environment,
): Given<string> | null {
  const named = env[variable];
  if (named) return { value: named, origin: fromVariable(variable) };
  for (const profile of profiles) {
    const found = profileValue(profile, key);
    if (found) return { value: found.value, origin: fromFile(key, found) };
  }
  return null;
}

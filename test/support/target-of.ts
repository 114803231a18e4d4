import type { Options } from '../../src/argv.js';
import { findTarget } from '../../src/target/find-target.js';
import type { Target } from '../../src/target/target.js';
import { configuredHost, type UserFiles } from './configured-host.js';
import type { FakeHostOptions } from './fake-host.js';

/** The target of that exact name, as the route finds it for a script. */
export async function targetOf(
  texts: UserFiles,
  name: string,
  options: Options = {},
  machine: FakeHostOptions = {},
): Promise<Target> {
  const { host, config } = configuredHost(texts, machine);
  return findTarget(config, host, { name, options, mayPick: false });
}

import type { Options } from '../argv.js';
import type { AssumeSection } from '../config/assume-file.js';
import type { Config } from '../config/config.js';
import type { Host } from '../host/host.js';
import type { CatalogueEntry } from './catalogue.js';
import type { Start } from './make-start.js';
import { IDENTITY_PREFIX } from './alias.js';
import { makeTarget } from './make-target.js';
import { derivedFrom, fromFile, fromFlag, type Origin, type Target } from './target.js';

/**
 * The identity itself as a target: the way to its own session.
 *
 * @param name - An `[identity]` section or a profile; `null` for the one that targets start from.
 * @param start - What the credentials are, where no name stands for them.
 * @throws AssumeError CONFIG_INVALID when there is none, or several and none is named.
 */
export function identityTarget(
  config: Config,
  host: Host,
  name: string | null,
  options: Options,
  start: Start | null = null,
): Target {
  const origin = name === null ? derivedFrom('identity') : fromFlag('IDENTITY');
  const named = { ...options, ...(name === null ? {} : { identity: name }) };
  const target = makeTarget(config, host, entryOf(name ?? '', origin), named, start);
  return { ...target, name: target.identity.name };
}

/** The entry of an `[identity]` section under the name that every command takes: `identity:shared`. */
export function identityEntry(section: AssumeSection): CatalogueEntry {
  return entryOf(`${IDENTITY_PREFIX}${section.name}`, fromFile('identity', section));
}

function entryOf(name: string, origin: Origin): CatalogueEntry {
  return {
    name,
    names: [],
    kind: 'identity',
    origin,
    accountId: null,
    accountName: null,
    customer: null,
    roleName: null,
    roleArn: null,
    tags: {},
    region: null,
    color: null,
    isProtected: false,
    layers: [],
    profile: null,
    shownRole: null,
    holdsKeys: false,
  };
}

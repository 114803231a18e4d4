import type { Action } from './call.js';
import { IAM_ACTIONS } from './iam.js';
import { Refusal } from './refusal.js';
import { STS_ACTIONS } from './sts.js';

export type ServiceName = 'sts' | 'iam';

/** A service's API, as AWS's Query protocol addresses it. */
export interface Service {
  /** What the parameter `Version` must say. */
  readonly version: string;
  /** Of its answers' XML. */
  readonly namespace: string;
  readonly actions: ReadonlyMap<string, Action>;
}

export const SERVICES: Readonly<Record<ServiceName, Service>> = {
  sts: {
    version: '2011-06-15',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    actions: STS_ACTIONS,
  },
  iam: {
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    actions: IAM_ACTIONS,
  },
};

/** Tells whether the sandbox has the service that a signature names. */
export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(SERVICES, name);
}

/** The service that a version of an API belongs to: IAM's own, else STS. */
export function serviceOfVersion(version: string | undefined): ServiceName {
  return version === SERVICES.iam.version ? 'iam' : 'sts';
}

/**
 * What the service does for an action.
 *
 * @throws Refusal `InvalidAction` when it has no such action in that version.
 */
export function findAction(
  service: ServiceName,
  action: string,
  version = 'NO_VERSION_SPECIFIED',
): Action {
  const found = SERVICES[service].version === version && SERVICES[service].actions.get(action);
  if (found) return found;
  throw new Refusal(
    400,
    'InvalidAction',
    `Could not find operation ${action} for version ${version}`,
  );
}

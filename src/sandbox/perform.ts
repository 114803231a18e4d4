import { authenticate, readAuthorization } from './authenticate.js';
import type { Memory } from './call.js';
import type { Caller } from './caller.js';
import type { FaultKind } from './faults.js';
import { Refusal } from './refusal.js';
import { findAction, type ServiceName } from './services.js';
import { signatureDoesNotMatch, type SignedRequest } from './signature.js';
import type { World } from './world.js';
import type { XmlObject } from './xml.js';

/** What a request wants, as far as its form tells; nothing is verified. */
export interface Demand {
  readonly service: ServiceName;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly userAgent: string;
  /** The trouble it is to meet. */
  readonly fault: FaultKind | null;
}

/** What became of it: a result, or a refusal. */
export interface Done {
  /** `null` when the signature was not accepted. */
  readonly caller: Caller | null;
  readonly result: XmlObject;
  readonly refusal: Refusal | null;
}

/** Verifies a request's signature and does what it wants, if that is allowed. */
export function perform(
  request: SignedRequest,
  demand: Demand,
  aws: { readonly world: World; readonly memory: Memory; readonly now: Date },
): Done {
  let caller: Caller | null = null;
  try {
    refuseByFault(demand.fault);
    const authorization = readAuthorization(request);
    const { action, service, parameters, userAgent } = demand;
    if (authorization.service !== service)
      throw signatureDoesNotMatch(`Credential should be scoped to correct service: '${service}'.`);
    caller = authenticate(request, authorization, aws);
    if (request.method !== 'POST' || request.target !== '/' || action === '')
      throw new Refusal(400, 'MissingAction', 'The sandbox takes an Action by POST to / only.');
    const { region } = authorization;
    const act = findAction(service, action, parameters['Version']);
    const result = act({ ...aws, action, parameters, caller, region, userAgent });
    return { caller, result, refusal: null };
  } catch (error) {
    return { caller, result: {}, refusal: asRefusal(error) };
  }
}

function refuseByFault(fault: FaultKind | null): void {
  if (fault === 'throttled') throw new Refusal(400, 'Throttling', 'Rate exceeded');
  if (fault === 'unavailable' || fault === 'html')
    throw new Refusal(503, 'ServiceUnavailable', 'Service is unable to handle request.');
}

/** A world that was changed into nonsense, or a bug of ours, shows as AWS's own failure. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(500, 'InternalFailure', error instanceof Error ? error.message : '');
}

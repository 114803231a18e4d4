import {
  formatAbsentService,
  readAbsentService,
  refuseAbsentService,
  type AbsentService,
} from './absent-service.js';
import type { Memory } from './call.js';
import { takeFault, type Fault, type FaultKind } from './faults.js';
import { perform, type Demand } from './perform.js';
import type { RecordedRequest } from './recorded-request.js';
import { isServiceName, SERVICES, serviceOfVersion } from './services.js';
import { parseAuthorization, type SignedRequest } from './signature.js';
import type { World } from './world.js';
import { formatAnswer, formatError } from './xml.js';

/** What goes back to the client, and what is remembered of it. */
export interface Answer {
  readonly recorded: RecordedRequest;
  readonly requestId: string;
  readonly contentType: string;
  /** `null`: the connection ends without an answer. */
  readonly body: string | null;
}

/** What an answer is made from. */
export interface Aws {
  readonly world: World;
  readonly memory: Memory;
  readonly faults: readonly Fault[];
  readonly now: Date;
  readonly requestId: string;
}

const HTML = '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>\n';

/** Verifies a request, does what it wants if that is allowed, and writes the answer. */
export function answerRequest(request: SignedRequest, aws: Aws): Answer {
  const absent = readAbsentService(request);
  return absent ? answerForAbsent(request, absent, aws) : answerForOurs(request, aws);
}

function answerForOurs(request: SignedRequest, aws: Aws): Answer {
  const signedFor = parseAuthorization(request.headers['authorization']?.[0] ?? '')?.service;
  const demand = readDemand(request, signedFor ?? null, aws.faults);
  const { service, action, fault } = demand;
  const { caller, result, refusal } = perform(request, demand, aws);
  const { namespace } = SERVICES[service];
  const xml = refusal
    ? formatError(refusal, namespace, aws.requestId)
    : formatAnswer(action, namespace, aws.requestId, result);
  const recorded = record(request, aws, {
    ...demand,
    principalArn: caller?.principal.sessionArn ?? null,
    outcome: {
      status: refusal?.status ?? 200,
      code: fault === 'html' ? null : (refusal?.code ?? null),
    },
  });
  return { recorded, requestId: aws.requestId, ...spoil(xml, fault) };
}

/** Its signature is not looked at: there is nothing behind it to protect. */
function answerForAbsent(request: SignedRequest, absent: AbsentService, aws: Aws): Answer {
  const refusal = refuseAbsentService(absent);
  const recorded = record(request, aws, {
    ...absent,
    parameters: {},
    principalArn: null,
    outcome: { status: refusal.status, code: refusal.code },
  });
  const { requestId } = aws;
  return { recorded, requestId, ...formatAbsentService(request, absent, refusal, requestId) };
}

type Decided = Pick<
  RecordedRequest,
  'service' | 'action' | 'parameters' | 'principalArn' | 'outcome'
>;

function record(request: SignedRequest, { now }: Aws, decided: Decided): RecordedRequest {
  const claimed = parseAuthorization(request.headers['authorization']?.[0] ?? '');
  const { service, action, parameters, principalArn, outcome } = decided;
  return {
    service,
    action,
    parameters,
    signedBy: claimed?.accessKeyId ?? '',
    principalArn,
    region: claimed?.region ?? '',
    userAgent: userAgentOf(request),
    at: now,
    outcome,
  };
}

function userAgentOf(request: SignedRequest): string {
  return request.headers['user-agent']?.[0] ?? '';
}

/** The signature says which service is meant; without one, the version of its API does. */
function readDemand(
  request: SignedRequest,
  signedFor: string | null,
  faults: readonly Fault[],
): Demand {
  const parameters = Object.fromEntries(new URLSearchParams(request.body.toString()));
  const action = parameters['Action'] ?? '';
  return {
    service:
      signedFor !== null && isServiceName(signedFor)
        ? signedFor
        : serviceOfVersion(parameters['Version']),
    action,
    parameters,
    userAgent: userAgentOf(request),
    fault: takeFault(faults, action),
  };
}

function spoil(xml: string, fault: FaultKind | null): Pick<Answer, 'contentType' | 'body'> {
  const contentType = 'text/xml';
  switch (fault) {
    case 'html':
      return { contentType: 'text/html', body: HTML };
    case 'truncated':
      return { contentType, body: xml.slice(0, xml.length / 2) };
    case 'disconnected':
      return { contentType, body: null };
    default:
      return { contentType, body: xml };
  }
}

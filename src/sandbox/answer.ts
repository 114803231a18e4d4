import type { Memory } from './call.js';
import { takeFault, type Fault, type FaultKind } from './faults.js';
import { perform, type Demand } from './perform.js';
import type { RecordedRequest } from './recorded-request.js';
import { SERVICES, serviceOfVersion } from './services.js';
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
  const claimed = parseAuthorization(request.headers['authorization']?.[0] ?? '');
  const demand = readDemand(request, claimed?.service ?? null, aws.faults);
  const { service, action, parameters, userAgent, fault } = demand;
  const { caller, result, refusal } = perform(request, demand, aws);
  const { namespace } = SERVICES[service];
  const xml = refusal
    ? formatError(refusal, namespace, aws.requestId)
    : formatAnswer(action, namespace, aws.requestId, result);
  const recorded: RecordedRequest = {
    service,
    action,
    parameters,
    signedBy: claimed?.accessKeyId ?? '',
    principalArn: caller?.principal.sessionArn ?? null,
    region: claimed?.region ?? '',
    userAgent,
    at: aws.now,
    outcome: {
      status: refusal?.status ?? 200,
      code: fault === 'html' ? null : (refusal?.code ?? null),
    },
  };
  return { recorded, requestId: aws.requestId, ...spoil(xml, fault) };
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
      signedFor === 'iam' || signedFor === 'sts'
        ? signedFor
        : serviceOfVersion(parameters['Version']),
    action,
    parameters,
    userAgent: request.headers['user-agent']?.[0] ?? '',
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

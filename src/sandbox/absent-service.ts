import { Refusal } from './refusal.js';
import { isServiceName, SERVICES } from './services.js';
import { parseAuthorization, type SignedRequest } from './signature.js';
import { formatDocument, formatError } from './xml.js';

/** A request for a service of AWS that the sandbox has not. */
export interface AbsentService {
  /** As the signature names it, such as `s3`. */
  readonly service: string;
  /** As its protocol names it; empty where the path does. */
  readonly action: string;
}

/** REST services that speak XML, besides S3; every other that sends no form speaks JSON. */
const XML_SERVICES = new Set(['route53', 'cloudfront']);

/**
 * Reads which absent service a request is for; `null` for one of ours. Form and version of one of
 * our APIs under another service's signature are a wrong signature, as they are to AWS.
 */
export function readAbsentService(request: SignedRequest): AbsentService | null {
  const { service } = parseAuthorization(request.headers['authorization']?.[0] ?? '') ?? {};
  if (service === undefined || isServiceName(service)) return null;
  const form = new URLSearchParams(isForm(request) ? request.body.toString() : '');
  if (Object.values(SERVICES).some(({ version }) => version === form.get('Version'))) return null;
  const [, target = ''] = (request.headers['x-amz-target']?.[0] ?? '').split('.');
  return { service, action: form.get('Action') ?? target };
}

/** Status 400 and a code that no client takes for a reason to try again. */
export function refuseAbsentService({ service }: AbsentService): Refusal {
  return new Refusal(
    400,
    'UnsupportedOperation',
    `This practice AWS has only STS and some of IAM, and no ${service}. What works: aws sts get-caller-identity`,
  );
}

/** The refusal in the format that a client of that service reads. */
export function formatAbsentService(
  request: SignedRequest,
  { service }: AbsentService,
  refusal: Refusal,
  requestId: string,
): { readonly contentType: string; readonly body: string } {
  const { code: Code, message: Message } = refusal;
  const xml = (body: string) => ({ contentType: 'text/xml', body });
  if (service.startsWith('s3'))
    return xml(formatDocument('Error', null, { Code, Message, RequestId: requestId }));
  if (service === 'ec2')
    return xml(
      formatDocument('Response', null, {
        Errors: { Error: { Code, Message } },
        RequestID: requestId,
      }),
    );
  if (isForm(request) || XML_SERVICES.has(service))
    return xml(formatError(refusal, null, requestId));
  const type = contentTypeOf(request);
  return {
    contentType: type.startsWith('application/x-amz-json') ? type : 'application/json',
    body: JSON.stringify({ __type: Code, message: Message }),
  };
}

function isForm(request: SignedRequest): boolean {
  return contentTypeOf(request).startsWith('application/x-www-form-urlencoded');
}

function contentTypeOf(request: SignedRequest): string {
  return request.headers['content-type']?.[0] ?? '';
}

/** What the SDK threw for a call. */
export interface SdkError {
  /** As the SDK calls it. */
  readonly name: string;
  /** AWS's own code for its refusal or failure; `null` where AWS named none, or did not answer. */
  readonly awsCode: string | null;
  readonly message: string;
  /** Node's code, such as `ECONNREFUSED`. */
  readonly networkCode: string | null;
  /** The HTTP status; 0 when none was read. */
  readonly status: number;
}

/** Reads anything that was thrown; what is no error of the SDK has its text alone. */
export function readSdkError(thrown: unknown): SdkError {
  const raw = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const read = (key: string): unknown => (raw as Record<string, unknown>)[key];
  const metadata = read('$metadata');
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? Number(metadata.httpStatusCode)
      : 0;
  const code = read('code');
  const name = thrown instanceof Error ? thrown.name : 'Error';
  const message = withoutAdvice(thrown instanceof Error ? thrown.message : String(thrown));
  return {
    name,
    awsCode: status >= 400 && isAwsCode(name, message) ? name : null,
    message,
    networkCode: typeof code === 'string' ? code : null,
    status: Number.isFinite(status) ? status : 0,
  };
}

/** What the SDK calls an answer in which it found no code of AWS's, such as a page of HTML. */
const NO_CODE = /^(Unknown|UnknownError|Error|SyntaxError|TypeError|TimeoutError|AbortError)$/;

/** An empty 404 it calls `NotFound`, and has no message for. */
function isAwsCode(name: string, message: string): boolean {
  return !NO_CODE.test(name) && !(name === 'NotFound' && NO_CODE.test(message));
}

/** The SDK tells its developers where to look, after what it could not read. */
function withoutAdvice(message: string): string {
  return message.replace(/\s*Deserialization error: to see the raw response[^]*$/, '');
}

/** A request as the sandbox saw it, and what became of it. */
export interface RecordedRequest {
  /** As the signature names it where that is a service the sandbox has not. */
  readonly service: string;
  /** Empty when the request named none. */
  readonly action: string;
  /** All of the form's fields, `Action` and `Version` too. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The access key ID that the request claims; empty when it is unsigned. */
  readonly signedBy: string;
  /** The caller's ARN as GetCallerIdentity tells it; `null` when the signature was not accepted. */
  readonly principalArn: string | null;
  /** The region of the signature; empty when it is unsigned. */
  readonly region: string;
  readonly userAgent: string;
  readonly at: Date;
  readonly outcome: {
    readonly status: number;
    /** AWS's error code; `null` for success and for what is no answer of AWS. */
    readonly code: string | null;
  };
}

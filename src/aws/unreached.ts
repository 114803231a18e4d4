import { visible } from '../visible.js';

/** Why a request found no one, and what to look at. */
export interface Unreached {
  readonly reason: string;
  readonly hint: string;
}

/** Where no more is known. */
export const NETWORK = 'check the network, a proxy or a captive portal; then try again';
const OTHER_CA =
  'what answers shows a certificate of a CA that is not trusted here\n' +
  'if your company inspects TLS, name its CA: AWS_CA_BUNDLE=FILE, or ca_bundle in the profile (it replaces the usual CAs)';

/** What Node and the SDK call a request that found no one; the first pattern that fits decides. */
const FAILURES: readonly [codes: RegExp, hint: string][] = [
  [/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/, OTHER_CA],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    'the certificate is out of date, or the clock of this machine is wrong: assume doctor',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'something between here and AWS answers in its place: a proxy, a captive portal or a wrong DNS entry',
  ],
  [/^(TimeoutError|AbortError|ECONN\w+|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/, NETWORK],
  [/^(ENOTFOUND|EPIPE|EPROTO|ETIMEDOUT|CERT_\w+|ERR_TLS\w*|ERR_SSL\w*)$/, NETWORK],
];

/** Hosts of endpoints that only some regions have. */
const VARIANT_HOST = /-fips\.|\.api\.(aws|amazonwebservices)\b/;

/**
 * Reads an error of the network or of TLS.
 *
 * @param code - Node's code, or the name that the SDK gave the error.
 * @returns `null` for an error of another kind.
 */
export function explainUnreached(code: string, message: string): Unreached | null {
  const [, hint] = FAILURES.find(([codes]) => codes.test(code)) ?? [];
  if (hint === undefined) return null;
  if (code === 'TimeoutError' || code === 'AbortError') {
    return { reason: 'AWS did not answer in time', hint };
  }
  return {
    reason: `AWS was not reached (${visible(code)}: ${visible(message)})`,
    hint:
      code === 'ENOTFOUND' && VARIANT_HOST.test(message)
        ? 'not every region has a FIPS or dual-stack endpoint: see assume plan TARGET for what asks for it'
        : hint,
  };
}

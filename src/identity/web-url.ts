const LOOPBACK = /^(127(\.\d+){3}|\[::1\]|localhost)$/;

/**
 * A page that a browser may be sent to: by https, or on this machine; `null` for anything else, such
 * as a file or a script, which is never opened.
 */
export function parseWebUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url?.protocol === 'http:' && LOOPBACK.test(url.hostname);
  return url?.protocol === 'https:' || isHere ? url : null;
}

import { X509Certificate } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { formatOrigin, type Given, type Origin } from '../target/target.js';
import { visible } from '../visible.js';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * The certificates of a CA bundle, in PEM form. Its path is one from the home directory after `~/`,
 * else from the current directory, as for the AWS CLI.
 *
 * @throws AssumeError CONFIG_INVALID when there is no such file or it holds no certificates,
 * CONFIG_UNREADABLE when it cannot be read; both name what named the file.
 */
export function readCaBundle(host: Host, { value, origin }: Given<string>): string {
  const path = absolutePath(host, value);
  const text = readText(host, path, origin);
  if (text === null) throw unusable(origin, `there is no file ${visible(path)}`);
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw unusable(origin, `${visible(path)} holds no certificate`);
  for (const [index, certificate] of certificates.entries()) {
    if (isCertificate(certificate)) continue;
    throw unusable(origin, `certificate ${String(index + 1)} of ${visible(path)} is damaged`);
  }
  return certificates.join('\n');
}

function absolutePath(host: Host, path: string): string {
  if (path.startsWith('~/') && host.homeDirectory !== null) {
    return join(host.homeDirectory, path.slice(2));
  }
  return isAbsolute(path) ? path : join(host.currentDirectory, path);
}

function readText(host: Host, path: string, origin: Origin): string | null {
  try {
    return host.files.readText(path);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const message = `${visible(formatOrigin(origin))}: ${error.message}`;
    throw new AssumeError(error.code, message, { cause: error, hint: error.hint });
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function unusable(origin: Origin, problem: string): AssumeError {
  return new AssumeError('CONFIG_INVALID', `${visible(formatOrigin(origin))}: ${problem}`, {
    hint: 'AWS_CA_BUNDLE, or ca_bundle in a profile, names a file of CA certificates in PEM form',
  });
}

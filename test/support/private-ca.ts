import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findTool } from './tools.js';

/** What a TLS server shows. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority of this test alone. */
export interface PrivateCa {
  /** Its own certificate, in PEM form. */
  readonly pem: string;
  /** The file that holds it. */
  readonly path: string;
  /** A certificate for those hosts, such as `localhost` or `127.0.0.1`. */
  issue(hosts: readonly string[]): Certified;
}

/** `null` where openssl is missing, which is said and skips. */
export const OPENSSL = findTool('openssl');

/** Makes one, whose files go with the test. */
export function makePrivateCa(): PrivateCa {
  const directory = mkdtempSync(join(tmpdir(), 'assume-ca-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const file = (name: string): string => join(directory, name);
  const read = (name: string): string => readFileSync(file(name), 'utf8');
  const make = (name: string, ...words: string[]): void => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const into = ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)];
    const all = ['req', '-x509', '-days', '2', '-subj', `/CN=${name}`, ...key, ...into, ...words];
    execFileSync(OPENSSL ?? 'openssl', all, { stdio: 'pipe' });
  };
  make('Private CA');
  let issued = 0;
  return {
    pem: read('Private CA.pem'),
    path: file('Private CA.pem'),
    issue: (hosts) => {
      const name = `server ${String(issued++)}`;
      const names = hosts.map((host) => `${/^[\d.]+$|:/.test(host) ? 'IP' : 'DNS'}:${host}`);
      const signer = ['-CA', file('Private CA.pem'), '-CAkey', file('Private CA.key')];
      const subject = ['-addext', `subjectAltName=${names.join(',')}`];
      make(name, ...signer, ...subject, '-addext', 'basicConstraints=critical,CA:FALSE');
      return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
    },
  };
}

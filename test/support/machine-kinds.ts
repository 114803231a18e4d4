import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import { CONTAINER_PATH, useContainerEndpoint } from './container-endpoint.js';
import { METADATA_QUESTIONS, useInstanceMetadata } from './instance-metadata.js';
import { issueMachineRole, MACHINE_ROLE } from './machine-role.js';
import type { Practice } from './practice.js';
import { useWebIdentitySts } from './web-identity-sts.js';

/** A source of a machine's credentials that runs for one test. */
export interface MachineSource {
  readonly env: Readonly<Record<string, string>>;
  /** What a profile says to have them. */
  readonly profile: string;
  /** What `credentials` in assume.ini says. */
  readonly setting: string;
  /** Changes what it hands out. */
  hand(credentials: IssuedCredentials): void;
  /** What it was asked since the last call. */
  asked(): readonly unknown[];
  /** What one reading asks. */
  readonly once: readonly unknown[];
}

/** Every kind of source that machines and programs have their role from, each as a server or program. */
export const MACHINE_KINDS: readonly {
  readonly kind: string;
  readonly start: (practice: Practice) => Promise<MachineSource>;
}[] = [
  { kind: 'process', start: (practice) => Promise.resolve(startProcess(practice)) },
  { kind: 'web-identity', start: startWebIdentity },
  { kind: 'container', start: startContainer },
  { kind: 'instance-metadata', start: startInstance },
];

/** A program that prints what lies in a file, and notes that it ran. */
export function startProcess(practice: Practice): MachineSource {
  const log = join(practice.home.path, 'process.log');
  const keys = join(practice.home.path, 'process.json');
  const script = `#!/bin/sh\necho "$0 $*" >> '${log}'\ncat '${keys}'\n`;
  const program = practice.write('print-keys', script);
  chmodSync(program, 0o755);
  const hand = (credentials: IssuedCredentials): void => {
    writeFileSync(keys, processJson(credentials));
  };
  hand(issueMachineRole(practice));
  return {
    env: {},
    profile: `credential_process = ${program} --for 'a b'\n`,
    setting: `process:${program} --for 'a b'`,
    hand,
    asked: () => {
      const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
      rmSync(log, { force: true });
      return lines;
    },
    once: [`${program} --for a b`],
  };
}

/** Credentials as a process prints them. */
export function processJson({
  accessKeyId,
  secret,
  sessionToken,
  expiration,
}: IssuedCredentials): string {
  return JSON.stringify({
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secret,
    SessionToken: sessionToken,
    Expiration: expiration,
  });
}

async function startWebIdentity(practice: Practice): Promise<MachineSource> {
  const token = practice.write('token', 'header.payload.signature');
  const sts = await useWebIdentitySts(
    practice,
    issueMachineRole(practice),
    'header.payload.signature',
  );
  return {
    env: { ASSUME_ENDPOINT_URL: sts.url },
    profile: `role_arn = ${MACHINE_ROLE}\nweb_identity_token_file = ${token}\nrole_session_name = pod\n`,
    setting: `web-identity:${MACHINE_ROLE} ${token}`,
    hand: (credentials) => {
      sts.credentials = credentials;
    },
    asked: () => sts.received().map((fields) => fields['RoleArn']),
    once: [MACHINE_ROLE],
  };
}

async function startContainer(practice: Practice): Promise<MachineSource> {
  const endpoint = await useContainerEndpoint(issueMachineRole(practice));
  return {
    env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint.url}${CONTAINER_PATH}` },
    profile: 'credential_source = EcsContainer\n',
    setting: 'container',
    hand: (credentials) => {
      endpoint.credentials = credentials;
    },
    asked: () => endpoint.received(),
    once: [`GET ${CONTAINER_PATH}`],
  };
}

async function startInstance(practice: Practice): Promise<MachineSource> {
  const metadata = await useInstanceMetadata(issueMachineRole(practice));
  return {
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url },
    profile: 'credential_source = Ec2InstanceMetadata\n',
    setting: 'instance-metadata',
    hand: (credentials) => {
      metadata.credentials = credentials;
    },
    asked: () => metadata.received(),
    once: METADATA_QUESTIONS,
  };
}

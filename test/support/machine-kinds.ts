import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssuedCredentials } from '../../src/sandbox/issued-credentials.js';
import { loginFile, LOGIN_SESSION } from './aws-sign-in.js';
import { CONTAINER_PATH, useContainerEndpoint } from './container-endpoint.js';
import { METADATA_QUESTIONS, useInstanceMetadata } from './instance-metadata.js';
import { issueMachineRole, MACHINE_ROLE } from './machine-role.js';
import type { Practice } from './practice.js';
import { addSignOn, START_URL } from './use-sign-on.js';
import { useWebIdentitySts } from './web-identity-sts.js';

/** A source of temporary credentials that runs for one test. */
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

export interface MachineKind {
  readonly name: string;
  /** As a plan tells its source. */
  readonly kind: string;
  /** The variable that has it ask another server; `null` for what asks none. */
  readonly endpoint: string | null;
  readonly start: (practice: Practice) => Promise<MachineSource>;
}

/** Every kind of source of temporary credentials, each as a server or a program. */
export const MACHINE_KINDS: readonly MachineKind[] = [
  machine('process', null, (practice) => Promise.resolve(startProcess(practice))),
  machine('web-identity', 'ASSUME_ENDPOINT_URL', startWebIdentity),
  machine('container', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', startContainer),
  machine('instance-metadata', 'AWS_EC2_METADATA_SERVICE_ENDPOINT', startInstance),
  machine('sso', 'ASSUME_ENDPOINT_URL', startSso),
  { ...machine('sso', 'ASSUME_ENDPOINT_URL', startOldSso), name: 'sso of the old kind' },
  machine('login', 'ASSUME_ENDPOINT_URL', startLogin),
];

function machine(kind: string, endpoint: string | null, start: MachineKind['start']): MachineKind {
  return { name: kind, kind, endpoint, start };
}

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

const SSO_ROLE = 'sso_account_id = 111111111111\nsso_role_name = Developer\n';
const SSO_PLACE = `sso_start_url = ${START_URL}\nsso_region = eu-west-1\n`;

async function startSso(practice: Practice): Promise<MachineSource> {
  return {
    ...(await startSignOn(practice, 'acme')),
    profile: `sso_session = acme\n${SSO_ROLE}[sso-session acme]\n${SSO_PLACE}`,
    setting: 'sso:acme/111111111111/Developer',
  };
}

/** Its keys stand in the profile alone, which is how an identity of assume.ini has it too. */
async function startOldSso(practice: Practice): Promise<MachineSource> {
  return {
    ...(await startSignOn(practice, START_URL)),
    profile: `${SSO_PLACE}${SSO_ROLE}`,
    setting: 'profile:machine',
  };
}

/** Of a person whose login lives. */
async function startSignOn(practice: Practice, key: string) {
  const on = await addSignOn(practice);
  on.logIn(8 * 3600, key);
  on.center.settings.handed = issueMachineRole(practice);
  return {
    env: { ASSUME_ENDPOINT_URL: on.url },
    hand: (credentials: IssuedCredentials) => {
      on.center.settings.handed = credentials;
    },
    asked: () => on.received().filter((action) => action === 'GetRoleCredentials'),
    once: ['GetRoleCredentials'],
  };
}

/** What `aws login` got, which has expired each time, so that it has to be renewed. */
async function startLogin(practice: Practice): Promise<MachineSource> {
  const on = await addSignOn(practice);
  const hand = (credentials: IssuedCredentials): void => {
    on.signIn.settings.handed = credentials;
    const login = on.signIn.login(new Date(Date.now() - 60_000));
    practice.write(loginFile(LOGIN_SESSION), JSON.stringify(login));
  };
  hand(issueMachineRole(practice));
  return {
    env: { ASSUME_ENDPOINT_URL: on.url },
    profile: `login_session = ${LOGIN_SESSION}\n`,
    setting: `login:${LOGIN_SESSION}`,
    hand,
    asked: () => on.received().filter((action) => action === 'CreateOAuth2Token'),
    once: ['CreateOAuth2Token'],
  };
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAwsSignIn, type AwsSignIn } from './aws-sign-in.js';
import { makeIdentityCenter, type IdentityCenter } from './identity-center.js';
import type { LoginAnswer, LoginRequest } from './oauth.js';
import type { Practice } from './practice.js';
import { startSignOnServer, type SignOnServer } from './sign-on-server.js';
import { usePractice } from './use-practice.js';

/** A practice whose one URL is also an IAM Identity Center and the service behind `aws login`. */
export interface SignOn extends SignOnServer {
  /** Its `run` and `env` use that URL. */
  readonly practice: Practice;
  readonly center: IdentityCenter;
  readonly signIn: AwsSignIn;
  /** The actions that were asked since the last call, STS's too. */
  received(): string[];
  /** Writes the token of a fresh login, as `aws sso login` does. @param key - Session or start URL. */
  logIn(secondsLeft?: number, key?: string): void;
  /** The shared token as it lies on disk; `null` when there is none. */
  token(key?: string): Readonly<Record<string, string>> | null;
  tokenPath(key?: string): string;
}

export const START_URL = 'https://acme.awsapps.com/start';

/** Profiles of one login, one of the old kind, and a role that the first assumes. */
export const SSO_CONFIG = `[sso-session acme]
sso_start_url = ${START_URL}
sso_region = eu-west-1

[profile sso-dev]
sso_session = acme
sso_account_id = 111111111111
sso_role_name = Developer
region = eu-west-1

[profile sso-admin]
sso_session = acme
sso_account_id = 111111111111
sso_role_name = Administrator

[profile chained]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = sso-dev

[profile old]
sso_start_url = ${START_URL}
sso_region = eu-west-1
sso_account_id = 111111111111
sso_role_name = Developer
`;

/** Starts one for this test alone. */
export async function useSignOn(config = SSO_CONFIG): Promise<SignOn> {
  const practice = await usePractice();
  practice.write('.aws/config', config);
  return addSignOn(practice);
}

/** The same before a practice that is there. */
export async function addSignOn(practice: Practice): Promise<SignOn> {
  let offsetMs = 0;
  const now = (): Date => new Date(Date.now() + offsetMs);
  const url = (): string => server.url;
  const center = makeIdentityCenter(practice.aws, url, now);
  const signIn = makeAwsSignIn(practice.aws, now);
  const answer = ({ action, fields }: LoginRequest): LoginAnswer | null =>
    action === 'CreateOAuth2Token'
      ? signIn.answer(fields, `${url()}/v1/token`)
      : center.answer(action, fields);
  const server: SignOnServer = await startSignOnServer(answer, practice.aws.url, now);
  const env = { ASSUME_ENDPOINT_URL: server.url };
  const tokenPath = (key = 'acme'): string => {
    const name = createHash('sha1').update(key).digest('hex');
    return join(practice.home.path, `.aws/sso/cache/${name}.json`);
  };
  let seen = 0;
  const rest: Omit<SignOn, keyof SignOnServer> = {
    center,
    signIn,
    tokenPath,
    practice: {
      ...practice,
      env: { ...practice.env, ...env },
      advance: (seconds) => {
        offsetMs += seconds * 1000;
        practice.advance(seconds);
      },
      run: (args, options = {}) =>
        practice.run(args, { ...options, env: { ...env, ...options.env } }),
    },
    received: () => {
      const actions = server.requests.slice(seen).map(({ action }) => action);
      seen = server.requests.length;
      return actions;
    },
    logIn: (secondsLeft = 8 * 3600, key = 'acme') => {
      const record = { startUrl: START_URL, region: 'eu-west-1', ...center.logIn(secondsLeft) };
      practice.write(tokenPath(key).slice(practice.home.path.length), JSON.stringify(record));
    },
    token: (key) =>
      existsSync(tokenPath(key))
        ? (JSON.parse(readFileSync(tokenPath(key), 'utf8')) as Record<string, string>)
        : null,
  };
  return Object.assign(server, rest);
}

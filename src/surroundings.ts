import { brief } from './brief.js';
import type { Options } from './argv.js';
import type { Config } from './config/config.js';
import { isAssumeError } from './errors.js';
import type { Host } from './host/host.js';
import { ownDirectory } from './host/own-directory.js';
import type { PlannedTarget } from './plan/plan.js';
import { attempt, tellLoss } from './store/attempt.js';
import { sayOnce } from './store/say-once.js';
import type { SecretStore } from './store/secret-store.js';
import { formatOrigin, type Given } from './target/target.js';
import { visible } from './visible.js';

/** The variables by which AWS's tools are sent elsewhere than to AWS. */
const AWS_ENDPOINTS = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL_IAM'];

/**
 * Says, before AWS is asked, what about this machine a person should know: another endpoint in use,
 * one that is not obeyed, that nothing can be kept or remembered, and, once ever, where sessions rest.
 * Of all that, `--quiet` leaves what is lost.
 */
export function noteSurroundings(
  host: Host,
  options: Options,
  config: Config,
  planned: PlannedTarget,
  store: SecretStore,
): void {
  const keeps = provesToKeep(host, store);
  if (options.quiet) return;
  noteEndpoint(host, planned.target.endpoint);
  const ignored = ignoredEndpoint(host, config, planned);
  if (ignored !== null) {
    say(host, `${ignored} is not obeyed: it would send MFA codes there (use --endpoint-url)`);
  }
  noteState(host);
  if (keeps) announceStore(host, store);
}

/** Tells of a store that can take nothing, such as one on a full disk; one that is none is no loss. */
function provesToKeep(host: Host, { path }: SecretStore): boolean {
  try {
    if (path !== null) host.files.proveWritable(path);
    return true;
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    tellLoss(host, `sessions are not kept: ${error.message}`);
    return false;
  }
}

/** Says that another is asked than AWS. A sandbox has said so of its own at its start. */
export function noteEndpoint(host: Host, endpoint: Given<string> | null): void {
  const isSandbox = Boolean(host.env['ASSUME_SANDBOX']) && endpoint?.origin.kind === 'variable';
  if (!endpoint || isSandbox) return;
  say(host, `using endpoint ${visible(endpoint.value)} (${formatOrigin(endpoint.origin)})`);
}

/** Without the directory of locks and of what was learned each run stands alone. */
function noteState(host: Host): void {
  const directory = ownDirectory(host, 'state');
  if (directory === null) {
    say(host, 'nothing is remembered between runs: there is no home directory; set HOME');
    return;
  }
  attempt(host, 'remember anything between runs', () => {
    host.files.makePrivateDirectory(directory);
  });
}

function ignoredEndpoint(host: Host, config: Config, planned: PlannedTarget): string | null {
  const used = planned.plan.endpoint;
  const variable = AWS_ENDPOINTS.find((name) => host.env[name] && host.env[name] !== used);
  if (variable !== undefined) return variable;
  const source = planned.target.identity.source.value;
  const names = [planned.target.name, ...(source.kind === 'profile' ? [source.profile] : [])];
  for (const name of names) {
    const value = config.aws.profiles.get(name)?.values.get('endpoint_url');
    if (value && value.value !== used) return `endpoint_url (${value.file}:${String(value.line)})`;
  }
  return null;
}

/** Tells, once for each place, where secrets lie. */
export function announceStore(host: Host, store: SecretStore): void {
  if (store.reason === '--no-cache') return;
  sayOnce(host, 'store', store.path ?? 'nowhere', whereKept(store));
}

function whereKept({ path, reason, isEncrypted }: SecretStore): string {
  if (path === null) return `sessions are not kept: ${reason}`;
  const place = `sessions are kept in ${visible(path)}`;
  if (isEncrypted) return `${place}, ${reason}`;
  return `${place}, not encrypted, mode 0600, until they expire; whoever can read your files can use them (${reason})`;
}

function say(host: Host, text: string): void {
  host.stderr(brief(`assume: ${text}\n`));
}

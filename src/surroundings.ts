import type { Options } from './argv.js';
import type { Config } from './config/config.js';
import type { Host } from './host/host.js';
import type { PlannedTarget } from './plan/plan.js';
import { sayOnce } from './store/say-once.js';
import type { SecretStore } from './store/secret-store.js';
import { formatOrigin } from './target/target.js';
import { visible } from './visible.js';

/** The variables by which AWS's tools are sent elsewhere than to AWS. */
const AWS_ENDPOINTS = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL_IAM'];

/**
 * Says, before AWS is asked, what about this machine a person should know: another endpoint in use,
 * one that is not obeyed, and, once ever, where sessions rest.
 */
export function noteSurroundings(
  host: Host,
  options: Options,
  config: Config,
  planned: PlannedTarget,
  store: SecretStore,
): void {
  if (options.quiet) return;
  const { endpoint } = planned.target;
  if (endpoint) {
    say(host, `using endpoint ${visible(endpoint.value)} (${formatOrigin(endpoint.origin)})`);
  }
  const ignored = ignoredEndpoint(host, config, planned);
  if (ignored !== null) {
    say(host, `${ignored} is not obeyed: it would send MFA codes there (use --endpoint-url)`);
  }
  announceStore(host, store);
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

/** Where secrets lie is told once for each place. */
function announceStore(host: Host, store: SecretStore): void {
  if (store.reason === '--no-cache') return;
  const text =
    store.path === null
      ? `sessions are not kept: ${store.reason}`
      : `sessions are kept in ${visible(store.path)}, not encrypted, mode 0600, until they expire; whoever can read your files can use them (${store.reason})`;
  sayOnce(host, 'store', store.path ?? 'nowhere', text);
}

function say(host: Host, text: string): void {
  host.stderr(`assume: ${text}\n`);
}

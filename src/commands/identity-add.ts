import type { Request } from '../argv.js';
import { awsContext } from '../aws/aws-context.js';
import { getCallerIdentity } from '../aws/sts.js';
import { editIniSection } from '../config/edit-ini.js';
import type { AssumeSection } from '../config/assume-file.js';
import { readConfig, type Config } from '../config/config.js';
import { explainName } from '../config/names.js';
import type { Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { putKey } from '../identity/store-key-home.js';
import { changeKeys, lookAtKeys } from '../store/key-store.js';
import { formatSpec } from '../target/identity-spec.js';
import { identityTarget } from '../target/identity-target.js';
import { startOfSpec } from '../target/make-start.js';
import { byDefault, type Target } from '../target/target.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';
import { readNewKey } from './identity-add-key.js';
import { learnUser, type NewUser } from './identity-add-user.js';
import { sayUnlessQuiet } from './say.js';

/** Takes long-term keys into the store, once AWS has said whose they are. */
export const command: Command = {
  run: async (request, host) => {
    const { options, operands } = request;
    const config = readConfig(host);
    const name = requireName(operands[0]);
    const section = config.assume.index.find('identity', name);
    const target = targetOf(config, host, request, name, section);
    const use = { host, config, options, lockWaitMs: null };
    // Before a secret is asked that could not be kept.
    await changeKeys(use, () => Promise.resolve());
    const keys = await readNewKey(request, host);
    refuseOther(host, request, name, keys);
    const aws = awsContext(host, target);
    const caller = await getCallerIdentity(aws, keys);
    const user = await learnUser(aws, keys, caller, options, name);
    requireAccount(name, target, user);
    await changeKeys(use, (kept) => putKey(use, kept, name, keys));
    if (!section) await writeSection(config, host, name, user);
    const where = `${user.userName} of ${user.accountId}`;
    sayUnlessQuiet(host, options, `${name} is ${where}, with ${keys.accessKeyId} in the store`);
    return 0;
  },
};

function requireName(name: string | undefined): string {
  const problem = name === undefined ? 'is wanted' : explainName(name);
  if (name !== undefined && problem === null) return name;
  throw new AssumeError('USAGE', `the name of the new identity ${problem ?? ''}`, {
    hint: 'write: assume identity add NAME',
  });
}

/** The identity as it will be: its keys in the store. */
function targetOf(
  config: Config,
  host: Host,
  { options }: Request,
  name: string,
  section: AssumeSection | null,
): Target {
  const value = { kind: 'keychain', identity: name } as const;
  const start = startOfSpec(config, host.env, section, { value, origin: byDefault('credentials') });
  const credentials = section?.values.credentials;
  if (!credentials || credentials.value.kind === 'keychain') {
    return identityTarget(config, host, null, options, start);
  }
  const place = `${visible(credentials.file)}:${String(credentials.line)}`;
  const source = formatSpec(identityTarget(config, host, name, options).identity.source.value);
  throw new AssumeError('USAGE', `${visible(name)} has its keys from ${source} (${place})`, {
    hint: 'give the new one another name, or take that line away',
  });
}

/** Keys whose only copy is in the store are not overwritten unasked. */
function refuseOther(host: Host, { options }: Request, name: string, keys: Credentials): void {
  const kept = lookAtKeys(host)?.find(name)?.accessKeyId ?? null;
  if (kept === null || kept === keys.accessKeyId || options.force) return;
  throw new AssumeError('FAILED', `the store holds another key of ${visible(name)}: ${kept}`, {
    hint: `to replace it by a new one: assume identity rotate ${visible(name)}; to overwrite it: --force`,
  });
}

function requireAccount(name: string, { identity }: Target, { accountId }: NewUser): void {
  const wanted = identity.accountId?.value ?? accountId;
  if (wanted === accountId) return;
  throw new AssumeError(
    'IDENTITY_INVALID',
    `these keys belong to account ${accountId}, not to ${wanted} as the account_id of ${visible(name)} says`,
    { hint: 'use the keys of that account, or correct account_id' },
  );
}

async function writeSection(
  { assume }: Config,
  host: Host,
  name: string,
  { accountId, userName, mfaSerial }: NewUser,
): Promise<void> {
  const path = assume.mainPath;
  if (path === null) {
    throw new AssumeError('CONFIG_UNREADABLE', 'there is no place for assume.ini', {
      hint: 'set HOME, or ASSUME_CONFIG to a file of yours',
    });
  }
  await host.files.edit(path, (text) =>
    editIniSection(text, `identity ${name}`, {
      account_id: accountId,
      user_name: userName,
      credentials: 'keychain',
      mfa_serial: mfaSerial,
    }),
  );
}

import type { Config } from '../config/config.js';
import { editIniSection, lineOfIniSection, readIniSection } from '../config/edit-ini.js';
import { AssumeError } from '../errors.js';
import { ONE_SHOT_MARGIN_MS } from '../store/freshness.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { formatOrigin } from '../target/target.js';
import { visible } from '../visible.js';
import { formatInstant } from './aws-environment.js';
import type { Delivery } from './delivery.js';

/** Keys that make one SDK or another look elsewhere than at the static keys of a profile. */
const SHADOWS = /^(role_arn|credential_process|sso_.*)$/;

/** Puts the credentials into a section of AWS's credentials file, every other byte left as it is. */
export const writeDelivery: Delivery = {
  name: 'write',
  manner: () => ({
    renews: false,
    marginMs: ONE_SHOT_MARGIN_MS,
    lockWaitMs: null,
    mayPick: true,
  }),
  check: () => undefined,
  deliver: async (assumption, request, host) => {
    const { target } = assumption.planned;
    const section = request.options.profile ?? `assume-${target.name.replace(/[^\w.@+:%-]/g, '-')}`;
    const force = request.options.force === true;
    const path = assumption.config.aws.credentials.path;
    if (path === null) throw noCredentialsFile();
    refuseShadowed(assumption.config, section);
    refuseForeign(host.files.readText(path) ?? '', section, path, force);
    const { credentials, accountId } = await assumption.source();
    const expiration = credentials.expiration && formatInstant(credentials.expiration);
    await host.files.edit(path, (text) => {
      refuseForeign(text, section, path, force);
      return editIniSection(text, section, {
        aws_access_key_id: credentials.accessKeyId,
        aws_secret_access_key: credentials.secretAccessKey.reveal(),
        aws_session_token: credentials.sessionToken?.reveal() ?? null,
        aws_security_token: null,
        aws_account_id: accountId,
        [WRITTEN_MARK]: target.name,
        x_assume_expires: expiration,
      });
    });
    if (!request.options.quiet) {
      const until = expiration === null ? '' : `, until ${expiration}`;
      host.stderr(`assume: wrote profile ${visible(section)} to ${visible(path)}${until}\n`);
    }
    return 0;
  },
};

/** A section that somebody else wrote is theirs; one with long-term keys is never replaced. */
function refuseForeign(text: string, section: string, path: string, force: boolean): void {
  const values = readIniSection(text, section);
  if (values === null || values.has(WRITTEN_MARK) || values.size === 0) return;
  const where = `[${visible(section)}] (${visible(path)}:${String(lineOfIniSection(text, section))})`;
  if (holdsLongTermKeys(values)) {
    throw new AssumeError('FAILED', `${where} holds long-term keys, which are never replaced`, {
      hint: 'choose another name: --profile NAME',
    });
  }
  if (force) return;
  throw new AssumeError('FAILED', `${where} was not written by assume`, {
    hint: 'choose another name with --profile NAME, or replace it with --force',
  });
}

/** Temporary keys are `ASIA…` and have a token; a token left beside other keys means nothing. */
function holdsLongTermKeys(values: ReadonlyMap<string, string>): boolean {
  const id = values.get('aws_access_key_id');
  if (id === undefined) return values.has('aws_secret_access_key');
  return id.startsWith('AKIA') || !values.get('aws_session_token');
}

function refuseShadowed({ aws }: Config, section: string): void {
  const profile = aws.profiles.get(section);
  const [key, value] = [...(profile?.values ?? [])].find(([name]) => SHADOWS.test(name)) ?? [];
  if (key === undefined || value === undefined) return;
  const place = formatOrigin({ kind: 'file', name: key, file: value.file, line: value.line });
  throw new AssumeError(
    'FAILED',
    `profile ${visible(section)} has ${key} (${place}), so AWS's tools would not look at keys written there`,
    { hint: 'choose another name: --profile NAME' },
  );
}

function noCredentialsFile(): AssumeError {
  return new AssumeError('CONFIG_UNREADABLE', 'HOME is not set, so there is no credentials file', {
    hint: 'set AWS_SHARED_CREDENTIALS_FILE',
  });
}

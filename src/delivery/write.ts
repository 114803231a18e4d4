import type { Config } from '../config/config.js';
import {
  editIniSection,
  lineOfIniSection,
  readIniSection,
  removeIniSection,
} from '../config/edit-ini.js';
import { requireWritable, toBytes } from '../config/ini-writable.js';
import { AssumeError, isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
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
  check: ({ options }) => {
    if (options.profile !== undefined) requireProfileName(options.profile);
  },
  deliver: async (assumption, request, host) => {
    const { target } = assumption.planned;
    const section = request.options.profile ?? sectionName(target.name);
    const path = assumption.config.aws.credentials.path;
    if (path === null) throw noCredentialsFile();
    const place = { section, path, force: request.options.force === true };
    // Under a name that was chosen, one target may follow another.
    const mark = request.options.profile === undefined ? target.name : null;
    refuseShadowed(assumption.config, section);
    refuseForeign(toBytes(host.files.readText(path) ?? ''), place, mark);
    const { credentials, accountId } = await assumption.source();
    const expiration = credentials.expiration && formatInstant(credentials.expiration);
    const values = {
      aws_access_key_id: credentials.accessKeyId,
      aws_secret_access_key: credentials.secretAccessKey.reveal(),
      aws_session_token: credentials.sessionToken?.reveal() ?? null,
      aws_security_token: null,
      aws_account_id: accountId,
      region: target.region?.value ?? null,
      [WRITTEN_MARK]: target.name,
      x_assume_expires: expiration,
    };
    const modeBefore = host.files.facts(path)?.mode ?? 0;
    const edit = (text: string): string => {
      refuseForeign(text, place, mark);
      return editIniSection(withoutForeign(text, section, mark), section, values);
    };
    await host.files.edit(path, edit, { isSecret: true });
    if (!request.options.quiet) {
      const until = expiration === null ? '' : `, until ${expiration}`;
      host.stderr(`assume: wrote profile ${visible(section)} to ${visible(path)}${until}\n`);
      tellOfClosing(host, path, modeBefore);
    }
    return 0;
  },
};

function requireProfileName(profile: string): void {
  try {
    requireWritable(profile, {});
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    throw new AssumeError('USAGE', `--profile: ${error.message}`, {
      hint: 'choose another name, such as --profile prod',
    });
  }
}

/** The target's name, with what some reader would not take as a profile's name replaced. */
function sectionName(targetName: string): string {
  return `assume-${targetName.replace(/[^\w.@+:%/-]/g, '-')}`;
}

interface Place {
  readonly section: string;
  readonly path: string;
  readonly force: boolean;
}

/**
 * A section that somebody else wrote is theirs, and one with long-term keys is never replaced: nor
 * one of ours into which such keys were put since.
 *
 * @param text - latin1.
 * @param mark - The only target whose section may be replaced unasked; `null` for any.
 */
function refuseForeign(text: string, { section, path, force }: Place, mark: string | null): void {
  const values = readIniSection(text, section);
  if (values === null || values.size === 0) return;
  const where = `[${visible(section)}] (${visible(path)}:${String(lineOfIniSection(text, section))})`;
  const marked = values.get(WRITTEN_MARK);
  const isOursLongTerm = marked !== undefined && !values.has('x_assume_expires');
  if (holdsLongTermKeys(values) && !isOursLongTerm) {
    throw new AssumeError('FAILED', `${where} holds long-term keys, which are never replaced`, {
      hint: 'choose another name: --profile NAME',
    });
  }
  if (force || !isForeign(values, mark)) return;
  const owner =
    marked === undefined ? 'was not written by assume' : `is that of ${visible(marked)}`;
  throw new AssumeError('FAILED', `${where} ${owner}`, {
    hint: 'choose another name with --profile NAME, or replace it with --force',
  });
}

/** By force: another's section goes whole, for a key of it might say more than those we write. */
function withoutForeign(text: string, section: string, mark: string | null): string {
  const values = readIniSection(text, section);
  return values !== null && isForeign(values, mark) ? removeIniSection(text, section) : text;
}

function isForeign(values: ReadonlyMap<string, string>, mark: string | null): boolean {
  const marked = values.get(WRITTEN_MARK);
  return values.size > 0 && (marked === undefined || (mark !== null && marked !== mark));
}

/** A mode that let others read the file is no surprise to find changed. */
function tellOfClosing(host: Host, path: string, modeBefore: number): void {
  if (host.platform === 'win32' || (modeBefore & 0o077) === 0) return;
  host.stderr(`assume: others could read ${visible(path)}; now only you can\n`);
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

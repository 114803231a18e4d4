import type { Walked } from '../assume.js';
import { editIniSection } from '../config/edit-ini.js';
import { requireWritable, toBytes } from '../config/ini-writable.js';
import { AssumeError, isAssumeError } from '../errors.js';
import { namingFile } from '../host/file-error.js';
import type { Host } from '../host/host.js';
import { attempt } from '../store/attempt.js';
import { ONE_SHOT_MARGIN_MS } from '../store/freshness.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { visible } from '../visible.js';
import type { Delivery } from './delivery.js';
import { formatInstant } from './format-instant.js';
import { refuseForeign, refuseShadowed, withoutForeign } from './section-owner.js';
import { rememberWritten, takeMissing } from './written-sections.js';

/** Puts the credentials into a section of AWS's credentials file, every other byte left as it is. */
export const writeDelivery: Delivery<Walked> = {
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
    namingFile(path, () => {
      refuseForeign(toBytes(host.files.readText(path) ?? ''), place, mark);
    });
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
    let written = '';
    const edit = (text: string): string => {
      refuseForeign(text, place, mark);
      written = editIniSection(withoutForeign(text, section, mark), section, values);
      return written;
    };
    await host.files.edit(path, edit, { isSecret: true });
    if (credentials.expiration) {
      const { expiration } = credentials;
      rememberWritten(host, { path, section, target: target.name, expiration });
    }
    tellOfMissing(host, path, written);
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

function tellOfMissing(host: Host, path: string, text: string): void {
  attempt(host, 'see whether what was written is still there', () => {
    for (const { section, target } of takeMissing(host, path, text)) {
      const profile = section === sectionName(target) ? '' : ` --profile ${visible(section)}`;
      host.stderr(
        `assume: profile ${visible(section)} is gone from ${visible(path)}; to have it again: assume write ${visible(target)}${profile}\n`,
      );
    }
  });
}

/** A mode that let others read the file is no surprise to find changed. */
function tellOfClosing(host: Host, path: string, modeBefore: number): void {
  if (host.platform === 'win32' || (modeBefore & 0o077) === 0) return;
  host.stderr(`assume: others could read ${visible(path)}; now only you can\n`);
}

function noCredentialsFile(): AssumeError {
  return new AssumeError('CONFIG_UNREADABLE', 'HOME is not set, so there is no credentials file', {
    hint: 'set AWS_SHARED_CREDENTIALS_FILE',
  });
}

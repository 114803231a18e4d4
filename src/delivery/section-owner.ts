import type { Config } from '../config/config.js';
import { lineOfIniSection, readIniSection, removeIniSection } from '../config/edit-ini.js';
import { AssumeError } from '../errors.js';
import { WRITTEN_MARK } from '../target/catalogue.js';
import { formatOrigin } from '../target/target.js';
import { visible } from '../visible.js';

/** Keys that make one SDK or another look elsewhere than at the static keys of a profile. */
const SHADOWS = /^(role_arn|credential_process|sso_.*)$/;

/** Where it is to be written, and whether another's section may go. */
export interface Place {
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
 * @throws AssumeError FAILED, with file and line.
 */
export function refuseForeign(
  text: string,
  { section, path, force }: Place,
  mark: string | null,
): void {
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
export function withoutForeign(text: string, section: string, mark: string | null): string {
  const values = readIniSection(text, section);
  return values !== null && isForeign(values, mark) ? removeIniSection(text, section) : text;
}

function isForeign(values: ReadonlyMap<string, string>, mark: string | null): boolean {
  const marked = values.get(WRITTEN_MARK);
  return values.size > 0 && (marked === undefined || (mark !== null && marked !== mark));
}

/** Temporary keys are `ASIA…` and have a token; a token left beside other keys means nothing. */
function holdsLongTermKeys(values: ReadonlyMap<string, string>): boolean {
  const id = values.get('aws_access_key_id');
  if (id === undefined) return values.has('aws_secret_access_key');
  return id.startsWith('AKIA') || !values.get('aws_session_token');
}

/**
 * A profile whose keys AWS's tools would not look at is no place for them.
 *
 * @throws AssumeError FAILED, with file and line.
 */
export function refuseShadowed({ aws }: Config, section: string): void {
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

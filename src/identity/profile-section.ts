import type { Config } from '../config/config.js';
import { readIniSection } from '../config/edit-ini.js';
import { Secret, type Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import { profileValue } from '../target/profile-value.js';
import { visible } from '../visible.js';

/** The file that holds a profile's keys, and what stands before a profile's name in its headers. */
export interface KeyFile {
  readonly file: string;
  readonly prefix: '' | 'profile ';
}

/** @throws AssumeError IDENTITY_INVALID for a profile without keys. */
export function keyFileOf({ aws }: Config, profile: string): KeyFile {
  const section = aws.profiles.get(profile);
  const id = section && profileValue(section, 'aws_access_key_id');
  if (!id) {
    throw new AssumeError('IDENTITY_INVALID', `profile ${visible(profile)} holds no keys`, {
      hint: `add them: aws configure --profile ${visible(profile)}`,
    });
  }
  return { file: id.file, prefix: id.file === aws.config.path ? 'profile ' : '' };
}

/**
 * What stands between the brackets of a profile's section; `[default]` stands alone in the config
 * file, too.
 *
 * @param text - latin1.
 */
export function sectionOfProfile(text: string, prefix: string, profile: string): string {
  const isBare = profile === 'default' && readIniSection(text, `${prefix}${profile}`) === null;
  return isBare ? profile : `${prefix}${profile}`;
}

/** The section of a pair that waits to take the place of a profile's own. */
export const waitingSection = (prefix: string, profile: string): string =>
  `${prefix}assume-rotating-${profile}`;

/**
 * The long-term keys that a section holds; `null` where it has not both.
 *
 * @param text - latin1.
 */
export function keysIn(text: string, section: string): Credentials | null {
  const values = readIniSection(text, section);
  const id = values?.get('aws_access_key_id');
  const secret = values?.get('aws_secret_access_key');
  if (!id || !secret) return null;
  const secretAccessKey = new Secret(secret);
  return { accessKeyId: id, secretAccessKey, sessionToken: null, expiration: null };
}

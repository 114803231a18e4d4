import { parseRoleArn } from '../arn/role-arn.js';

/** Characters that a person cannot see, or that steer a terminal. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Tells whether the text holds a control, bidi or other invisible character. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/**
 * What keeps a text from being the name of an identity, customer, account or role section; `null`
 * when nothing does. Dots, spaces and letters of any script are welcome.
 */
export function explainName(text: string): string | null {
  if (text === '') return 'is empty';
  if (hasUnseen(text)) return 'has an invisible character; type it anew';
  if (text.includes('/')) return 'has a slash, which separates customer, account and role';
  if (/["']/.test(text)) return 'has a quote; names are written without them';
  if (text.startsWith('-')) return 'starts with a dash, which the command line takes for a flag';
  return text === text.trim() ? null : 'has a blank at its beginning or end';
}

/** Tells whether IAM takes the text as a role's name, with or without its path before it. */
export function isRoleName(text: string): boolean {
  return parseRoleArn(`arn:aws:iam::111122223333:role/${text.replace(/^\//, '')}`) !== null;
}

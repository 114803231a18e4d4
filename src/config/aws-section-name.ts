import { nearestNames } from '../nearest.js';
import type { AwsFileKind } from './aws-file.js';
import { hasUnseen } from './names.js';
import { splitCommandLine } from './command-line.js';
import type { ToleranceName } from './tolerances.js';

/** What a section is. A bare `[default]` of the config file waits: `[profile default]` beats it. */
export type SectionKind = 'profile' | 'sso-session' | 'services' | 'bareDefault';

/** What the text between a header's brackets names. */
export interface SectionName {
  /** `null`: the section is left out. */
  readonly kind: SectionKind | null;
  /** Of a section that is left out: what was probably meant; `null` when nobody can tell. */
  readonly name: string | null;
  /** The SDKs' grammar has no such header: it must not stand in the way of one that has. */
  readonly isTolerated: boolean;
  /** What is to be told of it; `null` when nothing is. */
  readonly row: ToleranceName | null;
}

/** What the SDKs allow as the name of a profile and of a property. */
const IDENTIFIER = /^[A-Za-z0-9_\-/.%@:+]+$/;

const KINDS = ['profile', 'sso-session', 'services'] as const;

/** Sections of the config file that the AWS CLI has for itself. */
const AWS_CLI_SECTIONS: readonly string[] = ['plugins', 'preview'];

/** Tells whether the SDKs accept the text as a name. */
export function isAwsIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/**
 * Reads the text between the brackets of a header, without blanks at its ends: as the SDKs' grammar
 * does; where it has no such name, as the AWS CLI does.
 */
export function parseSectionName(text: string, file: AwsFileKind): SectionName {
  if (text === '') return leftOut(null, null);
  return file === 'credentials' ? credentialsName(text) : configName(text);
}

function credentialsName(text: string): SectionName {
  if (text === 'DEFAULT') return { ...plain('profile', text), row: 'shared-default' };
  if (isAwsIdentifier(text)) return plain('profile', text);
  const typed = /^(?:profile|sso-session|services)[ \t]+(.*)$/s.exec(text);
  if (typed) return leftOut('typed-in-credentials', typed[1] ?? null);
  if (/["']/.test(text)) {
    const [word, other] = splitCommandLine(text, 'linux') ?? [];
    return leftOut('quotes-in-credentials', other === undefined ? (word ?? null) : null);
  }
  if (!isUsable(text)) return leftOut('unusable-credentials-name', null);
  const isTwoWords = /^[\w-]+\s[\w\-@+.%:/]+$/.test(text);
  return tolerated('profile', text, isTwoWords ? 'two-word-name' : 'odd-credentials-name');
}

function configName(text: string): SectionName {
  if (text === 'default') return plain('bareDefault', text);
  if (text === 'DEFAULT') return leftOut('shared-default', 'default');
  const [, word = text, rest] = /^([^ \t]+)[ \t]+(.*)$/s.exec(text) ?? [];
  const kind = KINDS.find((known) => known === word);
  if (kind && rest !== undefined) return typedName(kind, rest);
  const begun = KINDS.find((known) => word.startsWith(known));
  const [, second, third] = (begun && splitCommandLine(text, 'linux')) ?? [];
  if (begun && second !== undefined && third === undefined && isUsable(second)) {
    return tolerated(begun, second, 'misspelt-type');
  }
  if (rest === undefined) return bareName(text);
  const isMeant = nearestNames(word, KINDS).length > 0;
  return leftOut(isMeant ? 'unknown-type' : null, isMeant ? rest : null);
}

function bareName(text: string): SectionName {
  if (AWS_CLI_SECTIONS.includes(text)) return leftOut(null, null);
  if (text === '__proto__') return leftOut('proto-name', text);
  const dotted = /^(?:profile|sso-session|services)\.(.+)$/s.exec(text);
  return dotted ? leftOut('dotted-type', dotted[1] ?? null) : leftOut('bare-name', text);
}

function typedName(kind: SectionKind, rest: string): SectionName {
  if (isAwsIdentifier(rest)) return plain(kind, rest);
  const words = splitCommandLine(rest, 'linux');
  const [name, other] = words ?? [];
  if (name === undefined || other !== undefined) return leftOut('words-in-name', rest);
  if (!isUsable(name)) return leftOut('unusable-name', null);
  if (name === rest) return tolerated(kind, name, 'odd-name');
  const isPlain = isAwsIdentifier(name) && [`"${name}"`, `'${name}'`].includes(rest);
  return tolerated(kind, name, isPlain ? 'quoted-name' : 'quoted-words');
}

/** A name that a person can type and see. */
function isUsable(name: string): boolean {
  return name !== '' && !hasUnseen(name);
}

function plain(kind: SectionKind, name: string): SectionName {
  return { kind, name, isTolerated: false, row: name === '__proto__' ? 'proto-name' : null };
}

function tolerated(kind: SectionKind, name: string, row: ToleranceName): SectionName {
  return { kind, name, isTolerated: true, row };
}

function leftOut(row: ToleranceName | null, name: string | null): SectionName {
  return { kind: null, name, isTolerated: false, row };
}

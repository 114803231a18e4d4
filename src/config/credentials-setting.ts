import { parseRoleArn } from '../arn/role-arn.js';
import { alternatives, didYouMean } from './alternatives.js';
import type { Parsed, ValueParser } from './setting-values.js';

/** Where an identity's credentials come from, as `credentials` in assume's own file says it. */
export type CredentialsSetting =
  | { readonly kind: 'keychain' | 'environment' | 'container' | 'instance-metadata' }
  | { readonly kind: 'profile'; readonly profile: string }
  | { readonly kind: 'process'; readonly command: string }
  | {
      readonly kind: 'sso';
      /** The name of a `[sso-session]` in AWS's config file. */
      readonly session: string;
      readonly accountId: string;
      readonly roleName: string;
    }
  | { readonly kind: 'login'; readonly session: string }
  | {
      readonly kind: 'web-identity';
      /** `null` leaves both to the environment. */
      readonly role: { readonly roleArn: string; readonly tokenFile: string } | null;
    };

/** How a kind is written, and what its argument (`null` without a colon) says. */
interface Form {
  readonly written: string;
  read(argument: string | null): CredentialsSetting | null;
}

const FORMS: Readonly<Record<CredentialsSetting['kind'], Form>> = {
  keychain: bare('keychain'),
  profile: {
    written: 'profile:NAME',
    read: (profile) => (profile ? { kind: 'profile', profile } : null),
  },
  environment: bare('environment'),
  process: {
    written: 'process:COMMAND',
    read: (command) => (command ? { kind: 'process', command } : null),
  },
  sso: { written: 'sso:SESSION/ACCOUNT_ID/ROLE', read: readSso },
  login: {
    written: 'login:ARN',
    read: (session) =>
      session && /^arn:[\x21-\x7e]+$/.test(session) ? { kind: 'login', session } : null,
  },
  'web-identity': { written: 'web-identity or web-identity:ROLE_ARN FILE', read: readWebIdentity },
  container: bare('container'),
  'instance-metadata': bare('instance-metadata'),
};

/** Reads `credentials`: the kind, and after a colon what it needs. */
export const credentials: ValueParser<CredentialsSetting> = (value) => {
  const [, word = '', colon, rest = ''] = /^([^:]*)(:?)([^]*)$/.exec(value) ?? [];
  const form = isKind(word) ? FORMS[word] : null;
  if (!form) {
    const kinds = Object.keys(FORMS);
    return { problem: `must be ${alternatives(kinds)}${didYouMean(word, kinds)}` };
  }
  return parsed(form, colon === '' ? null : rest.trim());
};

function parsed(form: Form, argument: string | null): Parsed<CredentialsSetting> {
  const setting = form.read(argument);
  return setting ? { value: setting } : { problem: `must be written ${form.written}` };
}

function isKind(word: string): word is CredentialsSetting['kind'] {
  return Object.hasOwn(FORMS, word);
}

function bare(kind: 'keychain' | 'environment' | 'container' | 'instance-metadata'): Form {
  return { written: kind, read: (argument) => (argument === null ? { kind } : null) };
}

function readSso(argument: string | null): CredentialsSetting | null {
  const [, session, accountId, roleName] =
    /^([^/]+)\/(\d{12})\/([\w+=,.@-]{1,64})$/.exec(argument ?? '') ?? [];
  return session && accountId && roleName ? { kind: 'sso', session, accountId, roleName } : null;
}

function readWebIdentity(argument: string | null): CredentialsSetting | null {
  if (argument === null) return { kind: 'web-identity', role: null };
  const [, roleArn = '', tokenFile] = /^(\S+)\s+(\S[^]*)$/.exec(argument) ?? [];
  return parseRoleArn(roleArn) && tokenFile
    ? { kind: 'web-identity', role: { roleArn, tokenFile } }
    : null;
}

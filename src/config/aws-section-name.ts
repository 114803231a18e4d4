/** Which of the two files: their headers differ. */
export type AwsFileKind = 'config' | 'credentials';

/** Where a section belongs. A bare `[default]` of the config file waits: `[profile default]` beats it. */
export type SectionTable = 'profiles' | 'ssoSessions' | 'services' | 'bareDefault';

/** What a header names, or why its section is left out; `ignored` is `null` where that is no surprise. */
export type SectionName =
  | { readonly table: SectionTable; readonly name: string }
  | { readonly table: null; readonly ignored: string | null };

/** What the SDKs allow as the name of a profile and of a property. */
const IDENTIFIER = /^[A-Za-z0-9_\-/.%@:+]+$/;

const CONFIG_TABLES: Readonly<Record<string, SectionTable>> = {
  profile: 'profiles',
  'sso-session': 'ssoSessions',
  services: 'services',
};

/** Tells whether the SDKs accept the text as a name. */
export function isAwsIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Reads the text between the brackets of a header, without blanks at its ends. */
export function parseSectionName(text: string, kind: AwsFileKind): SectionName {
  return kind === 'credentials' ? credentialsName(text) : configName(text);
}

function credentialsName(text: string): SectionName {
  if (isAwsIdentifier(text)) return { table: 'profiles', name: text };
  return ignored(
    text.startsWith('profile')
      ? 'in the credentials file a header is [NAME], without "profile"'
      : NOT_A_NAME,
  );
}

function configName(text: string): SectionName {
  if (text === 'default') return { table: 'bareDefault', name: text };
  const [, type = text, name] = /^([^ \t]+)[ \t]+([^]*)$/.exec(text) ?? [];
  if (name === undefined) return ignored('in the config file a header is [profile NAME]');
  const table = Object.hasOwn(CONFIG_TABLES, type) ? CONFIG_TABLES[type] : undefined;
  if (!table) return { table: null, ignored: null };
  return isAwsIdentifier(name) ? { table, name } : ignored(NOT_A_NAME);
}

const NOT_A_NAME = 'a name is made of A-Z a-z 0-9 _ - / . % @ : +, without spaces or quotes';

function ignored(reason: string): SectionName {
  return { table: null, ignored: reason };
}

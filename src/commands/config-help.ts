import { alignColumns } from '../columns.js';
import { SCHEMA, SECTION_KINDS, type Setting } from '../config/assume-schema.js';

/** The least that each of the files needs, and every key of assume's own. */
export function formatConfigHelp(): string {
  return `${FIRST_FILES}\n${formatKeys()}`;
}

const FIRST_FILES = `A profile of AWS's own files is a target. In ~/.aws/config, say:

  [profile prod-role]
  role_arn = arn:aws:iam::444444444444:role/prod-role
  source_profile = base
  mfa_serial = arn:aws:iam::111111111111:mfa/jane.doe

So is each role of each account that assume.ini lists; assume config path shows where it is:

  [identity shared]
  credentials = profile:base
  mfa_serial = arn:aws:iam::111111111111:mfa/jane.doe

  [account production]
  id = 444444444444
  roles = prod-role, readonly

Both start from keys that aws configure --profile base puts into ~/.aws/credentials.
`;

function formatKeys(): string {
  const rows = Object.entries(SCHEMA).map(([key, setting]) => [
    `  ${key}`,
    sectionsOf(setting),
    setting.description,
  ]);
  const lines = alignColumns(rows).map((cells) => `${cells.join('  ')}\n`);
  return `Keys of assume.ini, the sections that may hold each, and what it says:\n${lines.join('')}`;
}

/** The kinds of section that may hold a key, in few words. */
export function sectionsOf({ sections }: Pick<Setting, 'sections'>): string {
  const [missing, ...others] = SECTION_KINDS.filter((kind) => !sections.includes(kind));
  if (missing === undefined) return 'any';
  return others.length === 0 ? `any but ${missing}` : sections.join(', ');
}

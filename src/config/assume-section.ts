import { visible } from '../visible.js';
import type { AssumeSection, Located } from './assume-file.js';
import { noSuch, parseHeader, shownWord } from './assume-header.js';
import type { RawSection, RawSetting } from './assume-lines.js';
import {
  camelCase,
  isSettingKey,
  keysOf,
  mayHold,
  SCHEMA,
  type SectionKind,
  type Setting,
  type SettingKey,
} from './assume-schema.js';
import type { ReadValue } from './ini-values.js';
import { hasUnseen } from './names.js';
import type { Place, Report } from './problems.js';
import type { Parsed } from './setting-values.js';

/**
 * Makes a section of what a file says, each value read and checked by its key.
 *
 * @param values - What each line says.
 * @returns `null` when the header cannot be understood; its keys can't be judged then.
 */
export function makeSection(
  raw: RawSection,
  file: string,
  values: ReadonlyMap<number, ReadValue>,
  report: Report,
): AssumeSection | null {
  if (raw.header === '') return null;
  const place = { file, line: raw.line, column: raw.column };
  const header = parseHeader(raw.header);
  if ('problem' in header) {
    report(place, header.problem);
    return null;
  }
  const { kind, name, customer } = header;
  const given: Record<string, Located<unknown>> = {};
  for (const setting of withoutRepeated(raw.settings, file, report)) {
    const { key, line, column, valueColumn } = setting;
    const read = readSetting(key, kind, values.get(line));
    if ('problem' in read) {
      report({ file, line, column: read.isOfKey ? column : valueColumn }, read.problem);
    } else given[camelCase(read.key)] = { value: read.value, file, line, column: valueColumn };
  }
  if (customer !== null) takeCustomer(customer, place, given, report);
  if (kind === 'account' && !raw.settings.some(({ key }) => key === 'id')) {
    report(place, `[account ${visible(name)}] has no id: add id = 111122223333`);
  }
  return { kind, name, ...place, values: given };
}

function withoutRepeated(
  settings: readonly RawSetting[],
  file: string,
  report: Report,
): RawSetting[] {
  const lines = new Map<string, number>();
  return settings.filter(({ key, line, column }) => {
    const earlier = lines.get(key);
    if (earlier === undefined) lines.set(key, line);
    else
      report(
        { file, line, column },
        `${shownWord(key)} is given in line ${String(earlier)} already`,
      );
    return earlier === undefined;
  });
}

type ReadSetting =
  | { readonly key: SettingKey; readonly value: unknown }
  | { readonly problem: string | (() => string); readonly isOfKey: boolean };

function readSetting(key: string, kind: SectionKind, read: ReadValue | undefined): ReadSetting {
  if (!isSettingKey(key)) {
    return { problem: () => noSuch('key', key, keysOf(kind)), isOfKey: true };
  }
  const { parse, sections }: Setting = SCHEMA[key];
  if (!mayHold(kind, key)) {
    const places = sections.map((section) => `[${section}]`).join(', ');
    const problem = `${key} does not belong into [${kind}], but into ${places}`;
    return { problem, isOfKey: true };
  }
  const parsed = parseValue(parse, read);
  return 'problem' in parsed
    ? { problem: `${key} ${parsed.problem}`, isOfKey: false }
    : { key, value: parsed.value };
}

function parseValue(parse: Setting['parse'], read: ReadValue | undefined): Parsed<unknown> {
  if (!read || 'problem' in read) return read ?? { problem: 'has no value' };
  if (read.text.trim() === '') return { problem: 'has no value' };
  if (hasUnseen(read.text)) return { problem: 'has an invisible character in its value' };
  return parse(read.text);
}

/** A customer of the header counts as the key; both may be there if they agree. */
function takeCustomer(
  customer: string,
  place: Place,
  given: Record<string, Located<unknown>>,
  report: Report,
): void {
  const written = given['customer'];
  if (written && written.value !== customer) {
    report(written, `customer differs from the one in the header, ${visible(customer)}`);
  } else given['customer'] = written ?? { value: customer, ...place };
}

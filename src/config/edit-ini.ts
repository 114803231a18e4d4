import { isComment, parsePropertyLine, trimBlanks } from './aws-file-lines.js';
import { isAwsIdentifier } from './aws-section-name.js';
import { byteOrderMark, normalizeName, readIniLines, type IniLine } from './ini-lines.js';
import { fromBytes, requireWritable, toBytes } from './ini-writable.js';

/**
 * Sets and removes keys of one section of AWS's files, and leaves every other byte as it was:
 * comments, order, line ends, other sections. A section that is not there is appended.
 *
 * @param text - latin1, so that every byte survives; the answer is too.
 * @param section - What stands between the brackets: `profile x` in the config file.
 * @param values - By key, ordinary text; `null` removes the key.
 * @throws AssumeError `CONFIG_INVALID` for a name or a value that some reader would not give back,
 * and for an indented section header.
 */
export function editIniSection(
  text: string,
  section: string,
  values: Readonly<Record<string, string | null>>,
): string {
  requireWritable(section, values);
  const lines = readIniLines(text);
  const ours = linesOf(lines, section);
  const header = ours.find(({ line }) => line.kind === 'header');
  const end = [header?.line, ...lines].find((line) => line?.end)?.end ?? '\n';
  const wanted = Object.entries(values).map(
    ([key, value]) => [key, value && toBytes(value)] as const,
  );
  if (!header) return endedAs(text, text + appended(lines, toBytes(section), wanted, end));

  const edited = lines.map((line) => line.content + line.end);
  const added = wanted.flatMap(([key, value]) => {
    const own = ours.filter(({ line }) => line.key === key);
    const first = own.find(({ line }) => line.kind === 'key');
    for (const { index } of own) if (index !== first?.index || value === null) edited[index] = '';
    if (value === null) return [];
    if (!first) return [`${key} = ${value}${end}`];
    edited[first.index] = replaced(first.line, key, value);
    return [];
  });
  const anchor = lastOf(ours, header.index);
  const before = added.length === 0 || edited[anchor] === '' || lines[anchor]?.end ? '' : end;
  edited[anchor] = [edited[anchor], before, ...added].join('');
  return endedAs(text, byteOrderMark(text) + edited.join(''));
}

/**
 * Removes a section: its header, its keys and the comments between them. Comments after its last
 * key stay: they speak of what follows. So does every other byte, but for one blank line too many.
 *
 * @param text - latin1, as the answer.
 * @throws AssumeError `CONFIG_INVALID` for an indented section header.
 */
export function removeIniSection(text: string, section: string): string {
  const lines = readIniLines(text);
  const ours = linesOf(lines, section);
  const kept = lines.map((line) => line.content + line.end);
  for (const { index, line } of ours) {
    if (line.kind !== 'header') continue;
    const last = lastOf(ours, index);
    kept.fill('', index, last + 1);
    const isSpaced = lines[index - 1]?.kind === 'blank';
    if (isSpaced && (lines[last + 1]?.kind ?? 'blank') === 'blank') kept[index - 1] = '';
  }
  return endedAs(text, byteOrderMark(text) + kept.join(''));
}

/**
 * A section's values by key in lower case, as `parseAwsFile` reads them.
 *
 * @param text - latin1; the values are ordinary text.
 * @returns `null` when there is no such section.
 * @throws AssumeError `CONFIG_INVALID` for an indented section header.
 */
export function readIniSection(text: string, section: string): ReadonlyMap<string, string> | null {
  const ours = linesOf(readIniLines(text), section);
  if (ours.length === 0) return null;
  const values = new Map<string, string>();
  let key: string | null = null;
  for (const { line } of ours) {
    const said = fromBytes(line.content).trim();
    if (line.kind === 'key') {
      const property = parsePropertyLine(said, isAwsIdentifier);
      key = property?.key ?? null;
      if (property) values.set(property.key, property.value);
    } else if (line.kind === 'more' && key !== null && !isComment(said)) {
      values.set(key, `${values.get(key) ?? ''}\n${said}`);
    }
  }
  return values;
}

/**
 * The number of the line that a section begins on, from 1; `null` when there is no such section.
 *
 * @param text - latin1.
 * @throws AssumeError `CONFIG_INVALID` for an indented section header.
 */
export function lineOfIniSection(text: string, section: string): number | null {
  const [first] = linesOf(readIniLines(text), section);
  return first === undefined ? null : first.index + 1;
}

/** A file whose last line had no end has none afterwards either. */
function endedAs(before: string, after: string): string {
  const isEnded = before === byteOrderMark(before) || /[\r\n]$/.test(before);
  return isEnded ? after : after.replace(/(?:\r\n|\r|\n)$/, '');
}

interface Placed {
  readonly line: IniLine;
  readonly index: number;
}

/** The lines of every section of that name, headers included: duplicates are one to the SDKs. */
function linesOf(lines: readonly IniLine[], section: string): Placed[] {
  const name = normalizeName(section);
  return lines.flatMap((line, index) => (line.section === name ? [{ line, index }] : []));
}

/** The last line of a section that is not blank, nor a comment in the first column. */
function lastOf(ours: readonly Placed[], header: number): number {
  let last = header;
  for (const { line, index } of ours) {
    if (index <= header) continue;
    if (line.kind === 'header') break;
    if (line.kind === 'key' || line.kind === 'more' || /^[ \t]+[#;]/.test(line.content))
      last = index;
  }
  return last;
}

/** A line that says the same already stays as it is. */
function replaced(line: IniLine, key: string, value: string): string {
  const [start = ''] = /^[ \t]*/.exec(line.content) ?? [];
  const old = trimBlanks(line.content.slice(line.content.search(/[=:]/) + 1));
  return (old === value ? line.content : `${start}${key} = ${value}`) + line.end;
}

function appended(
  lines: readonly IniLine[],
  section: string,
  wanted: readonly (readonly [key: string, value: string | null])[],
  end: string,
): string {
  const properties = wanted.filter(([, value]) => value !== null);
  if (properties.length === 0) return '';
  const last = lines.at(-1);
  const gap = last && last.kind !== 'blank' ? end : '';
  const body = [`[${section}]`, ...properties.map(([key, value]) => `${key} = ${value ?? ''}`)];
  return (last?.end === '' ? end : '') + gap + body.map((line) => line + end).join('');
}

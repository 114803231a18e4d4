import { visible } from '../visible.js';
import { malformed, type Malformation } from './aws-file-malformed.js';
import {
  indentation,
  isBlank,
  isComment,
  parsePropertyLine,
  type PropertyLine,
  splitLines,
  trimBlanks,
} from './aws-file-lines.js';
import {
  isAwsIdentifier,
  parseSectionName,
  type AwsFileKind,
  type SectionTable,
} from './aws-section-name.js';

/** More would help nobody, and a file of garbage has millions. */
const MOST_WARNINGS = 100;

/**
 * Reads a config or credentials file by the grammar that the SDKs share, tolerating what the AWS
 * CLI takes too (`key: value`) and what only it refuses (a BOM, duplicates: the last key wins).
 * Values are never part of a message: they may be secrets.
 *
 * @param file - The path that places and messages name.
 * @returns Bare headers of a config file, invalid names and such are left out, each with a warning.
 * @throws AssumeError `CONFIG_INVALID` with `file:line:column` when the SDKs would refuse the file.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseAwsFile(text: string, file: string, kind: AwsFileKind): AwsFile {
  const parse = new AwsFileParse(file, kind);
  if (text.startsWith('\uFEFF')) {
    parse.warn(1, 'the AWS CLI refuses a file that starts with a byte order mark');
  }
  const lines = splitLines(text.replace(/^\uFEFF/, ''));
  lines.forEach((line, index) => {
    parse.read(line, index + 1);
  });
  return parse.end();
}

/** A property of AWS's config or credentials file, and where it stands. Lines and columns count from 1. */
export interface AwsValue {
  /** Continuation lines are joined by a line feed; sub-properties stand here as their raw lines too. */
  readonly value: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What an indented block under an empty value names, such as `s3`'s; `null` without one. */
  readonly subproperties: ReadonlyMap<string, AwsValue> | null;
}

/** A section, duplicates merged; `line` is the first header's. */
export interface AwsSection {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** By key in lower case. */
  readonly values: ReadonlyMap<string, AwsValue>;
}

/** Something that was read all the same, or left out: a person may want to know. */
export interface ConfigWarning {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What AWS's files say, by name, in the order of the file. */
export interface AwsFile {
  readonly profiles: ReadonlyMap<string, AwsSection>;
  readonly ssoSessions: ReadonlyMap<string, AwsSection>;
  readonly services: ReadonlyMap<string, AwsSection>;
  readonly warnings: readonly ConfigWarning[];
}

type Open<T> = { -readonly [K in keyof T]: T[K] };
type OpenValue = Open<AwsValue> & { subproperties: Map<string, AwsValue> | null };
type OpenSection = AwsSection & { readonly values: Map<string, OpenValue> };

/** One run over a file: what has been read, and what an indented line would continue. */
class AwsFileParse {
  readonly #file: string;
  readonly #kind: AwsFileKind;
  readonly #tables: Record<SectionTable, Map<string, OpenSection>> = {
    profiles: new Map(),
    ssoSessions: new Map(),
    services: new Map(),
    bareDefault: new Map(),
  };
  readonly #warnings: ConfigWarning[] = [];
  #section: OpenSection | null = null;
  /** The section is read, for its errors, but nobody will see it. */
  #isLeftOut = false;
  #property: OpenValue | null = null;

  constructor(file: string, kind: AwsFileKind) {
    this.#file = file;
    this.#kind = kind;
  }

  read(line: string, number: number): void {
    if (isComment(line) || trimBlanks(line) === '') return;
    if (line.startsWith('[')) this.#readHeader(line, number);
    else if (isBlank(line[0])) this.#readContinuation(line, number);
    else this.#readProperty(line, number);
  }

  end(): AwsFile {
    const { ssoSessions, services, bareDefault } = this.#tables;
    let profiles = this.#tables.profiles;
    const bare = bareDefault.get('default');
    if (bare && profiles.has('default')) {
      this.warn(bare.line, '[default] is not read: [profile default] stands beside it');
    } else if (bare) {
      profiles = new Map([['default', bare], ...profiles]);
    }
    return { profiles, ssoSessions, services, warnings: this.#warnings };
  }

  warn(line: number, message: string): void {
    if (this.#warnings.length >= MOST_WARNINGS) return;
    this.#warnings.push({ file: this.#file, line, message });
  }

  #readHeader(line: string, number: number): void {
    const header = trimBlanks(line.replace(/[#;].*$/s, ''));
    if (!header.endsWith(']')) throw malformed(this.#file, number, header.length + 1, 'header');
    const text = trimBlanks(header.slice(1, -1));
    const parsed = parseSectionName(text, this.#kind);
    this.#property = null;
    this.#isLeftOut = parsed.table === null;
    if (parsed.table === null) {
      this.#section = this.#open(text, number);
      if (parsed.ignored) this.warn(number, `[${shown(text)}] is not read: ${parsed.ignored}`);
      return;
    }
    const table = this.#tables[parsed.table];
    const earlier = table.get(parsed.name);
    if (earlier) this.#warnRepeated(`[${shown(text)}]`, earlier.line, number);
    this.#section = earlier ?? this.#open(parsed.name, number);
    table.set(parsed.name, this.#section);
  }

  #readProperty(line: string, number: number): void {
    if (!this.#section) throw malformed(this.#file, number, 1, 'outside');
    const { key, value, colon } = this.#takeApart(line, number, isAwsIdentifier, 'property');
    this.#property = { value, file: this.#file, line: number, column: 1, subproperties: null };
    if (this.#isLeftOut) return;
    if (!isAwsIdentifier(key)) {
      this.warn(number, 'the property is not read: no SDK allows its name');
      return;
    }
    const earlier = this.#section.values.get(key);
    if (earlier) this.#warnRepeated('the property', earlier.line, number);
    if (colon) this.warn(number, 'the SDKs want "=" where the property has ":"');
    this.#section.values.set(key, this.#property);
  }

  #readContinuation(line: string, number: number): void {
    const text = trimBlanks(line);
    const property = this.#property;
    if (!property) {
      if (isComment(text)) return;
      const reason = this.#section ? 'continuation' : 'outside';
      throw malformed(this.#file, number, indentation(line) + 1, reason);
    }
    if (property.value === '' || property.subproperties) {
      if (isComment(text)) return;
      property.subproperties ??= new Map();
      this.#readSubproperty(property.subproperties, line, number);
    }
    property.value += `\n${text}`;
  }

  #readSubproperty(block: Map<string, AwsValue>, line: string, number: number): void {
    const { key, value } = this.#takeApart(line, number, () => false, 'subproperty');
    const column = indentation(line) + 1;
    block.set(key, { value, file: this.#file, line: number, column, subproperties: null });
  }

  #takeApart(
    line: string,
    number: number,
    isName: (text: string) => boolean,
    reason: Malformation,
  ): PropertyLine {
    const property = parsePropertyLine(line, isName);
    if (property && property.key !== '') return property;
    throw malformed(this.#file, number, indentation(line) + 1, property ? 'name' : reason);
  }

  #open(name: string, line: number): OpenSection {
    return { name, file: this.#file, line, column: 1, values: new Map() };
  }

  #warnRepeated(what: string, firstLine: number, line: number): void {
    this.warn(
      line,
      `${what} stands in line ${String(firstLine)} already: the AWS CLI refuses such a file`,
    );
  }
}

/** A name for a message: nothing in it steers the terminal, and not all of it if it is long. */
function shown(name: string): string {
  return visible(name.length > 64 ? `${name.slice(0, 64)}…` : name);
}

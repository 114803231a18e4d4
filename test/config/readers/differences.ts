import type { AwsFile, AwsSection } from '../../../src/config/aws-file.js';
import type { Reading, ReadValue } from './reading.js';

/** A property that two readers see differently, or a section (no key) that only one of them sees. */
export interface Difference {
  readonly section: string;
  readonly key: string | null;
  readonly kind: 'missing' | 'extra' | 'other';
  /** Where ours stands, and where what follows it starts; `null` for what we do not see. */
  readonly lines: readonly [first: number, end: number] | null;
}

interface Placed {
  readonly value: string;
  readonly lines: readonly [first: number, end: number];
}

interface Section {
  readonly lines: readonly [first: number, end: number];
  readonly values: ReadonlyMap<string, Placed>;
}

/** What another reader makes of a file otherwise than we do. */
export function differences(ours: AwsFile, theirs: NonNullable<Reading>): Difference[] {
  const found: Difference[] = [];
  const placed = place(ours);
  for (const [name, { lines, values }] of placed) {
    const other = theirs[name] && flatten(theirs[name]);
    if (!other) found.push({ section: name, key: null, kind: 'missing', lines });
    for (const [key, { value, lines: at }] of other ? values : []) {
      const read = other?.get(key);
      const kind = read === undefined ? 'missing' : 'other';
      if (read !== value) found.push({ section: name, key, kind, lines: at });
    }
    for (const key of other?.keys() ?? []) {
      if (!values.has(key)) found.push({ section: name, key, kind: 'extra', lines: null });
    }
  }
  for (const name of Object.keys(theirs)) {
    if (!placed.has(name)) found.push({ section: name, key: null, kind: 'extra', lines: null });
  }
  return found;
}

/**
 * The same for the SDK for JS, to which what is empty is not there: what it does not see has no
 * properties.
 */
export function differencesInJs(ours: AwsFile, theirs: NonNullable<Reading>): Difference[] {
  const all: Record<string, Record<string, ReadValue>> = {};
  for (const [name, { values }] of place(ours)) {
    const empty = [...values].filter(([, { value }]) => value === '').map(([key]) => [key, '']);
    all[name] = Object.fromEntries(empty) as Record<string, string>;
  }
  for (const [name, values] of Object.entries(theirs)) all[name] = { ...all[name], ...values };
  return differences(ours, all);
}

function place({ profiles, ssoSessions, services }: AwsFile): Map<string, Section> {
  const tables = { profile: profiles, 'sso-session': ssoSessions, services };
  const all = Object.values(tables).flatMap((table) => [...table.values()]);
  const starts = all
    .flatMap((section) => [section.line, ...[...section.values.values()].map(({ line }) => line)])
    .sort((a, b) => a - b);
  const linesFrom = (line: number): [number, number] => [
    line,
    starts.find((start) => start > line) ?? Infinity,
  ];
  return new Map(
    Object.entries(tables).flatMap(([type, sections]) =>
      [...sections.values()].map((section) => [
        `${type} ${section.name}`,
        { lines: linesFrom(section.line), values: placeValues(section, linesFrom) },
      ]),
    ),
  );
}

function placeValues(
  { values }: AwsSection,
  linesFrom: (line: number) => [number, number],
): Map<string, Placed> {
  return new Map(
    [...values].flatMap(([key, { value, line, subproperties }]) => {
      const lines = linesFrom(line);
      if (!subproperties) return [[key, { value, lines }]];
      return [...subproperties].map(([name, sub]) => [
        `${key}.${name}`,
        { value: sub.value, lines },
      ]);
    }),
  );
}

function flatten(values: NonNullable<Reading>[string]): Map<string, string> {
  return new Map(
    Object.entries(values).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string'
        ? [[key, value]]
        : Object.entries(value).map(([name, sub]) => [`${key}.${name}`, sub]),
    ),
  );
}

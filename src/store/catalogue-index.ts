import type { Host } from '../host/host.js';
import { ownDirectory } from '../host/own-directory.js';
import { makeTable, type CatalogueTable } from '../target/catalogue-table.js';
import type { ListedTarget } from '../target/listed-target.js';
import type { Origin } from '../target/target.js';
import { isStillSo, type Evidence } from './evidence.js';
import { parseRecord } from './json-record.js';

declare const ASSUME_BUILD: string;

/** The catalogue as a person sees it. */
export interface TableListing extends Pick<Listing, 'store'> {
  readonly table: CatalogueTable;
}

/** Every target that the files name, and where sessions of them may lie. */
export interface Listing {
  readonly targets: readonly ListedTarget[];
  /** The store in use; `null` where nothing is kept. */
  readonly store: { readonly path: string; readonly isEncrypted: boolean } | null;
}

const LISTING = 'catalogue.json';
const TABLE = 'table.json';

/** The order of a target's fields in a row: without their names a row is read in half the time. */
const FIELDS = [
  'name',
  'names',
  'kind',
  'accountId',
  'accountName',
  'customer',
  'roleName',
  'shownRole',
  'roleArn',
  'tags',
  'region',
  'color',
  'isProtected',
  'holdsKeys',
] as const satisfies readonly (keyof ListedTarget)[];

/** What the files said when they were read last; `null` unless all of it is as it was. */
export function readListing(host: Host): Listing | null {
  const noted = readNote(host, LISTING) as Noted | null;
  return (
    noted && {
      targets: noted.rows.map((row) => parseRow(row, noted.files)),
      store: noted.store,
    }
  );
}

/** The same as a person sees it, which is read in half the time. */
export function readTable(host: Host): TableListing | null {
  return readNote(host, TABLE) as TableListing | null;
}

/** Replaces both, each in one step. @throws AssumeError FAILED */
export function writeListing(host: Host, evidence: Evidence, listing: Listing): void {
  const { targets, store } = listing;
  const files = [...new Set(targets.map(({ origin }) => origin.file))];
  const rows = targets.map(({ origin, ...target }) => {
    const { kind, name, file, line, column = 0 } = origin;
    return [
      ...FIELDS.map((field) => target[field]),
      ...[kind, name, files.indexOf(file), line, column],
    ];
  });
  writeNote(host, LISTING, evidence, { store, files, rows });
  writeNote(host, TABLE, evidence, { store, table: makeTable(targets) });
}

/** Written whole, by this build, into a file that is ours alone; one that was damaged is none. */
function readNote(host: Host, file: string): unknown {
  const path = pathOf(host, file);
  const text = path === null ? null : host.files.readOwn(path);
  const raw = text === null ? null : parseRecord(text);
  if (raw?.['build'] !== ASSUME_BUILD) return null;
  try {
    return isStillSo(host, raw as unknown as Evidence) ? raw : null;
  } catch {
    return null;
  }
}

function writeNote(host: Host, file: string, evidence: Evidence, fields: object): void {
  const path = pathOf(host, file);
  if (path === null) return;
  host.files.makePrivateDirectory(path.slice(0, path.lastIndexOf('/')));
  host.files.writePrivate(path, JSON.stringify({ build: ASSUME_BUILD, ...evidence, ...fields }));
}

interface Noted {
  readonly rows: readonly (readonly unknown[])[];
  readonly store: Listing['store'];
  /** What the origins' files are numbers of. */
  readonly files: readonly (string | null)[];
}

function parseRow(row: readonly unknown[], files: Noted['files']): ListedTarget {
  const [kind, name, file, line, column] = row.slice(FIELDS.length) as [
    Origin['kind'],
    string,
    number,
    number | null,
    number,
  ];
  const place = { file: files[file] ?? null, line, ...(column > 0 ? { column } : {}) };
  const target: Record<string, unknown> = { origin: { kind, name, ...place } };
  for (let at = 0; at < FIELDS.length; at++) target[FIELDS[at] ?? ''] = row[at];
  return target as unknown as ListedTarget;
}

function pathOf(host: Host, file: string): string | null {
  const directory = ownDirectory(host, 'cache');
  return directory === null ? null : `${directory}/${file}`;
}

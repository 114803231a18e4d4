import type { Host } from '../host/host.js';
import { scanAssumeLines } from './assume-lines.js';
import type { SectionKind, SettingTypes } from './assume-schema.js';
import { makeSection } from './assume-section.js';
import { readIniValues } from './ini-values.js';
import { linkSections } from './link-sections.js';
import { assumeLocation, dropInDirectory, joinPath } from './locations.js';
import { Problems, type Report } from './problems.js';
import { indexSections, type SectionIndex } from './section-index.js';

/** A value and where it stands; lines and columns count from 1. */
export interface Located<T> {
  readonly value: T;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A section of assume's own file, its values checked and typed. */
export interface AssumeSection {
  readonly kind: SectionKind;
  /**
   * Empty for `settings`. An account's own name, its customer being `values.customer`; a target's
   * full name, `account/role` or, for an account with a customer, `customer/account/role`.
   */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly values: { readonly [K in keyof SettingTypes]?: Located<SettingTypes[K]> };
}

/** What assume's own files say. */
export interface AssumeFile {
  /** The files that were read, in their order. */
  readonly paths: readonly string[];
  /** Where the main file is or would be; `null` when nothing names a place. */
  readonly mainPath: string | null;
  /** In the order of the files. */
  readonly sections: readonly AssumeSection[];
  readonly index: SectionIndex;
}

/**
 * Reads assume's own file and every `conf.d/*.ini` beside it, in name order. Files that are not
 * there are empty ones.
 *
 * @throws AssumeError `CONFIG_INVALID` whose message has a line `path:line:column: …` for everything that
 * is wrong in any of them; `CONFIG_UNREADABLE` when one is there and cannot be read.
 */
export function readAssumeFile(host: Host): AssumeFile {
  const mainPath = assumeLocation(host);
  const problems = new Problems();
  const places = mainPath === null ? [] : [mainPath, ...dropIns(host, mainPath)];
  const files = places.flatMap((path) => {
    const text = host.files.readText(path);
    return text === null ? [] : [{ path, text }];
  });
  const paths = files.map(({ path }) => path);
  const sections = files.flatMap(({ path, text }) => parseAssumeFile(text, path, problems.report));
  const linked = linkSections(sections, problems.report);
  problems.throwIfAny(paths);
  return { paths, mainPath, sections: linked, index: indexSections(linked) };
}

/** What is wrong is reported, and left out. */
function parseAssumeFile(text: string, file: string, report: Report): AssumeSection[] {
  const raw = scanAssumeLines(text, file, report);
  const values = readIniValues(raw.flatMap((section) => section.settings));
  return raw.flatMap((section) => makeSection(section, file, values, report) ?? []);
}

/** As a shell lists `*.ini`: hidden files, such as an editor's, are not meant. */
function dropIns(host: Host, mainPath: string): string[] {
  const directory = dropInDirectory(host, mainPath);
  return host.files
    .list(directory)
    .filter((name) => name.endsWith('.ini') && !name.startsWith('.'))
    .map((name) => joinPath(host, directory, name));
}

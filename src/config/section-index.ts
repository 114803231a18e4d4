import type { AssumeSection } from './assume-file.js';
import type { SectionKind } from './assume-schema.js';

/** The sections of assume's own file by what they are looked up by, so that thousands cost no more. */
export interface SectionIndex {
  /** `null` when there is no `[settings]`. */
  readonly settings: AssumeSection | null;
  /** In the order of the files. */
  ofKind(kind: SectionKind): readonly AssumeSection[];
  /** The first of that name; `null` when there is none. */
  find(kind: SectionKind, name: string): AssumeSection | null;
  /** Every account of that ID. */
  accountsWithId(id: string): readonly AssumeSection[];
  /** The roles that `[target …]` sections name in the account of that full name. */
  rolesNamedIn(account: string): readonly string[];
}

/** Files every section under what it is looked up by. */
export function indexSections(sections: readonly AssumeSection[]): SectionIndex {
  const byKind = groupBy(sections, ({ kind }) => kind);
  const byName = groupBy(sections, ({ kind, name }) => keyOf(kind, name));
  const ofKind = (kind: SectionKind): readonly AssumeSection[] => byKind.get(kind) ?? [];
  const byId = groupBy(ofKind('account'), ({ values }) => values.id?.value ?? '');
  const byAccount = groupBy(ofKind('target'), ({ name }) => name.slice(0, name.lastIndexOf('/')));
  return {
    settings: ofKind('settings')[0] ?? null,
    ofKind,
    find: (kind, name) => byName.get(keyOf(kind, name))?.[0] ?? null,
    accountsWithId: (id) => byId.get(id) ?? [],
    rolesNamedIn: (account) =>
      (byAccount.get(account) ?? []).map(({ name }) => name.slice(account.length + 1)),
  };
}

const keyOf = (kind: SectionKind, name: string): string => `${kind} ${name}`;

function groupBy<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOfItem(item));
    if (group) group.push(item);
    else groups.set(keyOfItem(item), [item]);
  }
  return groups;
}

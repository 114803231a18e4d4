import { nearestNames } from '../nearest.js';
import { visible } from '../visible.js';
import type { AssumeSection } from './assume-file.js';
import { fullName } from './full-name.js';
import { isRoleName } from './names.js';
import type { Place, Report } from './problems.js';

/**
 * Proves what the sections of all files say of each other: each is there once, and every identity,
 * customer and account that one names exists.
 *
 * @returns The sections, a target named in full: with its account's customer, if it has one.
 */
export function linkSections(sections: readonly AssumeSection[], report: Report): AssumeSection[] {
  const accounts = accountsByName(sections);
  const linked = sections.map((section) =>
    section.kind === 'target' ? nameInFull(section, accounts, report) : section,
  );
  reportRepeated(linked, report);
  reportMissing(linked, 'identity', report);
  reportMissing(linked, 'customer', report);
  reportRoleNames(linked, report);
  return linked;
}

/** The full names of the accounts that each name means: a full name means that one alone. */
function accountsByName(sections: readonly AssumeSection[]): Map<string, Set<string>> {
  const accounts = sections.filter(({ kind }) => kind === 'account');
  const meant = new Map<string, Set<string>>();
  for (const account of accounts) {
    const those = meant.get(account.name) ?? new Set();
    meant.set(account.name, those.add(fullName(account)));
  }
  for (const account of accounts) meant.set(fullName(account), new Set([fullName(account)]));
  return meant;
}

function nameInFull(
  target: AssumeSection,
  accounts: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): AssumeSection {
  const slash = target.name.lastIndexOf('/');
  const name = target.name.slice(0, slash);
  const forms = [...(accounts.get(name) ?? [])].map((full) => full + target.name.slice(slash));
  const [form, other] = forms;
  if (form !== undefined && other === undefined) return { ...target, name: form };
  if (form === undefined) {
    report(target, () => missing('account', name, accounts.keys()));
  } else {
    const ways = forms.map((way) => `[target ${visible(way)}]`).join(' or ');
    report(target, `several accounts are named ${visible(name)}: write ${ways}`);
  }
  return target;
}

function reportRepeated(sections: readonly AssumeSection[], report: Report): void {
  const first = new Map<string, AssumeSection>();
  for (const section of sections) {
    const name = section.kind === 'account' ? fullName(section) : section.name;
    const header = visible(`${section.kind} ${name}`.trim());
    const earlier = first.get(header);
    if (!earlier) first.set(header, section);
    else {
      const place = `${visible(earlier.file)}:${String(earlier.line)}`;
      report(section, `[${header}] is given already at ${place}`);
    }
  }
}

function reportMissing(
  sections: readonly AssumeSection[],
  kind: 'identity' | 'customer',
  report: Report,
): void {
  const known = new Set(
    sections.filter((section) => section.kind === kind).map((section) => section.name),
  );
  for (const { values } of sections) {
    const named = values[kind];
    if (named && !known.has(named.value)) {
      report(named, () => missing(kind, named.value, known));
    }
  }
}

/** A role whose name here is none that IAM takes needs the one that IAM knows it by. */
function reportRoleNames(sections: readonly AssumeSection[], report: Report): void {
  const named = new Set(
    sections.flatMap(({ kind, name, values }) => (values.roleName ? [`${kind} ${name}`] : [])),
  );
  const prove = (role: string, target: string, place: Place): void => {
    if (isRoleName(role) || named.has(`role ${role}`) || named.has(`target ${target}`)) return;
    const shown = visible(role);
    report(place, `"${shown}" is no IAM role name: add role_name = NAME to [role ${shown}]`);
  };
  for (const section of sections) {
    const { kind, name, values } = section;
    if (kind === 'target') prove(name.slice(name.lastIndexOf('/') + 1), name, section);
    for (const role of values.roles?.value ?? []) {
      prove(role, fullName(section, role), values.roles ?? section);
    }
  }
}

function missing(kind: string, name: string, known: Iterable<string>): string {
  const near = nearestNames(name, known).map(visible);
  const header = `[${kind} ${visible(name)}]`;
  return near.length === 0
    ? `there is no ${header}; add ${header}`
    : `there is no ${header}; did you mean ${near.join(' or ')}?`;
}

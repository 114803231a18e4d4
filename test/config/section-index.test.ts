import { expect, it } from 'vitest';
import type { AssumeSection } from '../../src/config/assume-file.js';
import { indexSections } from '../../src/config/section-index.js';
import { configuredHost } from '../support/configured-host.js';

const { sections, index } = configuredHost({
  assume: `[settings]
[customer acme]
[identity one]
[identity two]
[account prod]
id = 111111111111
[account acme/prod]
id = 222222222222
[account same]
id = 111111111111
[target acme/prod/admin]
[target prod/dev]
[target prod/ops]
`,
}).config.assume;

const namesOf = (found: readonly (AssumeSection | null)[]) => found.map((one) => one?.name);

it('finds what a search through all sections finds', () => {
  for (const { kind, name } of sections) {
    const all = sections.filter((one) => one.kind === kind);
    expect(index.ofKind(kind)).toEqual(all);
    expect(index.find(kind, name)).toBe(all.find((one) => one.name === name));
  }
  expect(index.settings).toBe(sections[0]);
});

it('knows accounts by their ID and roles by the account that their target names', () => {
  expect(namesOf(index.accountsWithId('111111111111'))).toEqual(['prod', 'same']);
  expect(index.rolesNamedIn('prod')).toEqual(['dev', 'ops']);
  expect(index.rolesNamedIn('acme/prod')).toEqual(['admin']);
});

it('finds nothing where there is nothing', () => {
  const empty = indexSections([]);
  expect(empty.settings).toBeNull();
  expect(empty.find('account', 'prod')).toBeNull();
  expect([...empty.ofKind('role'), ...empty.accountsWithId(''), ...empty.rolesNamedIn('')]).toEqual(
    [],
  );
});

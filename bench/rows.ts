/** A path that is measured, with the ratio to `node -e 0` that it aims at and must not pass. */
export interface Row {
  readonly name: string;
  readonly args: readonly string[];
  readonly target: number;
  readonly limit: number;
  /** Which configuration it runs in. */
  readonly home: 'few' | 'many';
  /** How many are started at once, and compared to as many `node -e 0`. */
  readonly count: number;
}

const ONE = { home: 'few', count: 1 } as const;

/** Budgets of the project: those of one target and of warm credentials hold in any number of others. */
export const ROWS: readonly Row[] = [
  {
    ...ONE,
    name: 'credential-process, warm',
    args: ['credential-process', 'prod-role'],
    target: 1.2,
    limit: 1.45,
  },
  { ...ONE, name: 'export, warm', args: ['export', 'prod-role'], target: 1.35, limit: 1.6 },
  {
    ...ONE,
    name: 'exec of true, warm',
    args: ['exec', 'prod-role', '--', 'true'],
    target: 1.35,
    limit: 1.6,
  },
  { ...ONE, name: '--help', args: ['--help'], target: 1.5, limit: 1.9 },
  {
    ...ONE,
    name: 'cold AssumeRole on loopback',
    args: ['credential-process', 'prod-role', '--refresh'],
    target: 3.2,
    limit: 4,
  },
  {
    name: 'one target out of 5,000, warm',
    args: ['credential-process', 'account-4321/admin'],
    target: 1.4,
    limit: 1.75,
    home: 'many',
    count: 1,
  },
  { name: 'list 5,000', args: ['list'], target: 2, limit: 2.6, home: 'many', count: 1 },
  {
    ...ONE,
    name: '50 parallel, warm',
    args: ['credential-process', 'prod-role'],
    target: 1.3,
    limit: 1.6,
    count: 50,
  },
];

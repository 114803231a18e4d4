import type { HomeName } from './homes.js';

/** A path that is measured, with the ratio to `node -e 0` that it aims at and must not pass. */
export interface Row {
  readonly name: string;
  /** `TARGET` stands for the home's own. */
  readonly args: readonly string[];
  readonly target: number;
  readonly limit: number;
  readonly home: HomeName;
  /** How many are started at once, and compared to as many `node -e 0`. */
  readonly count: number;
  /** It is measured until this is shown at a terminal; the program is then killed. */
  readonly until?: string;
}

const ONE = { home: 'few', count: 1 } as const;
const PROCESS = ['credential-process', 'TARGET'];

/** Budgets of the project: those of warm credentials hold among any number of targets and sessions. */
export const ROWS: readonly Row[] = [
  { ...ONE, name: 'credential-process, warm', args: PROCESS, target: 1.2, limit: 1.45 },
  {
    name: 'the same, key from the Secret Service',
    args: PROCESS,
    target: 1.7,
    limit: 2.1,
    home: 'keyring',
    count: 1,
  },
  { ...ONE, name: 'export, warm', args: ['export', 'TARGET'], target: 1.35, limit: 1.6 },
  {
    ...ONE,
    name: 'exec of true, warm',
    args: ['exec', 'TARGET', '--', 'true'],
    target: 1.35,
    limit: 1.6,
  },
  { ...ONE, name: '--help', args: ['--help'], target: 1.5, limit: 1.9 },
  {
    ...ONE,
    name: 'cold AssumeRole on loopback',
    args: [...PROCESS, '--refresh'],
    target: 3.2,
    limit: 4,
  },
  {
    name: 'one target out of 5,000, warm',
    args: PROCESS,
    target: 1.4,
    limit: 1.75,
    home: 'many',
    count: 1,
  },
  {
    name: 'one of 10,000 targets, among 10,000 sessions',
    args: PROCESS,
    target: 1.4,
    limit: 1.75,
    home: 'most',
    count: 1,
  },
  { name: 'list 5,000', args: ['list'], target: 2, limit: 2.6, home: 'many', count: 1 },
  {
    name: "picker's first frame, 5,000",
    args: [],
    target: 2.6,
    limit: 3.2,
    home: 'many',
    count: 1,
    until: 'Which target?',
  },
  { ...ONE, name: '50 parallel, warm', args: PROCESS, target: 1.3, limit: 1.6, count: 50 },
];

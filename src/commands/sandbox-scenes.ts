/** One command of the story. */
export interface Scene {
  /** What is done, and no more: how it ends is told by the program and by the requests. */
  readonly title: string;
  readonly words: readonly string[];
  /** Whose code is given, as their phone shows it. */
  readonly codeOf?: string;
}

export const SCENES: readonly Scene[] = [
  { title: 'Who am I?', words: ['whoami'] },
  { title: 'Where can I go?', words: ['list'] },
  {
    title: 'Into production, with one MFA code.',
    words: ['exec', 'production/prod-role', '--', 'assume', 'whoami'],
    codeOf: 'jane.doe',
  },
  {
    title: 'A second role of production, with no code.',
    words: ['exec', 'production/readonly', '--', 'assume', 'whoami'],
  },
  {
    title: 'A role of another account, with no code.',
    words: ['exec', 'staging/staging-role', '--', 'assume', 'whoami'],
  },
  {
    title: 'The first role again: what is asked of AWS?',
    words: ['exec', 'production/prod-role', '--', 'printenv', 'ASSUME_ROLE_ARN'],
  },
  {
    title: 'A name that three accounts have, in a script.',
    words: ['exec', 'readonly', '--no-input', '--', 'assume', 'whoami'],
  },
  {
    title: 'John, a developer, tries production with a code of his own.',
    words: ['exec', 'production/prod-role', '--identity', 'john.doe', '--', 'assume', 'whoami'],
    codeOf: 'john.doe',
  },
];

/** What the shell function has to know of us, generated into it. */
export interface HookGrammar {
  /** Built and reserved: a first word among these is not a target. */
  readonly commands: readonly string[];
  /** `--duration`, `--region`: the word after one of them is its value. */
  readonly optionsWithValue: readonly string[];
  /** `--quiet`, `--refresh`: options that take no value; completed, nothing else. */
  readonly flags: readonly string[];
  /** What every switch sets or removes, whichever the target is. */
  readonly variables: readonly string[];
}

/** Of the commands, those that change the calling shell all the same. */
export const SHELL_CHANGING_COMMANDS: readonly string[] = ['switch', 'renew', 'leave'];

/** Of the commands, those whose next word is a target. */
export const TARGET_COMMANDS: readonly string[] = [
  'switch',
  'exec',
  'export',
  'write',
  'credential-process',
  'plan',
];

/** What follows `assume identity`. */
export const IDENTITY_VERBS = ['list', 'add', 'import', 'remove', 'rotate', 'mfa'] as const;

/** After these stands the name of an identity that there is: commands, and verbs behind `identity`. */
export const IDENTITY_COMMANDS: readonly string[] = [
  'login',
  'logout',
  'identity import',
  'identity remove',
  'identity rotate',
  'identity mfa',
];

/** The shells that `assume hook` can be asked for. */
export const HOOKED_SHELLS: readonly string[] = ['bash', 'zsh', 'fish', 'powershell', 'pwsh'];

import type { CommandName } from '../grammar.js';
import type { CommandRow } from './command.js';

/** Every command, in the order in which help lists them; each is loaded when it is run. */
export const COMMAND_ROWS: Readonly<Record<CommandName, CommandRow>> = {
  switch: {
    summary: 'become the target: in this shell with the hook, else in a new one',
    operands: '[TARGET | -]',
    examples: ['assume prod-role', 'assume switch list --duration 30m'],
    load: async () => (await import('./switch.js')).command,
  },
  exec: {
    summary: 'run one command as the target',
    operands: 'TARGET [--] COMMAND…',
    examples: ['assume exec prod-role -- aws s3 ls', 'assume prod-role -- terraform plan'],
    load: async () => (await import('./exec.js')).command,
  },
  export: {
    summary: 'print credentials for a shell or a program',
    operands: 'TARGET',
    examples: [
      'eval "$(assume export prod-role --shell sh)"',
      'assume export prod-role --format json',
    ],
    load: async () => (await import('./export.js')).command,
  },
  write: {
    summary: "put credentials into AWS's credentials file",
    operands: 'TARGET',
    examples: ['assume write prod-role', 'assume write prod-role --profile prod'],
    load: async () => (await import('./write.js')).command,
  },
  'credential-process': {
    summary: 'print the JSON that AWS SDKs read',
    operands: 'TARGET',
    examples: [
      'assume credential-process prod-role',
      'credential_process = assume credential-process prod-role',
    ],
    load: async () => (await import('./credential-process.js')).command,
  },
  plan: {
    summary: 'show each step to a target and where every value came from; call nothing',
    operands: 'TARGET',
    examples: ['assume plan prod-role', 'assume plan prod-role --duration 2h --json'],
    load: async () => (await import('./plan.js')).command,
  },
  list: {
    summary: 'list targets; words narrow the list',
    operands: '[WORD…]',
    examples: ['assume list', 'assume list acme prod --json'],
    load: async () => (await import('./list.js')).command,
  },
  status: {
    summary: 'show what this shell is and which sessions live; call nothing',
    operands: '',
    examples: ['assume status', 'assume status --json'],
    load: async () => (await import('./status.js')).command,
  },
  whoami: {
    summary: 'ask AWS who this shell is',
    operands: '',
    examples: ['assume whoami', 'assume whoami --json'],
    load: async () => (await import('./whoami.js')).command,
  },
  login: {
    summary: 'start the MFA session now',
    operands: '[IDENTITY]',
    examples: ['assume login', 'echo 123456 | assume login shared --mfa-code -'],
    load: async () => (await import('./login.js')).command,
  },
  logout: {
    summary: 'forget cached sessions',
    operands: '[IDENTITY]',
    examples: ['assume logout', 'assume logout --all'],
    load: async () => (await import('./logout.js')).command,
  },
  renew: {
    summary: 'with the hook: fresh credentials for this shell',
    operands: '',
    examples: ['assume renew', 'assume renew --duration 30m'],
    load: async () => (await import('./renew.js')).command,
  },
  leave: {
    summary: 'with the hook: unset everything in this shell',
    operands: '',
    examples: ['assume leave', 'assume leave --quiet'],
    load: async () => (await import('./leave.js')).command,
  },
  identity: {
    summary:
      'long-term keys: list, add, import from a profile, rotate, remove; mfa lists MFA devices, mfa --enroll makes one',
    operands:
      'list | add NAME | import [PROFILE] | rotate [IDENTITY] | remove NAME | mfa [IDENTITY]',
    examples: ['assume identity add shared', 'assume identity mfa shared --enroll'],
    load: async () => (await import('./identity.js')).command,
  },
  config: {
    summary: 'files: where they are (path), are they right (check); where secrets rest (store)',
    operands: 'path | check | store [NAME]',
    examples: ['assume config check', 'assume config store keychain'],
    load: async () => (await import('./config.js')).command,
  },
  hook: {
    summary: 'print the shell function and completion',
    operands: 'bash | zsh | fish | powershell',
    examples: ['eval "$(assume hook zsh)"', 'assume hook fish | source'],
    load: async () => (await import('./hook.js')).command,
  },
  sandbox: {
    summary: 'a practice AWS on this machine; code [USER] shows its MFA code',
    operands: '[code [USER]]',
    examples: ['assume sandbox --demo', 'assume sandbox code jane.doe'],
    load: async () => (await import('./sandbox.js')).command,
  },
  doctor: {
    summary: 'show what is set up, what is not, and what to type',
    operands: '',
    examples: ['assume doctor', 'assume doctor --json'],
    load: async () => (await import('./doctor.js')).command,
  },
};

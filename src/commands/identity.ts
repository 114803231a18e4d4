import type { Request } from '../argv.js';
import { IDENTITY_VERBS } from '../dialect/hook-grammar.js';
import { AssumeError } from '../errors.js';
import type { OptionName } from '../grammar.js';
import { visible } from '../visible.js';
import type { Command } from './command.js';

/** What can be done with an identity's long-term keys. */
interface Verb {
  /** Options beyond those that every verb takes. */
  readonly options: readonly OptionName[];
  /** Whether a name may follow. */
  readonly takesName: boolean;
  load(): Promise<Command>;
}

const ANYWHERE: readonly OptionName[] = ['quiet', 'debug', 'no-input'];
const CALLING = ['mfa-code', 'mfa-serial', 'endpoint-url'] as const;

const VERBS: Readonly<Record<(typeof IDENTITY_VERBS)[number], Verb>> = {
  list: {
    options: ['json', 'names', 'refresh', 'endpoint-url'],
    takesName: false,
    load: async () => (await import('./identity-list.js')).command,
  },
  add: {
    options: ['key', 'force', 'endpoint-url'],
    takesName: true,
    load: async () => (await import('./identity-add.js')).command,
  },
  import: {
    options: [],
    takesName: true,
    load: async () => (await import('./identity-import.js')).command,
  },
  remove: {
    options: ['force'],
    takesName: true,
    load: async () => (await import('./identity-remove.js')).command,
  },
  rotate: {
    options: [...CALLING, 'delete'],
    takesName: true,
    load: async () => (await import('./identity-rotate.js')).command,
  },
  mfa: {
    options: [...CALLING, 'json', 'enroll'],
    takesName: true,
    load: async () => (await import('./identity-mfa.js')).command,
  },
};

/** Long-term keys: what there are, where they rest, and their MFA devices. */
export const command: Command = {
  run: async (request, host) => {
    const [word = 'list'] = request.operands;
    const known = IDENTITY_VERBS.find((one) => one === word);
    if (!known) {
      throw new AssumeError('USAGE', `assume identity does not know ${visible(word)}`, {
        hint: `one of: ${IDENTITY_VERBS.join(', ')}`,
      });
    }
    const verb = VERBS[known];
    requireFit(request, word, verb);
    const loaded = await verb.load();
    return loaded.run({ ...request, operands: request.operands.slice(1) }, host);
  },
};

function requireFit({ operands, options }: Request, word: string, verb: Verb): void {
  const allowed = [...ANYWHERE, ...verb.options];
  const [stray] = (Object.keys(options) as OptionName[]).filter((name) => !allowed.includes(name));
  if (stray !== undefined) throw misused(`assume identity ${word} takes no --${stray}`);
  if (!verb.takesName && operands.length > 1) {
    throw misused(`assume identity ${word} takes no ${visible(operands[1] ?? '')}`);
  }
}

function misused(problem: string): AssumeError {
  return new AssumeError('USAGE', problem, { hint: 'see: assume identity --help' });
}

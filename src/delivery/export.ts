import type { Request } from '../argv.js';
import type { Dialect } from '../dialect/dialect.js';
import { DIALECTS, findDialect } from '../dialect/dialects.js';
import { posixDialect } from '../dialect/posix.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { ONE_SHOT_MARGIN_MS } from '../store/freshness.js';
import { visible, visibleJson } from '../visible.js';
import { makeVariables, type Variables } from './aws-environment.js';
import type { Delivery } from './delivery.js';

const FORMATS = ['shell', 'json', 'dotenv'];

/** Prints the target's environment for a shell to evaluate, or for a program to read. */
export const exportDelivery: Delivery = {
  name: 'export',
  manner: () => ({
    renews: false,
    marginMs: ONE_SHOT_MARGIN_MS,
    lockWaitMs: null,
    mayPick: true,
  }),
  check: (request, host) => {
    const { format } = request.options;
    if (format !== undefined && !FORMATS.includes(format)) {
      throw new AssumeError(
        'USAGE',
        `--format ${visible(format)} is not one of ${FORMATS.join(', ')}`,
        { hint: 'for a program write --format json' },
      );
    }
    chosenDialect(request, host);
  },
  deliver: async (assumption, request, host) => {
    const variables = makeVariables(assumption, await assumption.source(), host.env);
    switch (request.options.format) {
      case 'json':
        host.stdout(`${visibleJson(variables)}\n`);
        break;
      case 'dotenv':
        host.stdout(formatDotenv(variables));
        break;
      default:
        host.stdout(formatScript(chosenDialect(request, host), variables));
    }
    return 0;
  },
};

/**
 * A script that removes and sets the variables, all or none where the shell can, ended by the
 * dialect's sentinel. It begins with what it removes: shells that find an error at its start show
 * the next lines too.
 */
export function formatScript(dialect: Dialect, variables: Variables): string {
  const rows = Object.entries(variables);
  const unsets = rows.flatMap(([name, value]) => (value === null ? [dialect.unset(name)] : []));
  const sets = rows.flatMap(([name, value]) => (value === null ? [] : [dialect.set(name, value)]));
  const names = Object.keys(variables);
  const statements = [...unsets, ...sets].join('');
  const script = names.length === 0 ? '' : (dialect.guard?.(names, statements) ?? statements);
  return `${script}${dialect.sentinel}\n`;
}

/**
 * What an export that failed prints in the place of a script: evaluating nothing would succeed. In
 * the language that the script would have had, as far as that can be known; a program that reads
 * JSON or dotenv gets nothing.
 *
 * @param status - The exit status.
 */
export function formatFailure({ options }: Request, host: Host, status: number): string {
  if (options.format === 'json' || options.format === 'dotenv') return '';
  return (findDialect(options.shell ?? '') ?? defaultDialect(host)).fail(status);
}

/** The shell that is asked for, else the default. */
function chosenDialect({ options: { shell } }: Request, host: Host): Dialect {
  if (shell === undefined) return defaultDialect(host);
  const dialect = findDialect(shell);
  if (dialect) return dialect;
  const known = DIALECTS.map((other) => other.name).join(', ');
  throw new AssumeError('USAGE', `--shell ${visible(shell)} is none that assume can write for`, {
    hint: `one of: ${known}`,
  });
}

/** The hook's shell, else the user's, else sh. */
function defaultDialect({ env }: Host): Dialect {
  return findDialect(env['ASSUME_SHELL'] ?? env['SHELL'] ?? '') ?? posixDialect('sh');
}

/** Docker and dotenv disagree about quotes, so a value that would need them is refused. */
function formatDotenv(variables: Variables): string {
  const rows = Object.entries(variables).flatMap(([name, value]) => {
    if (value === null) return [];
    if (/^[\w+/=.,:@%-]*$/.test(value)) return [`${name}=${value}\n`];
    if (name === 'ASSUME_TARGET' || name === 'AWSUME_PROFILE') return [];
    throw new AssumeError('FAILED', `${name} has characters that dotenv files cannot hold safely`, {
      hint: 'use --format json',
    });
  });
  return rows.join('');
}

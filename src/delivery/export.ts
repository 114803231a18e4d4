import type { Request } from '../argv.js';
import type { Dialect } from '../dialect/dialect.js';
import { DIALECTS, findDialect } from '../dialect/dialects.js';
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

/** A script that removes and sets the variables, ended by the dialect's sentinel. */
export function formatScript(dialect: Dialect, variables: Variables): string {
  const rows = Object.entries(variables).map(([name, value]) =>
    value === null ? dialect.unset(name) : dialect.set(name, value),
  );
  return `${rows.join('')}${dialect.sentinel}\n`;
}

/** The shell that is asked for, else the hook's, else the user's, else sh. */
function chosenDialect(request: Request, host: Host): Dialect {
  const { shell } = request.options;
  const name = shell ?? host.env['ASSUME_SHELL'] ?? host.env['SHELL'] ?? 'sh';
  const dialect = findDialect(name) ?? (shell === undefined ? findDialect('sh') : null);
  if (dialect) return dialect;
  const known = DIALECTS.map((other) => other.name).join(', ');
  throw new AssumeError('USAGE', `--shell ${visible(name)} is none that assume can write for`, {
    hint: `one of: ${known}`,
  });
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

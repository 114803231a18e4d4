import type { Request } from '../argv.js';
import { alignColumns } from '../columns.js';
import { readConfig, type Config } from '../config/config.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';
import { readIdentityRows, type IdentityRow } from './identity-rows.js';
import { formatNames } from './name-lines.js';
import { sayUnlessQuiet } from './say.js';

/** The identities: whose keys, how old, where they rest. It asks nobody but with --refresh. */
export const command: Command = {
  run: async (request, host) => {
    const config = readConfig(host);
    const { options } = request;
    if (options.json && options.names) {
      throw new AssumeError('USAGE', '--json and --names exclude each other', {
        hint: 'choose one',
      });
    }
    if (options.refresh) {
      const { refreshIdentities } = await import('./identity-refresh.js');
      await refreshIdentities(request, host, readIdentityRows(config, host));
    }
    const rows = readIdentityRows(config, host);
    if (options.names) host.stdout(formatNames(rows.map(({ name }) => name)));
    else if (options.json) host.stdout(`${visibleJson({ version: 1, identities: rows })}\n`);
    else printTable(request, host, config, rows);
    return 0;
  },
};

function printTable(
  request: Request,
  host: Host,
  config: Config,
  rows: readonly IdentityRow[],
): void {
  const cells = rows.map((row) => cellsOf(row, host.now()).map(visible));
  for (const row of alignColumns(cells)) host.stdout(`${row.join('  ')}\n`);
  if (rows.length === 0) {
    const place = visible(config.aws.credentials.path ?? '~/.aws/credentials');
    sayUnlessQuiet(host, request.options, `there are no identities, and no keys in ${place}`);
  }
  if (rows.some((row) => row.isLongTerm === true && row.createdAt === null)) {
    sayUnlessQuiet(
      host,
      request.options,
      'to ask AWS how old they are: assume identity list --refresh',
    );
  }
}

function cellsOf(row: IdentityRow, now: Date): string[] {
  if (row.problem !== null) return [row.name, row.problem];
  const { name, source, store, accessKeyId, accountId, userName, isLongTerm } = row;
  return [
    name,
    store === null ? source : `${source} (${store === 'keychain' ? 'system keychain' : store})`,
    accessKeyId ?? '',
    [accountId, userName].filter((part) => part !== null).join(' '),
    isLongTerm === false ? 'temporary' : ageOf(row, now),
    row.mfaSerial ?? '',
  ];
}

const DAY_MS = 86_400_000;

function ageOf({ createdAt, rotatedAt, isLongTerm }: IdentityRow, now: Date): string {
  if (createdAt === null) return isLongTerm ? 'age not known' : '';
  const days = Math.max(0, Math.floor((now.getTime() - Date.parse(createdAt)) / DAY_MS));
  const age = `${String(days)} ${days === 1 ? 'day' : 'days'} old`;
  return rotatedAt === null ? age : `${age}, rotated ${rotatedAt.slice(0, 10)}`;
}

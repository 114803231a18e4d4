import { brief } from '../brief.js';
import { checkConfig } from '../config-check.js';
import { readConfig } from '../config/config.js';
import { assumeLocation, awsLocations, dropInDirectory } from '../config/locations.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';

/** Where the files are, whether they are right, and where secrets rest. */
export const command: Command = {
  run: async (request, host) => {
    const { operands, options } = request;
    switch (operands[0]) {
      case 'path':
        refuseMore(operands);
        printPaths(host, options.json === true);
        return 0;
      case 'check':
        refuseMore(operands);
        return check(host);
      case 'store': {
        const { runConfigStore } = await import('./config-store.js');
        return runConfigStore(request, host);
      }
      default:
        throw new AssumeError('USAGE', 'assume config takes "path", "check" or "store"', {
          hint: 'see: assume config --help',
        });
    }
  },
};

function refuseMore([word, more]: readonly string[]): void {
  if (more === undefined) return;
  throw new AssumeError('USAGE', `assume config ${word ?? ''} takes nothing more`, {
    hint: 'see: assume config --help',
  });
}

function printPaths(host: Host, asJson: boolean): void {
  const main = assumeLocation(host);
  const aws = awsLocations(host);
  const paths = {
    assume: main,
    assumeDropIns: main === null ? null : dropInDirectory(host, main),
    awsConfig: aws.config,
    awsCredentials: aws.credentials,
  };
  if (asJson) {
    host.stdout(`${visibleJson({ version: 1, ...paths })}\n`);
    return;
  }
  for (const path of Object.values(paths)) {
    if (path === null) continue;
    const note = host.files.facts(path) === null ? ' (not there)' : '';
    host.stdout(`${visible(path)}${note}\n`);
  }
}

function check(host: Host): number {
  const { problems, warnings } = checkConfig(readConfig(host), host);
  for (const line of warnings) host.stderr(brief(`warning: ${visible(line)}\n`));
  if (problems.length === 0) return 0;
  throw new AssumeError('CONFIG_INVALID', problems.join('\n'), {
    hint: 'correct it, then run: assume config check',
  });
}

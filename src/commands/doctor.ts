import type { Host } from '../host/host.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';
import type { Finding } from './doctor-finding.js';
import { checkClock } from './doctor-clock.js';
import { checkConfiguration, checkModes } from './doctor-files.js';
import { checkEnvironment, checkHook } from './doctor-shell.js';
import { checkSpeed } from './doctor-speed.js';
import { checkState, checkStore } from './doctor-store.js';

/** Shows what is set up and what is not; works with broken configuration. Status 1 if anything is wrong. */
export const command: Command = {
  run: async ({ options }, host) => {
    const findings = [
      ...checkConfiguration(host),
      ...checkModes(host),
      ...(await checkStore(host)),
      ...checkState(host),
      ...checkHook(host),
      ...checkEnvironment(host),
      ...checkSpeed(host),
      ...(await checkClock(host, options)),
    ];
    host.stdout(
      options.json
        ? `${visibleJson({ version: 1, findings })}\n`
        : await formatFindings(findings, host),
    );
    return findings.some((finding) => finding.state === 'wrong') ? 1 : 0;
  },
};

async function formatFindings(findings: readonly Finding[], host: Host): Promise<string> {
  const { Chalk } = await import('chalk');
  const isColored = host.terminal.stdoutIsTerminal && !host.env['NO_COLOR'];
  const paint = new Chalk({ level: isColored ? 1 : 0 });
  const marks = {
    good: paint.green('ok   '),
    odd: paint.yellow('odd  '),
    wrong: paint.red('wrong'),
  };
  const lines = findings.flatMap(({ topic, state, text, advice }) => [
    `${marks[state]} ${topic}: ${text.split('\n').map(visible).join('\n        ')}`,
    ...(advice === null ? [] : [`      → ${visible(advice)}`]),
  ]);
  return `${lines.join('\n')}\n`;
}

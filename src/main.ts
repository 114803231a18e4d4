import { inspect } from 'node:util';
import { brief } from './brief.js';
import { readArgv, type Request } from './argv.js';
import { COMMAND_ROWS } from './commands/commands.js';
import { redact } from './credentials.js';
import { EXIT_STATUS, isAssumeError } from './errors.js';
import type { Host } from './host/host.js';
import { visible } from './visible.js';

declare const ASSUME_VERSION: string;

/** Walks from what was typed to an exit status; the only place that prints an error. */
export async function main(host: Host): Promise<number> {
  const { request, problem } = readArgv(host.argv);
  try {
    if (problem) throw problem;
    return await runRequest(request, host);
  } catch (error) {
    const status = isAssumeError(error) ? error.exitStatus : 1;
    if (status === EXIT_STATUS.READER_GONE) return status;
    host.stderr(brief(redact(formatError(error, request.options.debug === true))));
    await printFailure(request, host, status);
    return status;
  }
}

async function runRequest(request: Request, host: Host): Promise<number> {
  if (request.version) {
    host.stdout(`${ASSUME_VERSION}\n`);
    return 0;
  }
  if (request.help !== null) {
    const { formatHelp } = await import('./cli.js');
    const name = request.help === 'command' ? request.command : null;
    host.stdout(formatHelp(name, host.terminal.stdoutColumns));
    return 0;
  }
  const command = await COMMAND_ROWS[request.command].load();
  return command.run(request, host);
}

/** For whoever evaluates stdout. Where that fails too, the error that matters has been told. */
async function printFailure(request: Request, host: Host, status: number): Promise<void> {
  try {
    const command = await COMMAND_ROWS[request.command].load();
    const text = command.failure?.(request, host, status) ?? '';
    if (text !== '') host.stdout(text);
  } catch {
    return;
  }
}

/** What happened, then what to type; the causes only on demand, and never a stack. */
function formatError(error: unknown, isDebug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const hint = isAssumeError(error)
    ? error.hint
    : 'this is a fault in assume: run it again with --debug and report what it prints';
  const lines = [
    ...message.split('\n').map((line) => `assume: ${visible(line)}`),
    ...(hint === undefined ? [] : hint.split('\n').map((line) => `  ${visible(line)}`)),
    ...(isDebug ? causesOf(error).map((cause) => `  cause: ${visible(cause)}`) : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A chain may be of any length, or go in a circle. */
const MOST_CAUSES = 10;

function causesOf(error: unknown): string[] {
  const causes: string[] = [];
  let cause = causeOf(error);
  while (cause !== undefined && causes.length < MOST_CAUSES) {
    causes.push(
      cause instanceof Error ? `${cause.name}: ${cause.message}` : inspect(cause, { depth: -1 }),
    );
    cause = causeOf(cause);
  }
  return causes;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

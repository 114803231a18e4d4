import type { Request } from '../argv.js';
import type { Host } from '../host/host.js';

/** What a command does with what was typed. */
export interface Command {
  /**
   * @returns The exit status.
   * @throws AssumeError which `main` prints.
   */
  run(request: Request, host: Host): Promise<number>;
  /**
   * What stdout gets after an error has been told, for a shell that evaluates it; of most commands
   * nothing. The request may be one that could not be run.
   *
   * @param status - The exit status.
   */
  failure?(request: Request, host: Host, status: number): string;
}

/** A command as the table knows it: enough to list and explain it without loading it. */
export interface CommandRow {
  /** One line, without a full stop. */
  readonly summary: string;
  /** What may stand after the name. */
  readonly operands: string;
  readonly examples: readonly [string, string];
  load(): Promise<Command>;
}

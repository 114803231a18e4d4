import type { Request } from '../argv.js';
import type { Host } from '../host/host.js';

/** What a command does with what was typed. */
export interface Command {
  /**
   * @returns The exit status.
   * @throws AssumeError which `main` prints.
   */
  run(request: Request, host: Host): Promise<number>;
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

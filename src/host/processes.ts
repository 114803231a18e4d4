import { become } from './become.js';
import { captureOutput } from './capture-output.js';
import { endAs } from './end-as.js';
import { holdSignals } from './hold-signals.js';
import type { Environment, ProcessRecord, Processes } from './host.js';
import { recordOfSelf, stateOf } from './process-record.js';
import { runChild } from './run-child.js';

/** The processes of this machine. */
export function createProcesses(env: Environment): Processes {
  let self: ProcessRecord | null = null;
  return {
    get self() {
      return (self ??= recordOfSelf());
    },
    state: stateOf,
    run: runChild,
    become,
    holdSignals,
    endAs,
    capture: (commandLine, timeoutMs) => captureOutput(commandLine, timeoutMs, env),
  };
}

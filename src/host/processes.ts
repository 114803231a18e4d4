import { become } from './become.js';
import { captureOutput } from './capture-output.js';
import { endAs } from './end-as.js';
import { holdSignals } from './hold-signals.js';
import type { Environment, ProcessRecord, Processes } from './host.js';
import { launch } from './launch.js';
import { recordOfSelf, stateOf } from './process-record.js';
import { programOutput } from './program-output.js';
import { runChild } from './run-child.js';
import { unlessCancelled } from './unless-cancelled.js';

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
    capture: captureOutput,
    output: programOutput,
    launch: (command, args) => launch(command, args, env),
    unlessCancelled,
  };
}

import { become } from './become.js';
import { endAs } from './end-as.js';
import { holdSignals } from './hold-signals.js';
import type { Environment, ProcessRecord, Processes } from './host.js';
import { recordOfSelf, stateOf } from './process-record.js';
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
    capture: async (...command) => {
      const { captureOutput } = await import('./capture-output.js');
      return captureOutput(...command);
    },
    output: async (...program) => {
      const { programOutput } = await import('./program-output.js');
      return programOutput(...program);
    },
    launch: async (command, args) => {
      const { launch } = await import('./launch.js');
      return launch(command, args, env);
    },
    unlessCancelled,
  };
}

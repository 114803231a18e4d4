import { execDelivery } from '../delivery/exec.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';
import { withLastTarget } from './last-target.js';

export const command: Command = {
  run: async (request, host) => handOver(execDelivery, await withLastTarget(request, host), host),
};

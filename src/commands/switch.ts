import { execDelivery } from '../delivery/exec.js';
import { shellDelivery } from '../delivery/shell.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';
import { withLastTarget } from './last-target.js';

/** `assume TARGET`, with the words that mean a target without naming it. */
export const command: Command = {
  run: async (request, host) => {
    const delivery = request.child === null ? shellDelivery : execDelivery;
    return handOver(delivery, await withLastTarget(request, host), host);
  },
};

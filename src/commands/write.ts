import { writeDelivery } from '../delivery/write.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';

export const command: Command = {
  run: (request, host) => handOver(writeDelivery, request, host),
};

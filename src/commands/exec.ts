import { execDelivery } from '../delivery/exec.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';

export const command: Command = {
  run: (request, host) => handOver(execDelivery, request, host),
};

import { credentialProcessDelivery } from '../delivery/credential-process.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';

export const command: Command = {
  run: (request, host) => handOver(credentialProcessDelivery, request, host),
};

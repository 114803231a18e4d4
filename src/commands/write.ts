import { writeDelivery } from '../delivery/write.js';
import type { Command } from './command.js';
import { walkAndHandOver } from './hand-over.js';

export const command: Command = {
  run: (request, host) => walkAndHandOver(writeDelivery, request, host),
};

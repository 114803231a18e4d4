import { exportDelivery, formatFailure } from '../delivery/export.js';
import type { Command } from './command.js';
import { handOver } from './hand-over.js';

export const command: Command = {
  run: (request, host) => handOver(exportDelivery, request, host),
  failure: formatFailure,
};

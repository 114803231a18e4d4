import { AssumeError } from '../errors.js';
import type { Command } from './command.js';
export const command: Command = { run: () => Promise.reject(new AssumeError('FAILED', 'not yet')) };

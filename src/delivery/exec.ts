import { AssumeError } from '../errors.js';
import { ONE_SHOT_MARGIN_MS } from '../store/freshness.js';
import { makeVariables, withVariables } from './aws-environment.js';
import type { Delivery } from './delivery.js';

/** Runs one command as the target: it owns the streams and the terminal, and its end is ours. */
export const execDelivery: Delivery = {
  name: 'exec',
  manner: () => ({
    renews: false,
    marginMs: ONE_SHOT_MARGIN_MS,
    lockWaitMs: null,
    mayPick: true,
  }),
  check: (request) => {
    if (request.child?.[0] !== undefined && request.child[0] !== '') return;
    throw new AssumeError('USAGE', 'no command is given', {
      hint: 'write: assume exec TARGET -- COMMAND',
    });
  },
  deliver: async (assumption, request, host) => {
    const [command = '', ...args] = request.child ?? [];
    const answer = await assumption.source();
    const env = withVariables(host.env, makeVariables(assumption, answer, host.env));
    return host.processes.endAs(await host.processes.become(command, args, env));
  },
};

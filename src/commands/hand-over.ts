import type { Request } from '../argv.js';
import type { Walked } from '../assume.js';
import type { Assumption, Manner } from '../assumption.js';
import { brief } from '../brief.js';
import type { Delivery } from '../delivery/delivery.js';
import type { Host } from '../host/host.js';
import { lineOf } from '../store/plan-index.js';
import { recall } from '../store/recall.js';
import { visible } from '../visible.js';

/**
 * Hands credentials over in one way: those that the same line led to before, if nothing has changed
 * since; else the route is walked. @returns The exit status.
 */
export async function handOver(delivery: Delivery, request: Request, host: Host): Promise<number> {
  delivery.check(request, host);
  const manner = mannerHere(delivery.manner(host), request, host);
  const named = manner.mayPick ? await withName(request, host) : request;
  const assumption =
    (await remember(named, host, manner)) ?? (await walkRoute(named, host, manner));
  return delivery.deliver(assumption, named, host);
}

/** Where none was typed, the one that a person picks. */
async function withName(request: Request, host: Host): Promise<Request> {
  if (request.operands.length > 0) return request;
  const { pickNoted } = await import('./pick-noted.js');
  return pickNoted(request, host);
}

/** The same for a delivery that needs more of the way. */
export async function walkAndHandOver(
  delivery: Delivery<Walked>,
  request: Request,
  host: Host,
): Promise<number> {
  delivery.check(request, host);
  const manner = mannerHere(delivery.manner(host), request, host);
  return delivery.deliver(await walkRoute(request, host, manner), request, host);
}

/** Nobody is asked at a terminal that is not there, or who does not want to be. */
export function mannerHere(manner: Manner, { options }: Request, { terminal }: Host): Manner {
  return { ...manner, mayPick: manner.mayPick && !options['no-input'] && terminal.canAsk };
}

async function remember(request: Request, host: Host, manner: Manner): Promise<Assumption | null> {
  const line = lineOf(request, host.argv, manner);
  const recalled = line && (await recall(host, line, manner.marginMs));
  return recalled && { shown: recalled.shown, source: () => Promise.resolve(recalled.entry) };
}

async function walkRoute(request: Request, host: Host, manner: Manner): Promise<Walked> {
  const { assume } = await import('../assume.js');
  const walked = await assume(request, host, manner);
  if (!request.options.quiet) {
    for (const remark of walked.shown.remarks) host.stderr(brief(`assume: ${visible(remark)}\n`));
  }
  return walked;
}

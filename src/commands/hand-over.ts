import type { Request } from '../argv.js';
import { assume } from '../assume.js';
import type { Delivery } from '../delivery/delivery.js';
import type { Host } from '../host/host.js';
import { visible } from '../visible.js';

/** Walks the route and hands its credentials over in one way. @returns The exit status. */
export async function handOver(delivery: Delivery, request: Request, host: Host): Promise<number> {
  delivery.check(request, host);
  const assumption = await assume(request, host, delivery.manner(host));
  if (!request.options.quiet) {
    for (const remark of assumption.planned.remarks) host.stderr(`assume: ${visible(remark)}\n`);
  }
  return delivery.deliver(assumption, request, host);
}

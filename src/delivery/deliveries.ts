import type { Walked } from '../assume.js';
import { credentialProcessDelivery } from './credential-process.js';
import type { Delivery } from './delivery.js';
import { execDelivery } from './exec.js';
import { exportDelivery } from './export.js';
import { shellDelivery } from './shell.js';
import { writeDelivery } from './write.js';

/** Every way to hand credentials over. */
export const DELIVERIES: readonly Delivery<Walked>[] = [
  shellDelivery,
  execDelivery,
  exportDelivery,
  writeDelivery,
  credentialProcessDelivery,
];

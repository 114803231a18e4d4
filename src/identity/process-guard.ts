import type { Environment } from '../host/host.js';
import { digestOf, type ProcessSpec } from '../target/identity-spec.js';

/** Tells a process, and what it runs, which processes are waiting for it. */
const GUARD = 'ASSUME_PROCESSES';

/** The environment for the process. */
export function guarded(env: Environment, spec: ProcessSpec): Environment {
  return { ...env, [GUARD]: [...running(env), digestOf(spec)].join(',') };
}

/** Tells whether we run inside that very process, which would run us again, and so on. */
export function isInside(env: Environment, spec: ProcessSpec): boolean {
  return running(env).includes(digestOf(spec));
}

function running(env: Environment): readonly string[] {
  return (env[GUARD] ?? '').split(',').filter(Boolean);
}

import { onTestFinished } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import type { World } from '../../src/sandbox/world.js';
import { NOON } from './small-world.js';

/** A sandbox whose clock the test moves by hand. */
export interface TestSandbox extends Sandbox {
  pass(seconds: number): void;
  now(): Date;
}

/** Starts a sandbox at noon that ends with the test. */
export async function start(world: World): Promise<TestSandbox> {
  let at = NOON.getTime();
  const now = (): Date => new Date(at);
  const sandbox = await startSandbox({ world, now });
  onTestFinished(() => sandbox.close());
  const pass = (seconds: number): void => {
    at += seconds * 1000;
  };
  return Object.assign(sandbox, { now, pass });
}

import type { Environment } from './host.js';

/**
 * Starts a program of the desktop, such as a browser, that has nothing to do with our terminal and
 * may outlive us. No shell sees its arguments.
 *
 * @returns Whether it could be started; how it ends is not known.
 */
export function launch(
  command: string,
  args: readonly string[],
  env: Environment,
): Promise<boolean> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, detached: true, stdio: 'ignore' });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
    child.once('error', () => {
      resolve(false);
    });
  });
}

import { chmodSync, existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launch } from '../../src/host/launch.js';
import { makeTempHome } from '../support/temp-home.js';

describe('a program of the desktop', () => {
  it('gets its words as they are, and none of our streams', async () => {
    const home = makeTempHome();
    onTestFinished(home.remove);
    const done = join(home.path, 'done');
    const program = join(home.path, 'program');
    writeFileSync(
      program,
      `#!/bin/sh
printf '<%s>' "$@" $(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2) >${done}.new
mv ${done}.new ${done}
`,
    );
    chmodSync(program, 0o755);
    const written = new Promise<void>((resolve) => {
      const watcher = watch(home.path, () => {
        if (existsSync(done)) resolve();
      });
      onTestFinished(() => {
        watcher.close();
      });
    });
    expect(await launch(program, ['$(touch x)', 'a b', ';'], home.env)).toBe(true);
    await written;
    expect(readFileSync(done, 'utf8')).toBe(
      '<$(touch x)><a b><;></dev/null></dev/null></dev/null>',
    );
  });

  it('that is not there is no error', async () => {
    expect(await launch('/nonexistent/browser', ['x'], {})).toBe(false);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTempHome } from '../support/temp-home.js';
import { buildProgram } from './build-program.js';
import { start } from './start.js';

const home = makeTempHome();
let program: [string, string];

beforeAll(async () => {
  program = await buildProgram('wait', home.path);
});
afterAll(() => {
  home.remove();
});

it('ends a wait, and not the process, at Ctrl-C', async () => {
  const started = start(program, { env: home.env });
  await started.printed('waiting');
  started.process.kill('SIGINT');
  expect(await started.ended).toMatchObject({ status: 130, output: 'waiting\nCANCELLED 0\n' });
});

it('gives what the work gives, and leaves Ctrl-C as it was', async () => {
  const { ended } = start([...program, 'done'], { env: home.env });
  expect(await ended).toMatchObject({ status: 0, output: 'waiting\ndone 0\n' });
});

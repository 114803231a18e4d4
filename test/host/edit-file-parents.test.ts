import { expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node-host.js';

it.skipIf(process.platform !== 'linux')(
  'ends with an error where no directory can be created',
  async () => {
    const edit = createNodeHost().files.edit('/proc/nope/x/credentials', () => 'text');
    await expect(edit).rejects.toMatchObject({ code: 'FAILED' });
  },
);

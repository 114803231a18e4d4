import { describe, expect, it } from 'vitest';
import { parseArgv } from '../../src/argv.js';
import { pickNoted } from '../../src/commands/pick-noted.js';
import { main } from '../../src/main.js';
import { ASSUME_INI, AWS_CONFIG, AWS_CREDENTIALS, KEYS } from '../support/configured-host.js';
import { fakeHost, type FakeHost } from '../support/fake-host.js';

const INI = '[account prod]\nid = 444455556666\nroles = admin, reader\n';

/** A machine whose catalogue was noted, and a person who answers there. */
async function noted(answers: readonly string[], config = ''): Promise<FakeHost> {
  const files = { [ASSUME_INI]: INI, [AWS_CONFIG]: config, [AWS_CREDENTIALS]: `[base]\n${KEYS}` };
  const host = fakeHost({ argv: ['list', '--quiet'], files, answers });
  await host.clock.advance(60_000);
  expect(await main(host)).toBe(0);
  return host;
}

describe('a target that nobody named', () => {
  it('is picked from what was noted, and how to name it is said', async () => {
    const host = await noted(['prod/reader  444455556666']);
    const request = parseArgv(['export']);
    expect(await pickNoted(request, host)).toEqual({ ...request, operands: ['prod/reader'] });
    expect(host.asked.map(({ question }) => question)).toEqual(['Which target?']);
    expect(host.written.stderr).toBe('assume: next time: assume prod/reader\n');
  });

  it('is picked from the files once they have changed', async () => {
    const host = await noted([]);
    host.files.put(ASSUME_INI, INI.replace('reader', 'viewer'));
    const request = parseArgv(['export']);
    expect(await pickNoted(request, host)).toBe(request);
    expect(host.asked).toEqual([]);
  });

  it('is picked from the files where one name stands for two', async () => {
    const role = 'role_arn = arn:aws:iam::111122223333:role/x\nsource_profile = base\n';
    const host = await noted([], `[profile prod/admin]\n${role}`);
    const request = parseArgv(['export']);
    expect(await pickNoted(request, host)).toBe(request);
  });
});

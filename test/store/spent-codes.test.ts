import { describe, expect, it } from 'vitest';
import { openSpentCodes } from '../../src/store/spent-codes.js';
import { fakeHost, secondProcess } from '../support/fake-host.js';

const SERIAL = 'GAHT12345678';
/** At the start of a step. */
const NOON = new Date('2026-01-02T12:00:00Z');

describe('a spent code', () => {
  it.each([
    [0, 30, true],
    [0, 89, true],
    [0, 119, true],
    [0, 120, false],
    [29, 61, true],
    [29, 90, true],
    [29, 91, false],
  ])('added %d s into a step is known %d s later: %s', async (into, later, known) => {
    const host = fakeHost({ now: NOON });
    await host.clock.advance(into * 1000);
    openSpentCodes(host).add(SERIAL, '123456');
    await host.clock.advance(later * 1000);
    expect(openSpentCodes(host).has(SERIAL, '123456')).toBe(known);
  });

  it('is spent for its device alone, and for every process', () => {
    const host = fakeHost({ now: NOON });
    const spent = openSpentCodes(host);
    expect(spent.has(SERIAL, '123456')).toBe(false);
    spent.add(SERIAL, '123456');
    spent.add('GAHT00000000', '654321');
    const other = openSpentCodes(secondProcess(host, 2000));
    expect(other.has(SERIAL, '123456')).toBe(true);
    expect(other.has('GAHT00000000', '654321')).toBe(true);
    expect(other.has('GAHT00000000', '123456')).toBe(false);
    expect(other.has(SERIAL, '123457')).toBe(false);
  });

  it('is not to be read from the disk, even by one who tries all codes without the key', () => {
    const host = fakeHost({ now: NOON, env: { XDG_RUNTIME_DIR: '/run' } });
    openSpentCodes(host).add(SERIAL, '123456');
    const { '/run/assume/spent.codes': codes, '/run/assume/spent.key': key } =
      host.files.contents();
    expect(codes).not.toContain('123456');
    expect(codes).not.toContain(SERIAL);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not stay for ever', async () => {
    const host = fakeHost({ now: NOON });
    for (let step = 0; step < 50; step++) {
      openSpentCodes(host).add(SERIAL, String(100_000 + step));
      await host.clock.advance(30_000);
    }
    const codes = Object.entries(host.files.contents()).find(([path]) =>
      path.endsWith('spent.codes'),
    );
    expect(codes?.[1].split('\n').length).toBeLessThan(6);
  });

  it('is not remembered where there is no place', () => {
    const spent = openSpentCodes(fakeHost({ env: {} }));
    spent.add(SERIAL, '123456');
    expect(spent.has(SERIAL, '123456')).toBe(false);
  });
});

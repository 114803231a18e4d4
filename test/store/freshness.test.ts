import { describe, expect, it } from 'vitest';
import {
  isAlive,
  isFresh,
  isYoungEnough,
  ONE_SHOT_MARGIN_MS,
  RENEWING_MARGIN_MS,
} from '../../src/store/freshness.js';
import { cacheEntry } from '../support/cache-entry.js';

const MINUTE = 60_000;
const START = new Date('2026-01-02T03:00:00Z');
const after = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);
const entry = (minutes: number) => cacheEntry({ startedAt: START, keptUntil: after(minutes) });

describe('fresh enough', () => {
  it.each([
    ['an SDK that asks again', RENEWING_MARGIN_MS, 60, 45],
    ['what nothing renews', ONE_SHOT_MARGIN_MS, 60, 30],
    ['what nothing renews, of two hours', ONE_SHOT_MARGIN_MS, 120, 90],
    ['an SDK, of a quarter of an hour: half of it', RENEWING_MARGIN_MS, 15, 7.5],
    ['what nothing renews, of a quarter of an hour', ONE_SHOT_MARGIN_MS, 15, 7.5],
    ['what nothing renews, of forty minutes', ONE_SHOT_MARGIN_MS, 40, 20],
  ])('for %s', (_, margin, lifetime, until) => {
    expect(isFresh(entry(lifetime), after(0), margin)).toBe(true);
    expect(isFresh(entry(lifetime), after(until), margin)).toBe(true);
    expect(isFresh(entry(lifetime), new Date(after(until).getTime() + 1), margin)).toBe(false);
    expect(isFresh(entry(lifetime), after(lifetime), margin)).toBe(false);
  });

  it('is never what has expired, even if it was made by a clock that was ahead', () => {
    const odd = cacheEntry({ startedAt: after(300), keptUntil: after(60) });
    expect(isFresh(odd, after(10), RENEWING_MARGIN_MS)).toBe(true);
    expect(isFresh(odd, after(60), RENEWING_MARGIN_MS)).toBe(false);
    expect(isFresh(odd, after(61), RENEWING_MARGIN_MS)).toBe(false);
  });
});

describe('alive', () => {
  it.each([
    [0, true],
    [58.9, true],
    [59, false],
    [60, false],
    [61, false],
  ])('after %d of 60 minutes: %s', (minutes, alive) => {
    expect(isAlive(entry(60), after(minutes))).toBe(alive);
  });
});

describe('young enough', () => {
  it.each([
    [null, 999, true],
    [3600, 59.9, true],
    [3600, 60, false],
    [1, 0, true],
    [1, 1, false],
  ])('for mfa_max_age %s after %d minutes: %s', (seconds, minutes, young) => {
    expect(isYoungEnough(entry(720), after(minutes), seconds)).toBe(young);
  });
});

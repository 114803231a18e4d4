import { describe, expect, it } from 'vitest';
import {
  demanded,
  every,
  least,
  nearest,
  settingsOf,
  type Layers,
} from '../../src/target/layers.js';
import { ASSUME_INI, configuredHost } from '../support/configured-host.js';

const INI = `[settings]
mfa_max_age = 2h
protected = no
color = red
[role r]
mfa_max_age = 30m
cache = no
[customer c]
protected = yes
mfa_max_age = 1h
color = blue
[account a]
id = 111122223333
cache = yes
`;
const { config } = configuredHost({ assume: INI });
const section = (kind: string) => config.assume.sections.find((one) => one.kind === kind);
const all: Layers = [
  null,
  section('account'),
  undefined,
  section('customer'),
  section('role'),
  settingsOf(config),
];
const at = (name: string, line: number) => ({
  ...{ kind: 'file', name, file: ASSUME_INI, line },
  column: expect.any(Number) as number,
});

describe('layers', () => {
  it('give the nearest value with its place', () => {
    expect(nearest(all, 'color')).toEqual({ value: 'blue', origin: at('color', 11) });
    expect(nearest(all.toReversed(), 'color')).toEqual({ value: 'red', origin: at('color', 4) });
    expect(nearest(all, 'region')).toBeNull();
    expect(nearest([], 'color')).toBeNull();
  });

  it('give every value, the nearest first', () => {
    expect(every(all, 'mfaMaxAge').map(({ value }) => value)).toEqual([3600, 1800, 7200]);
  });

  it('give the least of limits, wherever it stands', () => {
    for (const order of [all, all.toReversed()]) {
      expect(least(order, 'mfaMaxAge')).toEqual({ value: 1800, origin: at('mfa_max_age', 6) });
    }
    expect(least(all, 'duration')).toBeNull();
  });

  it('give a safeguard that anyone demands, wherever it stands', () => {
    for (const order of [all, all.toReversed()]) {
      expect(demanded(order, 'protected', true)).toEqual({
        value: true,
        origin: at('protected', 9),
      });
      expect(demanded(order, 'cache', false)).toEqual({ value: false, origin: at('cache', 7) });
    }
    expect(demanded(all, 'reason', true)).toBeNull();
    expect(demanded([settingsOf(config)], 'protected', true)).toBeNull();
  });

  it('have no settings where the file has none', () => {
    expect(settingsOf(configuredHost({ assume: '[role r]\n' }).config)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { nearestNames } from '../src/nearest.js';

const KEYS = ['region', 'reason', 'role_name', 'roles', 'external_id', 'identity', 'id'];

describe('nearestNames', () => {
  it.each([
    ['a letter less', 'externl_id', ['external_id']],
    ['a letter more', 'externall_id', ['external_id']],
    ['another letter', 'extermal_id', ['external_id']],
    ['two letters swapped', 'exetrnal_id', ['external_id']],
    ['another case', 'ROLES', ['roles']],
    ['the beginning of a name', 'role', ['roles', 'role_name']],
    ['a short word with one slip', 'ids', ['id']],
    ['nothing near', 'colour', []],
    ['two short words without a letter in common', 'xy', []],
    ['an empty word', '', []],
    ['a word of any length', 'x'.repeat(100_000), []],
  ])('finds %s', (_, word, names) => {
    expect(nearestNames(word, KEYS)).toEqual(names);
  });

  it('gives the nearest first', () => {
    const names = ['staging-of-acme', 'stagings2', 'stagin', 'STAGING'];
    expect(nearestNames('staging', names, 9)).toEqual([
      'STAGING',
      'stagin',
      'stagings2',
      'staging-of-acme',
    ]);
  });

  it('gives as many as are wanted, three by default, and each once', () => {
    const names = ['prod-a', 'prod-b', 'prod-c', 'prod-d', 'prod-a'];
    expect(nearestNames('prod-x', names)).toEqual(['prod-a', 'prod-b', 'prod-c']);
    expect(nearestNames('prod-x', names, 1)).toEqual(['prod-a']);
    expect(nearestNames('prod-x', names, 9)).toEqual(['prod-a', 'prod-b', 'prod-c', 'prod-d']);
  });

  it('compares names of any length and kind', () => {
    expect(nearestNames('constructo', ['constructor', '__proto__', 'y'.repeat(100_000)])).toEqual([
      'constructor',
    ]);
  });
});

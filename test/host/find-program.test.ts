import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/host/find-program.js';

const root = mkdtempSync(join(tmpdir(), 'assume-test-'));
for (const [file, mode] of [
  ['first/tool', 0o644],
  ['second/tool', 0o755],
  ['second/only', 0o755],
  ['first/data', 0o644],
] as const) {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), '');
  chmodSync(join(root, file), mode);
}
mkdirSync(join(root, 'first/folder'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const path = `${root}/first:${root}/second`;

describe('findProgram', () => {
  it.each([
    ['only', path, { file: `${root}/second/only` }],
    ['tool', path, { file: `${root}/second/tool` }],
    ['data', path, 'not executable'],
    ['folder', path, 'not executable'],
    ['absent', path, 'not found'],
    ['', path, 'not found'],
    ['only', '', 'not found'],
    [`${root}/second/only`, '', { file: `${root}/second/only` }],
    [`${root}/first/data`, path, 'not executable'],
    [`${root}/second/only/below`, path, 'not found'],
    [`./${relative('.', root)}/second/only`, '', { file: `${root}/second/only` }],
    ['only', relative('.', `${root}/second`), { file: `${root}/second/only` }],
  ])('looks for %j on PATH %j', (name, searched, found) => {
    expect(findProgram(name, searched)).toEqual(found);
  });

  it('looks in /bin and /usr/bin when there is no PATH', () => {
    expect(findProgram('sh', undefined)).toEqual({ file: '/bin/sh' });
  });
});

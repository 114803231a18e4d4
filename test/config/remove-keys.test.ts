import { describe, expect, it } from 'vitest';
import { removeIniKeys } from '../../src/config/remove-keys.js';

describe('keys taken out of a section', () => {
  it.each<[string, string, string]>([
    ['take it along when they were all', '[a]\nk = 1\ns = 2\n', ''],
    [
      'leave what is before and after',
      '[z]\nx = 1\n\n[a]\nk = 1\ns = 2\n\n[b]\n',
      '[z]\nx = 1\n\n[b]\n',
    ],
    ['leave other keys', '[a]\nk = 1\nregion = x\ns = 2\n', '[a]\nregion = x\n'],
    ['leave a comment among them', '[a]\nk = 1\n# mine\ns = 2\n', '[a]\n# mine\n'],
    ['leave a comment before them', '[a]\n; mine\nk = 1\ns = 2\n', '[a]\n; mine\n'],
    ['leave the next comment to the next section', '[a]\nk = 1\n\n# b\n[b]\n', '\n# b\n[b]\n'],
    ['leave a last line without an end', '[z]\nx = 1\n[a]\nk = 1', '[z]\nx = 1'],
    ['leave a section that has none of them', '[a]\n[b]\nk = 1\n', '[a]\n[b]\nk = 1\n'],
    ['are none in a file without it', '[b]\nk = 1\n', '[b]\nk = 1\n'],
  ])('%s', (_what, text, wanted) => {
    expect(removeIniKeys(text, 'a', ['k', 's'])).toBe(wanted);
  });

  it('are taken out of every section of that name', () => {
    const text = '[a]\nk = 1\n[b]\nk = 2\n[a]\ns = 1\n';
    expect(removeIniKeys(text, 'a', ['k', 's'])).toBe('[b]\nk = 2\n');
  });
});

import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCommandLine } from '../../src/config/command-line.js';
import { findTool } from '../support/tools.js';

const LETTERS = ['a', ' ', '\t', '"', "'", '\\', '\n', '$', '-', '#', 'é', '\u00a0', '😀'];

describe('a command line', () => {
  it.each<[text: string, posix: string[] | null, windows: string[] | null]>([
    ['', [], []],
    [' \t ', [], []],
    ['tool', ['tool'], ['tool']],
    ['  tool  get\tkeys ', ['tool', 'get', 'keys'], ['tool', 'get', 'keys']],
    ['tool\nget', ['tool', 'get'], ['tool\nget']],
    ['"a b" c', ['a b', 'c'], ['a b', 'c']],
    ["'a b' c", ['a b', 'c'], ["'a", "b'", 'c']],
    ['a"b c"d', ['ab cd'], ['ab cd']],
    ['tool ""', ['tool', ''], ['tool', '']],
    ["tool ''", ['tool', ''], ['tool', "''"]],
    ['a\\ b', ['a b'], ['a\\', 'b']],
    ['"a\\"b"', ['a"b'], ['a"b']],
    ['"a\\\\b"', ['a\\b'], ['a\\\\b']],
    ['"a\\nb"', ['a\\nb'], ['a\\nb']],
    ["'a\\'", ['a\\'], ["'a\\'"]],
    ["'it'\\''s'", ["it's"], ["'it'\\''s'"]],
    ['C:\\bin\\tool.exe x', ['C:bintool.exe', 'x'], ['C:\\bin\\tool.exe', 'x']],
    [
      '"C:\\Program Files\\t.exe" x',
      ['C:\\Program Files\\t.exe', 'x'],
      ['C:\\Program Files\\t.exe', 'x'],
    ],
    ['a\\\\\\"b', ['a\\"b'], ['a\\"b']],
    ['a\\\\"b c"', ['a\\b c'], ['a\\b c']],
    ['end\\', null, ['end\\']],
    [
      '$HOME ~ * | > # ;',
      ['$HOME', '~', '*', '|', '>', '#', ';'],
      ['$HOME', '~', '*', '|', '>', '#', ';'],
    ],
    ['"open', null, null],
    ["'open", null, ["'open"]],
    ['open"', null, null],
    ['o\\"pen', ['o"pen'], ['o"pen']],
    ['é\u00a0😀 x', ['é\u00a0😀', 'x'], ['é\u00a0😀', 'x']],
  ])('%j has on POSIX the words %j, on Windows %j', (text, posix, windows) => {
    expect(splitCommandLine(text, 'linux')).toEqual(posix);
    expect(splitCommandLine(text, 'darwin')).toEqual(posix);
    expect(splitCommandLine(text, 'win32')).toEqual(windows);
  });

  const python = findTool('python3');
  it.skipIf(python === null)('has the words that botocore finds in it', ({ skip }) => {
    const letters = fc.constantFrom(...LETTERS);
    const lines = fc.sample(
      fc.array(letters, { maxLength: 12 }).map((all) => all.join('')),
      {
        numRuns: process.env['ASSUME_TEST_FULL'] ? 50_000 : 5000,
      },
    );
    const found = spawnSync(python ?? '', ['-c', ASK_BOTOCORE], {
      input: JSON.stringify(lines),
      encoding: 'utf8',
    });
    skip(found.stderr.includes("No module named 'botocore'") && !process.env['CI'], 'no botocore');
    expect(found.stderr).toBe('');
    const ours = lines.map((line) => [
      line,
      splitCommandLine(line, 'linux'),
      splitCommandLine(line, 'win32'),
    ]);
    expect(ours).toEqual(JSON.parse(found.stdout));
  });
});

const ASK_BOTOCORE = `
import json, sys
from botocore.compat import compat_shell_split
def split(line, platform):
    try: return compat_shell_split(line, platform)
    except ValueError: return None
lines = json.load(sys.stdin)
print(json.dumps([[line, split(line, 'linux'), split(line, 'win32')] for line in lines]))
`;

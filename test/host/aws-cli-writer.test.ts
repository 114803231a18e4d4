import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_FULL, tellFigures } from '../support/figures.js';
import { makeTempHome } from '../support/temp-home.js';
import { findTool } from '../support/tools.js';
import { buildProgram } from './build-program.js';
import { start } from './start.js';

/**
 * Writes with the AWS CLI's own writer, which truncates in place and knows no lock, then tells how
 * often, how often it took longer than we look behind us, and what each section should hold.
 *
 * @see https://github.com/aws/aws-cli/blob/develop/awscli/customizations/configure/writer.py
 */
const AWS_CLI = `
import json, random, sys, time
from awscli.customizations.configure.writer import ConfigFileWriter
path, end = sys.argv[1], time.monotonic() + float(sys.argv[2])
writer, written, edits, slow = ConfigFileWriter(), {}, 0, 0
while time.monotonic() < end:
    section, begun = 'cli-%d' % (edits % 7), time.monotonic()
    writer.update_config({'__section__': section, 'aws_access_key_id': str(edits), 'aws_secret_access_key': 'y' * 700}, path)
    slow += time.monotonic() - begun > 0.04
    written[section] = str(edits)
    edits += 1
    time.sleep(random.random() * 0.3)
print(json.dumps({'edits': edits, 'slow': slow, 'written': written}))
`;

interface Told {
  readonly edits: number;
  readonly slow?: number;
  readonly written: Readonly<Record<string, string>>;
}

const home = makeTempHome();
let program: [string, string];
beforeAll(async () => {
  program = await buildProgram('write-sections', home.path);
});
afterAll(() => {
  home.remove();
});

/** The AWS CLI's Python; `null` where it has none that can be asked. */
function findAwsCli(): string | null {
  const python = findTool('python3');
  if (python === null) return null;
  const tried = spawnSync(python, ['-c', 'import awscli.customizations.configure.writer']);
  if (tried.status === 0) return python;
  console.warn('skipped: python3 has no awscli to race against');
  return null;
}

const python = findAwsCli();
const [runs, seconds] = IS_FULL ? [3, 45] : [1, 4];

describe.skipIf(python === null)("against the AWS CLI's own writer", () => {
  it.each(Array.from({ length: runs }, (_, run) => run + 1))(
    `nothing of anyone's is lost in ${seconds.toString()} s, run %i`,
    { timeout: (seconds + 60) * 1000 },
    async (run) => {
      const directory = join(home.path, run.toString());
      mkdirSync(directory);
      const file = join(directory, 'credentials');
      const ours = start([...program, file, seconds.toString()], { env: home.env });
      const theirs = start([python ?? '', '-c', AWS_CLI, file, seconds.toString()], {
        env: home.env,
      });
      const [our, their] = await Promise.all([ours.ended, theirs.ended]);
      expect([our.status, their.status], our.output + their.output).toEqual([0, 0]);
      const we = JSON.parse(our.output.trim().split('\n').at(-1) ?? '') as Told;
      const they = JSON.parse(their.output) as Told;
      tellFigures(
        `AWS CLI race ${run.toString()}: ${we.edits.toString()} edits of ours against ${they.edits.toString()}`,
      );
      const held = sections(file);
      expect(held).toMatchObject(they.written);
      // One of theirs that took so long may have read before we wrote and written after we looked.
      if (they.slow === 0) {
        expect(our.output).not.toContain('lost');
        expect(held).toEqual({ ...we.written, ...they.written });
      }
      expect(readdirSync(directory)).toEqual(['credentials']);
    },
  );
});

/** The access key of each section. */
function sections(file: string): Record<string, string> {
  const text = readFileSync(file, 'latin1');
  const found = [
    ...text.matchAll(
      /^\[(.*)\]\naws_access_key_id = (.*)\naws_secret_access_key = (x{800}|y{700})$/gm,
    ),
  ];
  expect(found).toHaveLength(text.match(/^\[/gm)?.length ?? 0);
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

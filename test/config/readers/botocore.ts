import { spawnSync } from 'node:child_process';
import { findTool } from '../../support/tools.js';
import { bytesOf, type AwsText, type Reading } from './reading.js';

/**
 * A Python that has botocore, whose reader the AWS CLI and boto3 share; `null` when there is none,
 * which is said.
 *
 * @throws Error in CI, where it has to be there.
 */
export function findBotocore(): string | null {
  const python = findTool('python3');
  if (python === null) return null;
  if (spawnSync(python, ['-c', 'import botocore']).status === 0) return python;
  if (process.env['CI']) throw new Error('CI must have boto3 installed: .ci/run installs it');
  console.warn('skipped: python3 has no botocore on this machine');
  return null;
}

/** Reads all the texts in one run of Python. */
export function readByBotocore(python: string, texts: readonly AwsText[]): Reading[] {
  const input = texts.map((text) => [text.kind, bytesOf(text).toString('base64')]);
  const child = spawnSync(python, ['-c', READ], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Reading[];
}

/** Prints for each file its sections by type and name, or null; whatever else happens ends it. */
const READ = `
import base64, json, os, sys, tempfile
from botocore import configloader, exceptions

path = os.path.join(tempfile.mkdtemp(), 'f')

def read(kind, data):
    with open(path, 'wb') as file:
        file.write(base64.b64decode(data))
    try:
        if kind == 'credentials':
            return {'profile ' + name: values
                    for name, values in configloader.raw_config_parse(path).items()}
        config = configloader.load_config(path)
        tables = (('profile', 'profiles'), ('sso-session', 'sso_sessions'), ('services', 'services'))
        return {word + ' ' + name: values
                for word, table in tables for name, values in config.get(table, {}).items()}
    except exceptions.ConfigParseError:
        return None

print(json.dumps([read(kind, data) for kind, data in json.load(sys.stdin)]))
os.remove(path)
os.rmdir(os.path.dirname(path))
`;

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { bytesOf, type AwsText, type Reading, type ReadValue } from './reading.js';

/** Reads all the texts as the SDK for JS does, which refuses nothing aloud: such a file is empty. */
export async function readByJs(texts: readonly AwsText[]): Promise<Reading[]> {
  const directory = mkdtempSync(join(tmpdir(), 'assume-js-'));
  const path = join(directory, 'f');
  const missing = join(directory, 'missing');
  const readings: Reading[] = [];
  for (const text of texts) {
    writeFileSync(path, bytesOf(text));
    const isConfig = text.kind === 'config';
    const { configFile, credentialsFile } = await loadSharedConfigFiles({
      configFilepath: isConfig ? path : missing,
      filepath: isConfig ? missing : path,
      ignoreCache: true,
    });
    const sections = Object.entries(isConfig ? configFile : credentialsFile);
    readings.push(
      Object.fromEntries(
        sections.map(([name, values]) => [
          isConfig ? typed(name) : `profile ${name}`,
          values as Record<string, ReadValue>,
        ]),
      ),
    );
  }
  rmSync(directory, { recursive: true });
  return readings;
}

/** It calls a profile by its name, and any other section `type.name`. */
function typed(name: string): string {
  const [, type, rest] = /^(sso-session|services)\.(.*)$/s.exec(name) ?? [];
  return type === undefined ? `profile ${name}` : `${type} ${rest ?? ''}`;
}

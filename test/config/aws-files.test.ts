import { describe, expect, it } from 'vitest';
import { readAwsFiles } from '../../src/config/aws-files.js';
import { hostWith } from './fake-files.js';
import { thrownBy } from './thrown-by.js';

const CONFIG = '/home/jane/.aws/config';
const CREDENTIALS = '/home/jane/.aws/credentials';

describe('readAwsFiles', () => {
  it('is empty where no file is', () => {
    expect(readAwsFiles(hostWith({}))).toEqual({
      config: { path: CONFIG, exists: false },
      credentials: { path: CREDENTIALS, exists: false },
      profiles: new Map(),
      ssoSessions: new Map(),
      services: new Map(),
      skipped: [],
      warnings: [],
    });
  });

  it('is empty where nothing names a place', () => {
    const { config, credentials, profiles } = readAwsFiles(hostWith({ home: null }));
    expect(config).toEqual({ path: null, exists: false });
    expect(credentials).toEqual({ path: null, exists: false });
    expect(profiles.size).toBe(0);
  });

  it('merges a profile of both files, the credentials file winning key by key', () => {
    const aws = readAwsFiles(
      hostWith({
        files: {
          [CONFIG]: '[profile a]\nregion = config\nx = config\n[profile only-config]',
          [CREDENTIALS]: '\n[a]\nx = credentials\ny = credentials\n[only-credentials]',
        },
      }),
    );
    expect([...aws.profiles.keys()]).toEqual(['a', 'only-config', 'only-credentials']);
    const profile = aws.profiles.get('a');
    expect(profile).toMatchObject({ file: CONFIG, line: 1 });
    const places = [...(profile?.values ?? [])].map(([key, { value, file, line }]) => [
      key,
      value,
      file,
      line,
    ]);
    expect(places).toEqual([
      ['region', 'config', CONFIG, 2],
      ['x', 'credentials', CREDENTIALS, 3],
      ['y', 'credentials', CREDENTIALS, 4],
    ]);
    expect(aws.profiles.get('only-credentials')).toMatchObject({ file: CREDENTIALS, line: 5 });
    expect([aws.config.exists, aws.credentials.exists]).toEqual([true, true]);
  });

  it('merges the default of the credentials file over the one that won in the config file', () => {
    const { profiles } = readAwsFiles(
      hostWith({
        files: {
          [CONFIG]: '[default]\na = bare\n[profile default]\nb = prefixed\nc = prefixed',
          [CREDENTIALS]: '[default]\nc = credentials',
        },
      }),
    );
    const values = [...(profiles.get('default')?.values ?? [])].map(([key, { value }]) => [
      key,
      value,
    ]);
    expect(values).toEqual([
      ['b', 'prefixed'],
      ['c', 'credentials'],
    ]);
  });

  it('collects the warnings and what is left out of both files', () => {
    const files = { [CONFIG]: '[a]', [CREDENTIALS]: '[profile a]' };
    const { warnings, skipped } = readAwsFiles(hostWith({ files }));
    expect(warnings.map(({ file }) => file)).toEqual([CONFIG, CREDENTIALS]);
    expect(skipped.map(({ file }) => file)).toEqual([CONFIG, CREDENTIALS]);
  });

  it('refuses a file that is there and cannot be read', () => {
    const host = hostWith({ files: { [CREDENTIALS]: null } });
    expect(thrownBy(() => readAwsFiles(host)).code).toBe('CONFIG_UNREADABLE');
  });

  it('names the file and the line that are malformed', () => {
    const host = hostWith({ files: { [CREDENTIALS]: '[a]\nx' } });
    expect(thrownBy(() => readAwsFiles(host)).message).toContain(`${CREDENTIALS}:2:1: `);
  });
});

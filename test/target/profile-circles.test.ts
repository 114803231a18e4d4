import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config-check.js';
import type { AwsValue } from '../../src/config/aws-file.js';
import { makeDirectory } from '../../src/target/directory.js';
import { findExactTarget } from '../../src/target/resolve-target.js';
import { configuredHost } from '../support/configured-host.js';
import { thrownBy } from '../support/thrown-by.js';

/** Values that count how often one of them is looked up. */
class Counted extends Map<string, AwsValue> {
  static lookups = 0;

  override get(key: string): AwsValue | undefined {
    Counted.lookups += 1;
    return super.get(key);
  }
}

/** Profiles of which each only calls us for the next, the last for whatever is named. */
function callbacks(size: number, last: string) {
  const text = Array.from({ length: size }, (_, index) => {
    const next = index + 1 === size ? last : `p${String(index + 1)}`;
    return `[profile p${String(index)}]\ncredential_process = assume credential-process ${next}\n`;
  }).join('');
  const { host, config } = configuredHost({ config: text });
  const profiles = new Map(
    [...config.aws.profiles].map(([name, profile]) => [
      name,
      { ...profile, values: new Counted(profile.values) },
    ]),
  );
  return { host, config: { ...config, aws: { ...config.aws, profiles } } };
}

type Files = ReturnType<typeof callbacks>;

/** How many values are looked up for each profile. */
function lookupsEach(size: number, work: (files: Files) => void): number {
  const files = callbacks(size, 'p0');
  Counted.lookups = 0;
  work(files);
  return Counted.lookups / size;
}

const CIRCLE = /^credential_process goes in a circle: p0 → p1 → p2 → p3 → p4 → \d+ more /;

describe('a circle of callbacks is found by looking at each profile a few times', () => {
  it.each<[what: string, work: (files: Files) => void]>([
    [
      'in a check of all files',
      ({ config, host }) => {
        const { problems } = checkConfig(config, host);
        expect(problems).toEqual([expect.stringMatching(CIRCLE) as string]);
      },
    ],
    [
      'on the way to one target',
      ({ config, host }) => {
        const directory = makeDirectory(config, host);
        const error = thrownBy(() => findExactTarget(directory, 'p7', {}));
        expect(error.message).toMatch(CIRCLE);
      },
    ],
  ])('%s', (_, work) => {
    const [few, many] = [lookupsEach(30, work), lookupsEach(3000, work)];
    expect(many).toBeLessThanOrEqual(few * 1.5);
  });
});

describe('a circle that can be left, at a name that is a target too,', () => {
  it('is told of by whoever enters it elsewhere', () => {
    const { host, config } = configuredHost({
      config: callbackText(['a', 'b/r'], ['b/r', 'a'], ['c', 'b/r']),
      assume:
        '[account b]\nid = 222222222222\nroles = r\n[identity me]\ncredentials = environment\n',
    });
    const { problems } = checkConfig(config, host);
    expect(problems).toEqual([
      expect.stringContaining('credential_process goes in a circle: a → b/r → a') as string,
    ]);
    const directory = makeDirectory(config, host);
    expect(findExactTarget(directory, 'b/r', {})?.name).toBe('b/r');
  });
});

function callbackText(...ways: readonly (readonly [string, string])[]): string {
  return ways
    .map(
      ([from, to]) => `[profile ${from}]\ncredential_process = assume credential-process ${to}\n`,
    )
    .join('');
}

import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { hostWith } from './fake-files.js';

it("reads AWS's files and assume's own, each from its place", () => {
  const { aws, assume } = readConfig(
    hostWith({
      env: { AWS_CONFIG_FILE: '~/aws', ASSUME_CONFIG: '/o/assume.ini' },
      files: { '/home/jane/aws': '[profile p]', '/o/assume.ini': '[customer c]' },
    }),
  );
  expect([...aws.profiles.keys()]).toEqual(['p']);
  expect(assume.sections.map(({ name }) => name)).toEqual(['c']);
});

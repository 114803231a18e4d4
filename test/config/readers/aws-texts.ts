import fc from 'fast-check';
import type { AwsFileKind } from '../../../src/config/aws-file.js';
import { MUTATIONS } from './mutations.js';
import type { AwsText } from './reading.js';

const NAMES = ['default', 'dev', 'prod', 'staging', 'base', 'a-b', 'x.y', 'me@corp', 'team/ops'];
const KEYS = ['region', 'role_arn', 'source_profile', 'mfa_serial', 'output', 'x_custom'];
const VALUES = [
  'eu-west-1',
  'arn:aws:iam::111122223333:role/x',
  'a b',
  'a=b',
  'v#w',
  'https://x.example/start#/',
  '[v]',
  'caf\u00e9',
  '100%',
  '\\n',
  'a"b',
];

const value = fc.constantFrom(...VALUES);
const around = fc.constantFrom(' = ', '=', ' =', ' \t= ');
const property = fc.tuple(fc.constantFrom(...KEYS), around, value);
const block = fc.constantFrom(
  's3 =\n  addressing_style = path\n  max_queue_size = 10',
  's3=\n\tmax_bandwidth = 1MB/s\n',
);
const filler = fc.constantFrom('', '', '# a comment', ';x = 1', '#[profile no]', ' \t');

/** A section of which every reader says the same. */
function section(kind: AwsFileKind): fc.Arbitrary<string[]> {
  const name = fc.constantFrom(...NAMES);
  const type = fc.constantFrom('profile', 'profile', 'profile', 'sso-session', 'services');
  const properties = fc.uniqueArray(property, { maxLength: 4, selector: ([key]) => key });
  const parts = fc.tuple(type, name, properties, fc.array(filler, { maxLength: 2 }));
  return fc
    .tuple(parts, fc.option(block, { freq: 4 }), filler)
    .map(([[word, own, lines, comments], more, between]) => [
      headerOf(kind, word, own),
      ...comments,
      ...lines.map((line) => line.join('')),
      ...(more === null ? [] : more.split('\n')),
      between,
    ]);
}

function headerOf(kind: AwsFileKind, type: string, name: string): string {
  if (kind === 'credentials' || (type === 'profile' && name === 'default')) return `[${name}]`;
  return `[${type} ${name}]`;
}

/** Files that every reader reads alike, but for up to three mutations. */
export const mutatedText: fc.Arbitrary<AwsText> = fc
  .constantFrom<AwsFileKind>('config', 'credentials')
  .chain((kind) =>
    fc.tuple(
      fc.constant(kind),
      fc.uniqueArray(section(kind), {
        minLength: 1,
        maxLength: 4,
        selector: ([header]) => header,
      }),
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(MUTATIONS)), fc.nat(1000)), {
        maxLength: 3,
      }),
    ),
  )
  .map(([kind, sections, mutations]) => {
    let text = sections.flat().join('\n');
    for (const [name, at] of mutations) text = MUTATIONS[name]?.(text, at, kind) ?? text;
    return { kind, text };
  });

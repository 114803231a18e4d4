import fc from 'fast-check';

const KEYS = ['k', 'region', 'role_arn', 'x.y', 'K', '__proto__', 'constructor'];
const WORDS = [
  '1',
  'a b',
  'arn:aws:iam::1:role/x',
  'a=b',
  'v#w',
  '"q"',
  '[us]',
  '',
  'caf\u00c3\u00a9',
  '%(k)s',
  '\\',
];

const end = fc.constantFrom('\n', '\n', '\n', '\r\n');
const key = fc.constantFrom(...KEYS);
const word = fc.constantFrom(...WORDS);
const blanks = fc.constantFrom('', ' ', '  ', '\t');
const deeper = fc.constantFrom('  ', '\t', '    ', ' \t');

const header = fc.constantFrom(
  '[us]',
  '[us]',
  '[a]',
  '[b]',
  '[us2]',
  '[profile us]',
  '[c] # c',
  '[d]; c',
);
const property = fc
  .tuple(key, blanks, fc.constantFrom('=', '=', '=', ':'), blanks, word)
  .map((parts) => parts.join(''));
const continuation = fc
  .tuple(deeper, fc.oneof(word, property, fc.constantFrom('# c', '; c', 'more')))
  .map((parts) => parts.join(''));
const quiet = fc.constantFrom('', ' ', '# c', '; k = 2', '#[us]', '# [us]');
/** What no reader likes, and an edit has to leave alone all the same. */
const odd = fc.constantFrom(
  'junk',
  '= 1',
  '[open',
  '[us] junk',
  '[ us ]',
  '[]',
  '[us',
  'k',
  '\u0000',
  '[a]b]',
);

/** Files of AWS's, hand-written ones, as latin1 text: sections given twice, blocks, comments, all line ends. */
export const iniText = text(header, property, continuation, quiet, odd, fc.constant('\r'));

/** The same, but such that the AWS CLI reads many of them: nothing odd, and sections given once. */
export const plainIniText = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom('[us]', '[a]', '[b]', '[us2]', '[profile us]', '[c] # c'),
      fc.uniqueArray(
        fc.tuple(key, fc.array(fc.oneof(continuation, quiet), { maxLength: 3 }), property),
        {
          maxLength: 4,
          selector: ([name]) => name.toLowerCase(),
        },
      ),
    ),
    { maxLength: 5, selector: ([name]) => name },
  )
  .chain((sections) => {
    const lines = sections.flatMap(([name, properties]) => [
      name,
      ...properties.flatMap(([own, block, line]) => [
        own + line.slice(line.search(/[ \t]*[=:]/)),
        ...block,
      ]),
    ]);
    return joined(lines.map((line) => fc.constant(line)));
  });

/** What is set and removed. */
export const edits = fc.dictionary(
  fc.constantFrom('k', 'region', 'role_arn', 'x.y', 'new', 'constructor'),
  fc.option(
    fc.constantFrom('1', 'a b', 'a=b', 'v#w', '"q"', '[b]', 'caf\u00e9', '2026-01-01T00:00:00Z'),
    {
      freq: 4,
    },
  ),
  { minKeys: 1, noNullPrototype: true },
);

function text(...lines: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  const [first, second, third, ...others] = lines as [
    fc.Arbitrary<string>,
    fc.Arbitrary<string>,
    fc.Arbitrary<string>,
  ];
  const line = fc.oneof(
    { arbitrary: first, weight: 3 },
    { arbitrary: second, weight: 5 },
    { arbitrary: third, weight: 3 },
    ...others,
  );
  return fc
    .array(line, { maxLength: 25 })
    .chain((all) => joined(all.map((one) => fc.constant(one))));
}

function joined(lines: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  const withEnds = lines.flatMap((line) => [line, end]);
  return fc
    .tuple(fc.constantFrom('', '', '', '\u00ef\u00bb\u00bf'), fc.boolean(), fc.tuple(...withEnds))
    .map(([mark, isEnded, parts]) => mark + (isEnded ? parts : parts.slice(0, -1)).join(''));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArgv } from '../src/argv.js';
import { COMMANDS, OPTIONS, RESERVED, type CommandName, type OptionName } from '../src/grammar.js';
import { isAssumeError } from '../src/errors.js';
import { thrownBy } from './support/thrown-by.js';

const words = (line: string): string[] => line.split(' ').filter((word) => word !== '');
const parse = (line: string) => parseArgv(words(line));
const names = Object.keys(OPTIONS) as OptionName[];
const commands = Object.keys(COMMANDS) as CommandName[];

/** Each command with as many operands as it needs. */
const least = (command: CommandName): string[] => [
  command,
  ...Array.from({ length: COMMANDS[command].operands[0] }, () => 'word'),
];

/** How the option is written, and what comes of it. */
function writings(name: OptionName): [written: string[], value: unknown][] {
  const value = name === 'mfa-code' ? '-' : 'a=b';
  switch (OPTIONS[name]) {
    case 'flag':
      return [[[`--${name}`], true]];
    case 'value':
      return [
        [[`--${name}`, value], value],
        [[`--${name}=${value}`], value],
      ];
    case 'list':
      return [
        [[`--${name}`, value], [value]],
        [
          [`--${name}=${value}`, `--${name}`, 'c=d'],
          [value, 'c=d'],
        ],
      ];
  }
}

describe('what a line means', () => {
  it.each([
    ['', 'switch', [], null],
    ['prod', 'switch', ['prod'], null],
    ['-', 'switch', ['-'], null],
    ['switch prod', 'switch', ['prod'], null],
    ['switch list', 'switch', ['list'], null],
    ['switch identity', 'switch', ['identity'], null],
    ['prod -- aws s3 ls', 'exec', ['prod'], ['aws', 's3', 'ls']],
    ['prod --', 'exec', ['prod'], []],
    ['-- aws', 'exec', [], ['aws']],
    ['switch prod -- aws', 'switch', ['prod'], ['aws']],
    ['exec prod aws s3 ls', 'exec', ['prod'], ['aws', 's3', 'ls']],
    ['exec prod -- aws s3 ls', 'exec', ['prod'], ['aws', 's3', 'ls']],
    ['exec prod aws --region x', 'exec', ['prod'], ['aws', '--region', 'x']],
    ['exec prod aws -- x', 'exec', ['prod'], ['aws', '--', 'x']],
    ['exec prod -- aws -- x', 'exec', ['prod'], ['aws', '--', 'x']],
    ['exec prod -- --quiet', 'exec', ['prod'], ['--quiet']],
    ['exec prod -- --help', 'exec', ['prod'], ['--help']],
    ['exec -- prod', 'exec', [], ['prod']],
    ['exec prod -', 'exec', ['prod'], ['-']],
    ['exec exec exec', 'exec', ['exec'], ['exec']],
    ['export prod', 'export', ['prod'], null],
    ['write prod', 'write', ['prod'], null],
    ['credential-process prod', 'credential-process', ['prod'], null],
    ['list a b c d', 'list', ['a', 'b', 'c', 'd'], null],
    ['list list', 'list', ['list'], null],
    ['sandbox code jane', 'sandbox', ['code', 'jane'], null],
    ['plan', 'plan', [], null],
  ] as const)('"%s" is %s', (line, command, operands, child) => {
    expect(parse(line)).toEqual({
      ...{ command, operands: [...operands], child: child && [...child] },
      ...{ options: {}, help: null, version: false },
    });
  });

  it.each([
    ['--help', 'switch', 'program'],
    ['-h', 'switch', 'program'],
    ['help', 'switch', 'program'],
    ['prod --help', 'switch', 'program'],
    ['export --help', 'export', 'command'],
    ['--help export', 'export', 'command'],
    ['export prod --help', 'export', 'command'],
    ['help export', 'export', 'command'],
    // Whoever asks for help is not first told what is wrong.
    ['export --json a b c -h', 'export', 'command'],
  ])('"%s" explains', (line, command, help) => {
    expect(parse(line)).toMatchObject({ command, help });
  });

  it('--version is not checked further', () => {
    expect(parse('--version')).toMatchObject({ version: true, help: null });
    expect(parse('list a --version --csv')).toMatchObject({ version: true });
    expect(parse('prod -- --version')).toMatchObject({ version: false, child: ['--version'] });
  });
});

describe('options', () => {
  const rows = commands.flatMap((command) =>
    COMMANDS[command].options.flatMap((name) =>
      writings(name).map(([written, value]) => [command, written.join(' '), name, value] as const),
    ),
  );

  it.each(rows)('%s takes %s', (command, written, name, value) => {
    const expected = { command, options: { [name]: value } };
    const rest = least(command);
    expect(parseArgv([...rest, ...words(written)])).toMatchObject(expected);
    expect(parseArgv([...words(written), ...rest])).toMatchObject(expected);
    expect(parseArgv([...rest.slice(0, 1), ...words(written), ...rest.slice(1)])).toMatchObject(
      expected,
    );
  });

  it.each(commands.map((command) => [command] as const))(
    '%s refuses every option that it does not list',
    (command) => {
      for (const name of names.filter((other) => !COMMANDS[command].options.includes(other))) {
        const [written] = writings(name)[0] ?? [[]];
        const error = thrownBy(() => parseArgv([...least(command), ...written]));
        expect(error.code).toBe('USAGE');
        expect(error.message).toContain(`--${name}`);
        expect(error.hint).toContain(`assume ${command} --help`);
      }
    },
  );

  it.each([
    ['prod --region eu-west-1 -- aws', { region: 'eu-west-1' }],
    ['--region eu-west-1 prod -- aws', { region: 'eu-west-1' }],
    ['prod -- aws --region eu-west-1', {}],
    ['--region eu-west-1 exec prod aws --quiet', { region: 'eu-west-1' }],
    ['exec --region eu-west-1 prod aws', { region: 'eu-west-1' }],
    ['exec prod --region eu-west-1 aws --quiet', { region: 'eu-west-1' }],
    ['prod --region=', { region: '' }],
    ['prod --region=a=b', { region: 'a=b' }],
    ['prod --policy={"a":"--x"}', { policy: '{"a":"--x"}' }],
    ['prod --session-name --debug', { 'session-name': '--debug' }],
    ['prod --quiet --quiet', { quiet: true }],
    ['prod --session-tag a=1 --session-tag=b=2', { 'session-tag': ['a=1', 'b=2'] }],
    ['prod --mfa-code -', { 'mfa-code': '-' }],
    ['prod --mfa-code=-', { 'mfa-code': '-' }],
  ])('"%s" stops at -- or at the command', (line, options) => {
    expect(parse(line).options).toEqual(options);
  });
});

describe('refusals', () => {
  it.each([
    ['prod --nonsense', '--nonsense', 'assume --help'],
    ['export prod --nonsense=secret', '--nonsense', 'assume export --help'],
    ['prod -x', '-x', '--help'],
    ['prod -region', '-region', '--help'],
    ['prod ---', '---', '--help'],
    ['prod --=x', '--', '--help'],
    ['prod --__proto__', '--__proto__', '--help'],
    ['prod --constructor=1', '--constructor', '--help'],
    ['prod --Region x', '--Region', '--help'],
    ['prod --region', '--region needs a value', ''],
    ['prod --region a --region b', '--region is given twice', ''],
    ['prod --quiet=yes', '--quiet takes no value', ''],
    ['prod other', '"other"', 'assume prod -- other'],
    ['prod - ', '"-"', ''],
    ['export a b', '"b"', 'assume export --help'],
    ['status now', '"now"', 'assume status --help'],
    ['credential-process', 'one more word', 'assume credential-process --help'],
    ['hook', 'one more word', 'assume hook --help'],
    ['export prod -- ls', 'nothing may follow --', 'assume export --help'],
    ['list --', 'nothing may follow --', 'assume list --help'],
    ['prod --mfa-code 123456', '--mfa-code', '--mfa-code -'],
    ['login --mfa-code=123456', '--mfa-code', '--mfa-code -'],
    ['prod --json', '--json', 'assume switch --help'],
    ['exce prod -- cmd', 'no command exce', 'nearest: exec'],
    ['exce prod cmd', 'no command exce', 'nearest: exec'],
    ['exprot prod --format json', 'no command exprot', 'nearest: export'],
    ['lsit --json', 'no command lsit', 'nearest: list'],
    ['LIST acme prod', 'no command LIST', 'nearest: list'],
    ['switch exce prod', '"prod"', 'assume exce -- prod'],
    ['switch exce --json', '--json', 'assume switch --help'],
    ['prod --regoin x', '--regoin', 'nearest: --region'],
    ['export prod --fromat=json', '--fromat', 'nearest: --format; see: assume export --help'],
    ['-prod', '-prod', 'profile:-prod'],
    ['exec -prod -- ls', '-prod', 'profile:-prod'],
  ])('"%s" is refused', (line, message, hint) => {
    const error = thrownBy(() => parse(line));
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
  });

  it('never repeats a code that stood in an argument', () => {
    const error = thrownBy(() => parse('prod --mfa-code 123456'));
    expect(`${error.message}${error.hint ?? ''}`).not.toContain('123456');
    const other = thrownBy(() => parse('prod --mfa-kode=123456'));
    expect(`${other.message}${other.hint ?? ''}`).not.toContain('123456');
  });

  it.each(RESERVED.filter((word) => word !== 'help').map((word) => [word]))(
    'keeps "%s" for later and says how a target of that name is reached',
    (word) => {
      const error = thrownBy(() => parseArgv([word]));
      expect(error.code).toBe('USAGE');
      expect(error.hint).toContain(`assume switch ${word}`);
      expect(parseArgv(['switch', word]).operands).toEqual([word]);
      expect(parseArgv(['list', word]).operands).toEqual([word]);
    },
  );
});

const word = fc.oneof(
  fc.constantFrom(...commands, ...RESERVED, 'prod', '-', '--', '-h', '--help', '--version', ''),
  fc.constantFrom(...names).map((name) => `--${name}`),
  fc.tuple(fc.constantFrom(...names), fc.string()).map(([name, value]) => `--${name}=${value}`),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '--__proto__', '--toString=1', '--=', '---'),
);

describe('any words at all', () => {
  it('give a request or a USAGE error, the same each time, and are left as they were', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (argv) => {
        const before = [...argv];
        const outcome = (): string => {
          try {
            return JSON.stringify(parseArgv(argv));
          } catch (thrown) {
            if (!isAssumeError(thrown)) throw thrown;
            expect(thrown.code).toBe('USAGE');
            return `refused: ${thrown.message}`;
          }
        };
        expect(outcome()).toBe(outcome());
        expect(argv).toEqual(before);
      }),
      { numRuns: process.env['ASSUME_TEST_FULL'] ? 20_000 : 2_000 },
    );
  });

  it('leave a child that follows -- as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (child) => {
        expect(parseArgv(['prod', '--', ...child]).child).toEqual(child);
        expect(parseArgv(['exec', 'prod', '--', ...child]).child).toEqual(child);
      }),
    );
  });

  it('leave a child that exec names without -- as it is', () => {
    const first = fc.string().filter((text) => !text.startsWith('-'));
    fc.assert(
      fc.property(first, fc.array(fc.oneof(fc.string(), fc.constant('--'))), (command, args) => {
        expect(parseArgv(['exec', 'prod', command, ...args]).child).toEqual([command, ...args]);
      }),
    );
  });
});

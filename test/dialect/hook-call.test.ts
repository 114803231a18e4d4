import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { hookScript } from '../../src/dialect/hook.js';
import { findTool } from '../support/tools.js';
import { FakeAssume, GRAMMAR, HOOKED, SECRET } from './fake-assume.js';

let fake: FakeAssume;
beforeEach(() => {
  fake = new FakeAssume();
});
afterEach(() => {
  fake.remove();
});

const CAPTURED = [
  'prod-role',
  '-',
  '',
  '--duration 45m prod-role',
  '--duration=45m prod-role',
  '--mfa-code - prod-role',
  '--duration list prod-role',
  'prod-role --region eu-west-1 --quiet',
  'prod-role list',
  'switch list',
  'renew',
  'leave --quiet',
  '--quiet',
  '--region eu-west-1',
  'List',
  'lis',
  '--mfa-code -',
];
const UNTOUCHED = [
  'list',
  '--quiet list --json',
  '--region eu-west-1 exec prod-role true',
  'prod-role -- true',
  'leave -- true',
  '-- true',
  'console prod-role',
  '--help',
  '-h',
  '--version',
  '--quiet --help prod-role',
  '--mfa-code - list',
];

describe.each(HOOKED)('$name', ({ name, shell }) => {
  const it = test.skipIf(findTool(name) === null);
  const fish = name === 'fish';
  const status = fish ? '$status' : '$?';

  it('captures the calls that change the shell and leaves all others alone', () => {
    const lines = [...CAPTURED, ...UNTOUCHED].map((words) =>
      `assume ${words}\n`.replace('assume \n', 'assume\n'),
    );
    const pid = fish ? '$fish_pid' : '$$';
    const { stdout } = fake.run(shell, `${fake.load(name)}\necho ${pid}\n${lines.join('')}`);
    const logged = (hook: string) => (words: string) => {
      const list = words === '' ? [''] : words.split(' ');
      return `${name} ${hook} ${list.map((word) => `[${word}]`).join(' ')}`;
    };
    expect(fake.calls).toEqual([
      ...CAPTURED.map(logged(stdout.trim())),
      ...UNTOUCHED.map(logged('none')),
    ]);
  });

  it('passes every argument on as it is', () => {
    const words = fish ? "'a b' '' '*' '$(x)' 'it\"s'" : `'a b' '' '*' '$(x)' 'it"s'`;
    fake.run(shell, `${fake.load(name)}\nassume prod ${words}\nassume list ${words}\n`);
    const rest = '[a b] [] [*] [$(x)] [it"s]';
    expect(fake.calls.map((call) => call.replace(/ \d+ /, ' PID '))).toEqual([
      `${name} PID [prod] ${rest}`,
      `${name} none [list] ${rest}`,
    ]);
  });

  it('sets and removes in the shell itself, and exports nothing of its own', () => {
    fake.reply(
      'prod',
      fake.script(name, { AWS_SECRET_ACCESS_KEY: SECRET, ODD: "a  b\n$(id) 'q' \\" }),
    );
    const { stdout, stderr } = fake.run(
      shell,
      `${fake.load(name)}\nassume prod\necho status ${status}\nenv -0\n`,
      { AWS_PROFILE: 'old' },
    );
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^status 0\n/);
    const variables = stdout.replace('status 0\n', '').split('\0');
    expect(variables).toContain(`AWS_SECRET_ACCESS_KEY=${SECRET}`);
    expect(variables).toContain("ODD=a  b\n$(id) 'q' \\");
    expect(variables.filter((variable) => /^(AWS_PROFILE|ASSUME_)/.test(variable))).toEqual([]);
  });

  it('stays as it was when a switch fails, and gives its status', () => {
    fake.reply('prod', fake.script(name, { AWS_SECRET_ACCESS_KEY: SECRET }), 5);
    const script = `${fake.load(name)}\nenv | sort\necho '===='\nassume prod\necho "status ${status}"\nenv | sort\n`;
    const { stdout, stderr } = fake.run(shell, script, { AWS_PROFILE: 'old' });
    const [before = '', after = ''] = stdout.split('====\n');
    expect(before).toContain('AWS_PROFILE=old');
    expect(after).toBe(`status 5\n${before}`);
    expect(stderr).toBe('');
  });

  it('says so when the program is not there', () => {
    const gone = `${fake.load(name)}\nrm bin/assume\nassume prod\necho "status ${status}"\nassume list\necho "status ${status}"\n`;
    const { stdout, stderr } = fake.run(shell, gone);
    expect(stdout).toBe('status 127\nstatus 127\n');
    expect(stderr).toContain('assume');
  });

  it.each([
    ['text for people', 'Usage: assume [TARGET]\n\n  a  b * $(id)\n'],
    ['a script that was cut off', 'export A=cut\n# assume: e\n'],
    ['a sentinel that is not last', '# assume: end\nexport A=cut\n'],
    ['a sentinel inside a line', 'export A=cut # assume: end\n'],
  ])('prints %s and evaluates none of it', (_, reply) => {
    fake.reply('prod', reply);
    const script = `${fake.load(name)}\nassume prod\necho "status ${status} A=$A"\n`;
    expect(fake.run(shell, script)).toMatchObject({
      stdout: `${reply}status 0 A=\n`,
      stderr: '',
    });
  });

  it('accepts a script with nothing but the sentinel', () => {
    fake.reply('leave', '# assume: end\n');
    const script = `${fake.load(name)}\nassume leave\necho "status ${status}"\n`;
    expect(fake.run(shell, script)).toMatchObject({ stdout: 'status 0\n', stderr: '' });
  });

  it('shows no secret under a trace, and traces on afterwards', () => {
    fake.reply('prod', fake.script(name, { AWS_SECRET_ACCESS_KEY: 'hush-hush' }));
    const [on, off] = fish ? ['set -g fish_trace 1', 'set -e fish_trace'] : ['set -xv', 'set +xv'];
    const script = `${fake.load(name)}\n${on}\nassume prod\necho afterwards\n${off}\nenv\n`;
    const { stdout, stderr } = fake.run(shell, script);
    expect(stdout).toContain('AWS_SECRET_ACCESS_KEY=hush-hush');
    expect(stderr).toMatch(/assume prod.*echo afterwards/s);
    expect(stderr).not.toContain('hush');
  });

  it('leaves no secret in any variable but the exported one', () => {
    fake.reply('prod', fake.script(name, { AWS_SECRET_ACCESS_KEY: 'hush-hush' }));
    const list = fish ? 'set' : 'set; typeset; typeset -p';
    const { stdout } = fake.run(shell, `${fake.load(name)}\nassume prod\n${list}\n`);
    const lines = stdout.split('\n').filter((line) => line.includes('hush'));
    expect(lines.length).toBeGreaterThan(0);
    const exported = /^(declare -x |export |typeset -x )?AWS_SECRET_ACCESS_KEY[ =]/;
    expect(lines.filter((line) => !exported.test(line))).toEqual([]);
  });

  it('prints nothing and starts nothing when it is loaded, and may be loaded twice', () => {
    const load = fish ? 'printf %s $HOOK | source' : 'eval "$HOOK"';
    const env = { HOOK: hookScript(name, GRAMMAR) ?? '', ASSUME_TARGET: 'dev', PATH: '/nowhere' };
    const script = `${load}\n${load}\necho "status ${status}"\n`;
    expect(fake.run([findTool(name) ?? '', ...shell.slice(1)], script, env)).toMatchObject({
      stdout: 'status 0\n',
      stderr: '',
    });
  });
});

describe.each(HOOKED.filter(({ name }) => name !== 'fish'))('$name', ({ name, shell }) => {
  const it = test.skipIf(findTool(name) === null);

  it('works with errors fatal, unset variables fatal, noclobber and an odd IFS', () => {
    fake.reply('prod', fake.script(name, { A: 'a0b1c' }));
    fake.reply('broken', '', 5);
    const script = `set -euC -o pipefail
IFS='0123456789 -ae'
${fake.load(name)}
assume prod
assume list
assume
echo "A=$A"
assume broken || echo "status $?"
assume broken
echo 'not reached'
`;
    expect(fake.run(shell, script)).toMatchObject({
      status: 5,
      stdout: 'A=a0b1c\nstatus 5\n',
      stderr: '',
    });
  });

  it.each(['AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])(
    'switches nothing, asks nothing and fails where %s is read-only',
    (readOnly) => {
      const [set, keep] = [{ AWS_ACCESS_KEY_ID: 'new' }, 'AWS_ACCESS_KEY_ID=old'];
      fake.reply('prod', fake.script(name, set));
      const script = `${fake.load(name)}\nexport ${keep} ${readOnly}=old\nreadonly ${readOnly}\nassume prod\necho "status $?"\nenv\n`;
      const { stdout, stderr } = fake.run(shell, script);
      expect(stdout).toMatch(/^status 1\n/);
      expect(stdout).toContain(`${keep}\n`);
      expect(stderr).toContain(readOnly);
      expect(stderr).toContain('assume: this shell is left as it was');
      expect(fake.calls).toEqual([]);
    },
  );

  it('fails where what it is given to evaluate fails', () => {
    fake.reply('prod', `(exit 1)\n# assume: end\n`);
    const script = `${fake.load(name)}\nassume prod\necho "status $?"\n`;
    expect(fake.run(shell, script).stdout).toBe('status 1\n');
  });

  it('takes the place of an alias that another tool left', () => {
    const aliases = name === 'bash' ? 'shopt -s expand_aliases\n' : '';
    const script = `${aliases}alias assume='. assume'\n${fake.load(name)}\nassume prod\n`;
    fake.run(shell, script.replace('$(assume', '$(command assume'));
    expect(fake.calls).toEqual([expect.stringMatching(/ \d+ \[prod\]$/)]);
  });
});

test.skipIf(findTool('bash') === null)(
  'bash before 4.4 shows no secret under a trace either',
  () => {
    fake.reply('prod', fake.script('bash', { AWS_SECRET_ACCESS_KEY: 'hush-hush' }));
    const load = fake.load('bash', (hook) => hook.replace('local -', 'local ---'));
    const script = `${load}\nset -xv\nassume prod\necho "$-"\n`;
    const { stdout, stderr } = fake.run(['bash', '--norc'], script);
    expect(stdout).toMatch(/v.*x/);
    expect(stderr).not.toContain('hush');
  },
);

test('there is a hook for four shells and null for the rest', () => {
  const shells = ['bash', 'zsh', 'fish', 'powershell', 'pwsh', 'sh', 'tcsh', 'nu', 'toString'];
  const hooked = shells.filter((shell) => hookScript(shell, GRAMMAR) !== null);
  expect(hooked).toEqual(['bash', 'zsh', 'fish', 'powershell', 'pwsh']);
});

test.each(['', 'a b', 'a;b', '$(x)', '*', "'", '---', 'a|b'])(
  'refuses %j as a word of the grammar',
  (word) => {
    for (const field of ['commands', 'optionsWithValue', 'flags'] as const) {
      const grammar = { ...GRAMMAR, [field]: [word] };
      expect(() => hookScript('bash', grammar)).toThrow("can't be part of a shell function");
    }
  },
);

import { createServer, type Server } from 'node:http';
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSUME, startPractice, type Practice, RUNTIME } from '../support/practice.js';
import { findTool } from '../support/tools.js';

const CONTROL = '\u001b]0;owned\u0007\u001b[31mred\u0000\u009b2J\u007f';
const BIDI = '\u202egnp.exe\u2066\u200b';
const LINES = 'first\nsecond\r\nAssume: done\u2028x';
const QUOTES = `'"\`\\`;
const RUNS = (canary: string): string =>
  `$(touch ${canary})\`touch ${canary}\`;touch ${canary}|'"&`;

let practice: Practice;
let canary: string;
let lying: Server;
let lyingUrl: string;
/** What the lying AWS answers with. */
let answer = { status: 403, body: '' };

beforeAll(async () => {
  practice = await startPractice();
  canary = join(practice.home.path, 'canary');
  lying = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(answer.status, { 'Content-Type': 'text/xml' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => lying.listen(0, '127.0.0.1', resolve));
  const address = lying.address();
  lyingUrl = `http://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
});

afterAll(async () => {
  lying.closeAllConnections();
  await new Promise((resolve) => lying.close(resolve));
  await practice.close();
});

/** Nothing but text and line ends of our own. */
function expectCalm(...texts: readonly string[]): void {
  for (const text of texts) expect(text).not.toMatch(/[^\P{C}\n\r]|[\p{Zl}\p{Zp}]/u);
  expect(existsSync(canary)).toBe(false);
}

const IS_FULL = Boolean(process.env['ASSUME_TEST_FULL']);

/** In a reduced run one text that holds them all. */
const hostile = (): string[] => {
  const texts = [CONTROL.replaceAll('\u0000', ''), BIDI, LINES, QUOTES, RUNS(canary)];
  return IS_FULL ? texts : [texts.join('')];
};

describe('a hostile name neither runs nor reaches the terminal raw', () => {
  const inherited = [
    'status',
    'status --json',
    'doctor',
    'doctor --json',
    'whoami',
    'whoami --json',
    'leave',
    'renew',
    '-',
  ];

  test.each(inherited)('inherited as ASSUME_TARGET and its like: %s', async (words) => {
    for (const text of hostile()) {
      const env = {
        ASSUME_TARGET: text,
        ASSUME_ROLE_ARN: text,
        ASSUME_ACCOUNT_ID: text,
        ASSUME_EXPIRATION: text,
      };
      const { stdout, stderr } = await practice.run(words.split(' '), { env });
      expectCalm(stdout, stderr);
      if (words === 'status') expect(stdout).toContain('this shell: ');
    }
  });

  test('leaving it in a hooked shell tells it made visible, and removes it', () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const tool = findTool(shell);
      if (tool === null) continue;
      for (const text of hostile()) {
        const env = { ...practice.env, ASSUME_TARGET: text, ASSUME_SHELL: shell, ASSUME_HOOK: '1' };
        const script = `${RUNTIME} ${ASSUME} leave`;
        const evaluated = shell === 'fish' ? `${script} | source` : `eval "$(${script})"`;
        const { stdout, stderr, status } = spawnSync(tool, ['-c', `${evaluated}; env`], {
          env,
          encoding: 'utf8',
        });
        expect(status).toBe(0);
        expect(stdout).not.toContain('ASSUME_TARGET=');
        expectCalm(stderr);
      }
    }
  });

  const typed = [
    'export',
    'plan',
    'write',
    'credential-process',
    'exec',
    'list',
    'login',
    'logout',
    'hook',
    'sandbox',
    'config',
    'switch',
  ];

  test.each(typed)('typed after %s', async (command) => {
    for (const text of hostile()) {
      const { stdout, stderr } = await practice.run([
        command,
        text,
        ...(command === 'exec' ? ['true'] : []),
      ]);
      expectCalm(stdout, stderr);
    }
  });

  test.each([
    'region',
    'session-name',
    'external-id',
    'source-identity',
    'session-tag',
    'policy',
    'mfa-serial',
    'identity',
    'expect-account',
    'endpoint-url',
    'shell',
    'format',
    'duration',
    'profile',
    'nope',
  ])('typed as the value of --%s', async (flag) => {
    const command = flag === 'profile' ? 'write' : 'export';
    for (const text of hostile()) {
      const { status, stdout, stderr } = await practice.run([
        command,
        'prod-role',
        `--${flag}`,
        text,
      ]);
      expect(status).not.toBe(0);
      expectCalm(stdout, stderr);
    }
  });

  const commands = [
    'list',
    'list --json',
    'list --csv',
    'list --names',
    'config check',
    'doctor',
    'plan evil',
    'plan evil --json',
    'export evil',
    'write evil',
    'whoami',
    'status',
    'login',
  ];

  test.each(commands)('in values of an AWS profile: %s', async (words) => {
    const files = { AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' };
    for (const text of IS_FULL ? [CONTROL, BIDI, RUNS(canary)] : [CONTROL + BIDI + RUNS(canary)]) {
      for (const key of [
        'region',
        'role_arn',
        'mfa_serial',
        'external_id',
        'role_session_name',
        'endpoint_url',
      ]) {
        const keys = {
          role_arn: 'arn:aws:iam::222222222222:role/dev-role',
          role_session_name: 'jane',
          [key]: text,
        };
        const lines = Object.entries(keys).map(([name, value]) => `${name} = ${value}\n`);
        files.AWS_CONFIG_FILE = practice.write(
          'evil',
          `[profile evil]\nsource_profile = base\n${lines.join('')}`,
        );
        files.AWS_SHARED_CREDENTIALS_FILE = join(practice.home.path, '.aws/credentials');
        const { stdout, stderr } = await practice.run(words.split(' '), { env: files });
        if (words === 'export evil') expectCalm(stderr);
        else expectCalm(stdout, stderr);
        if (!IS_FULL && key === 'role_arn') break;
      }
    }
  });

  test.each([
    [
      'a header of an AWS file',
      (text: string) => ({ AWS_CONFIG_FILE: `[profile ${text}]\nregion = eu-west-1\n` }),
    ],
    ['a key of an AWS file', (text: string) => ({ AWS_CONFIG_FILE: `[profile a]\n${text} = 1\n` })],
    [
      'a header of assume.ini',
      (text: string) => ({ ASSUME_CONFIG: `[account ${text}]\nid = 222222222222\nroles = r\n` }),
    ],
    ['a key of assume.ini', (text: string) => ({ ASSUME_CONFIG: `[settings]\n${text} = 1\n` })],
    [
      'a value of assume.ini',
      (text: string) => ({
        ASSUME_CONFIG: `[account a]\nid = 222222222222\nroles = ${text}\ntags = a=${text}\ncolor = ${text}\n`,
      }),
    ],
    [
      'a header of the credentials file',
      (text: string) => ({ AWS_SHARED_CREDENTIALS_FILE: `[${text}]\nregion = x\n` }),
    ],
  ])('as %s', async (_what, filesOf) => {
    for (const text of hostile()) {
      const env = Object.fromEntries(
        Object.entries(filesOf(text)).map(([name, whole]) => [name, practice.write('evil', whole)]),
      );
      for (const words of [['list'], ['config', 'check'], ['list', '--json']]) {
        const { stdout, stderr } = await practice.run(words, { env });
        expectCalm(stdout, stderr);
      }
    }
  });

  /** Names that assume.ini lets through: every one is listed, planned, and survives a shell. */
  const names = [
    '$(touch CANARY)',
    '`touch CANARY`',
    'a;touch CANARY',
    'a b',
    '*',
    '&|<>',
    '=1+1',
    '名前',
    'ünï.códe',
    '{a,b}',
    '!x',
    '%PATH%',
    '#hash',
  ];

  test.each(names)('as an account of assume.ini: %s', async (pattern) => {
    const name = pattern.replace('CANARY', canary.replaceAll('/', '_'));
    practice.write(
      '.config/assume/assume.ini',
      `[account ${name}]\nid = 222222222222\nroles = dev-role\ntags = "k=v"\n[settings]\nsession_name = jane\n`,
    );
    const target = `${name}/dev-role`;
    for (const words of [
      ['list'],
      ['list', '--json'],
      ['list', '--csv'],
      ['list', '--names'],
      ['plan', target],
      ['plan', target, '--json'],
      ['status'],
    ]) {
      const { status, stdout, stderr } = await practice.run(words);
      expect({ words, status, stderr }).toMatchObject({ status: 0 });
      expectCalm(stdout, stderr);
    }
    const listed = await practice.run(['list', '--names']);
    for (const line of listed.stdout.split('\n')) expect(line).toMatch(/^[\w@%+=:,./-]*$/);
    for (const shell of IS_FULL ? ['bash', 'zsh', 'fish'] : ['bash']) {
      const tool = findTool(shell);
      if (tool === null) continue;
      const evaluated = shell === 'fish' ? 'env $argv | source' : 'eval "$("$@")"';
      const words = shell === 'fish' ? [] : [shell];
      const { stdout } = await practice.run(['export', target, '--shell', shell], {
        under: [tool, '-c', `${evaluated}; printenv ASSUME_TARGET`, ...words],
      });
      expect(stdout).toBe(`${target}\n`);
    }
    expectCalm();
    practice.write('.config/assume/assume.ini', '');
  });
});

describe("a lying AWS's words neither run nor reach the terminal raw", () => {
  /** Low controls go out as they are: no parser has to accept them, and none may pass them on. */
  const xml = (text: string): string =>
    text.replace(
      /[&<>"'\u007f-\u{10ffff}]/gu,
      (character) => `&#${String(character.codePointAt(0))};`,
    );
  const error = (code: string, message: string): string =>
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${xml(code)}</Code><Message>${xml(message)}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
  const lines = [
    'export dev',
    'exec dev -- true',
    'credential-process dev',
    'write dev',
    'whoami',
    'whoami --json',
    'login base',
    'dev',
  ];

  test.each(lines)('in a refusal: %s', async (words) => {
    for (const text of hostile()) {
      const messages = [
        text,
        `User: ${text} is not authorized to perform: sts:AssumeRole on resource: ${text} because no ${text} allows`,
      ];
      for (const message of messages) {
        for (const code of ['AccessDenied', text]) {
          answer = { status: 403, body: error(code, message) };
          const { status, stdout, stderr } = await practice.run(
            [
              ...words.split(' ').slice(0, 1),
              '--debug',
              '--mfa-serial',
              'arn:aws:iam::111111111111:mfa/jane.doe',
              ...words.split(' ').slice(1),
            ].filter(
              (word, index, all) =>
                !words.startsWith('whoami') ||
                !(word === '--mfa-serial' || all[index - 1] === '--mfa-serial'),
            ),
            { env: { ASSUME_ENDPOINT_URL: lyingUrl, ASSUME_MFA_CODE: '123456' } },
          );
          expect(status).not.toBe(0);
          expectCalm(stdout, stderr);
          expect(stderr).not.toContain('123456');
          if (!IS_FULL) break;
        }
      }
    }
  });

  test('in the identity that it claims', async () => {
    for (const text of hostile()) {
      answer = {
        status: 200,
        body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${xml(text)}</Arn><UserId>x</UserId><Account>${xml(text)}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      };
      for (const words of [['whoami'], ['whoami', '--json'], ['export', '222222222222/dev-role']]) {
        const { stdout, stderr } = await practice.run(words, {
          env: { ASSUME_ENDPOINT_URL: lyingUrl },
        });
        expectCalm(stdout, stderr);
      }
    }
  });

  test('in the credentials that it gives', async () => {
    for (const text of hostile()) {
      answer = {
        status: 200,
        body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${xml(text)}</AccessKeyId><SecretAccessKey>${xml(text)}</SecretAccessKey><SessionToken>${xml(text)}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::222222222222:assumed-role/dev-role/jane.doe</Arn><AssumedRoleId>x</AssumedRoleId></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`,
      };
      for (const [printed, ...words] of [
        ["sh -c 'exit 7' >&2\n", 'export', 'dev'],
        ['', 'export', 'dev', '--format', 'dotenv'],
        ['', 'credential-process', 'dev'],
        ['', 'write', 'dev'],
      ]) {
        const { status, stdout, stderr } = await practice.run([...words, '--no-cache'], {
          env: { ASSUME_ENDPOINT_URL: lyingUrl },
        });
        expect({ words, status, stdout }).toEqual({ words, status: 7, stdout: printed });
        expectCalm(stderr);
      }
    }
  });
});

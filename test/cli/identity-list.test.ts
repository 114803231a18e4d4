import { expect, test } from 'vitest';
import { lastRequest, usePractice } from '../support/use-practice.js';

const DAY = 86_400;

test('every identity is listed with what is known, and nobody is asked', async () => {
  const practice = await usePractice();
  practice.write(
    '.config/assume/assume.ini',
    '[identity shared]\naccount_id = 111111111111\nuser_name = jane.doe\ncredentials = profile:base\n',
  );
  const { status, stdout, stderr } = await practice.run(['identity', 'list']);
  const { id } = practice.key('jane.doe');
  expect([status, stdout]).toEqual([
    0,
    `shared  profile:base  ${id}  111111111111 jane.doe  age not known\n`,
  ]);
  expect(stderr).toBe('assume: to ask AWS how old they are: assume identity list --refresh\n');
  expect(practice.received()).toEqual([]);
});

test('--refresh asks AWS for age and device, without a code, and it stays known', async () => {
  const practice = await usePractice();
  practice.key('jane.doe').created = new Date(Date.now() - 100 * DAY * 1000);
  const asked = await practice.run(['identity', 'list', '--refresh']);
  expect(practice.received()).toEqual(['ListAccessKeys', 'ListMFADevices']);
  expect(lastRequest(practice, 'ListAccessKeys').signedBy).toBe(practice.key('jane.doe').id);
  const known = await practice.run(['identity']);
  expect(known.stdout).toBe(asked.stdout);
  expect(known.stdout).toContain('100 days old');
  expect(known.stdout).toContain(practice.serial('jane.doe'));
  expect([known.stderr, practice.received()]).toEqual(['', []]);
});

test('where AWS cannot be asked a line says so, and the rest is listed', async () => {
  const practice = await usePractice();
  practice.user('jane.doe').policies = [];
  const { status, stdout, stderr } = await practice.run(['identity', 'list', '--refresh']);
  expect([status, stdout]).toMatchObject([0, expect.stringContaining('age not known')]);
  expect(stderr).toContain('assume: base: could not list the access keys of this identity');
});

test('JSON has every field, and no secret', async () => {
  const practice = await usePractice();
  practice.write('.aws/credentials', `${CREDENTIALS}\n[token]\n${TEMPORARY}`);
  practice.write(
    '.config/assume/assume.ini',
    '[identity ci]\ncredentials = environment\n[identity gone]\ncredentials = profile:nowhere\n',
  );
  const { stdout } = await practice.run(['identity', 'list', '--json']);
  expect(stdout).not.toContain('wJalrXUtnFEMI');
  const origin = (file: string, line: number) => ({
    kind: 'file',
    name: file === '.aws/credentials' ? 'profile' : 'identity',
    file: `${practice.home.path}/${file}`,
    line,
  });
  const nothing = {
    store: null,
    isLongTerm: null,
    accessKeyId: null,
    accountId: null,
    userName: null,
    mfaSerial: null,
    createdAt: null,
    rotatedAt: null,
    problem: null,
  };
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    identities: [
      {
        ...nothing,
        name: 'ci',
        source: 'environment',
        isLongTerm: true,
        origin: origin('.config/assume/assume.ini', 1),
      },
      {
        ...nothing,
        name: 'gone',
        source: 'unknown',
        origin: origin('.config/assume/assume.ini', 3),
        problem: expect.stringContaining('there is no profile nowhere') as string,
      },
      {
        ...nothing,
        name: 'base',
        source: 'profile:base',
        isLongTerm: true,
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        origin: origin('.aws/credentials', 1),
      },
    ],
  });
});

const CREDENTIALS = `[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`;
const TEMPORARY = `aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = EXAMPLETOKEN
`;

test.each([
  [['identity', 'lists'], 'assume identity does not know lists'],
  [['identity', 'list', 'shared'], 'assume identity list takes no shared'],
  [['identity', 'list', '--enroll'], 'assume identity list takes no --enroll'],
])('%j is a mistake', async (args, problem) => {
  const practice = await usePractice();
  const { status, stderr } = await practice.run(args);
  expect([status, stderr]).toMatchObject([2, expect.stringContaining(`assume: ${problem}\n`)]);
});

test('--names prints what completion may insert: one shell-safe name a line', async () => {
  const practice = await usePractice();
  practice.write(
    '.config/assume/assume.ini',
    '[identity shared]\n[identity a b]\n[identity x$y]\n',
  );
  const { status, stdout, stderr } = await practice.run(['identity', 'list', '--names']);
  expect([status, stdout, stderr]).toEqual([0, 'shared\nbase\n', '']);
  expect(await practice.run(['identity', 'list', '--names', '--json'])).toMatchObject({
    status: 2,
  });
});

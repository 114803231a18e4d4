import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../support/practice.js';

const CONFIG = `[profile half]
region = eu-west-1
sso_session = corp
[profile url]
sso_start_url = https://corp.example/start
[profile bare]
region = eu-west-1
[profile without-role]
source_profile = base
[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
[services mine]
[profile from-half]
role_arn = arn:aws:iam::444444444444:role/prod-role
source_profile = half
[profile lost]
credential_process = assume credential-process basse
[profile misused]
credential_process = assume credential-process base --bogus
[profile wordless]
credential_process = assume credential-process
[profile to-half]
credential_process = assume credential-process half
[profile behind]
credential_process = assume credential-process misused
`;
const CREDENTIALS = `
[assume-base]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = fake-token
x_assume_target = base
`;
const INI = `[settings]
identity = shared
[identity shared]
credentials = profile:base
[customer acme]
color = red
[customer empty]
[account acme/sandbox]
id = 444444444444
[account acme/production]
id = 333333333333
roles = admin
[role auditor]
duration = 1h
`;

let practice: Practice;
let files: Readonly<Record<'aws' | 'keys' | 'ini', string>>;
beforeAll(async () => {
  practice = await startPractice();
  const keys = readFileSync(join(practice.home.path, '.aws/credentials'), 'utf8');
  files = {
    aws: practice.write('.aws/config', CONFIG),
    keys: practice.write('.aws/credentials', keys + CREDENTIALS),
    ini: practice.write('.config/assume/assume.ini', INI),
  };
});
afterAll(() => practice.close());

/** `FILE:LINE` of the line in its file. */
function placeOf(line: string): string {
  for (const path of Object.values(files)) {
    const index = readFileSync(path, 'utf8').split('\n').indexOf(line);
    if (index >= 0) return `${path}:${String(index + 1)}`;
  }
  throw new Error(`no file has the line ${line}`);
}

/** The name typed, the status, the line that decides, the rest of the message, the hint. */
type Row = readonly [name: string, status: number, line: string, said: string, hint: string];

const ROWS: readonly Row[] = [
  [
    'half',
    3,
    'sso_session = corp',
    'but neither sso_account_id nor sso_role_name',
    'add both: the account to sign in to, and the role in it',
  ],
  [
    'url',
    3,
    'sso_start_url = https://corp.example/start',
    'but neither sso_account_id nor sso_role_name',
    'add both',
  ],
  ['bare', 3, '[profile bare]', 'holds neither keys nor a role', 'add aws_access_key_id'],
  ['profile:bare', 3, '[profile bare]', 'holds neither keys nor a role', 'add aws_access_key_id'],
  ['without-role', 3, '[profile without-role]', 'holds neither', 'role_arn and source_profile'],
  ['from-half', 3, 'sso_session = corp', 'but neither sso_account_id', 'add both'],
  [
    'lost',
    4,
    'credential_process = assume credential-process basse',
    'profile lost stands for basse, which is the exact name of no target',
    'correct it there',
  ],
  [
    'misused',
    3,
    'credential_process = assume credential-process base --bogus',
    'credential_process of profile misused cannot be used',
    'unknown option --bogus',
  ],
  [
    'behind',
    3,
    'credential_process = assume credential-process base --bogus',
    'credential_process of profile misused cannot be used',
    'unknown option --bogus',
  ],
  [
    'wordless',
    3,
    'credential_process = assume credential-process',
    'credential_process of profile wordless cannot be used',
    'needs one more word',
  ],
  ['to-half', 3, 'sso_session = corp', 'but neither sso_account_id', 'add both'],
  ['assume-base', 4, '[assume-base]', 'has written for base', 'name that target: assume base'],
  ['corp', 4, '[sso-session corp]', 'corp is an sso-session', 'write a [profile NAME]'],
  ['mine', 4, '[services mine]', 'mine is a services section', 'name such a profile'],
  ['sandbox', 4, '[account acme/sandbox]', 'account sandbox has no roles', 'roles = NAME'],
  ['acme/sandbox', 4, '[account acme/sandbox]', 'account sandbox has no roles', 'roles = NAME'],
  ['acme/production', 4, '[account acme/production]', 'is an account', 'write production/admin'],
  ['acme', 4, '[customer acme]', 'acme is a customer', 'write production/admin'],
  ['empty', 4, '[customer empty]', 'customer empty has no roles', '[account empty/NAME]'],
  ['auditor', 4, '[role auditor]', 'no account has the role auditor', 'roles = auditor'],
  ['shared', 4, '[identity shared]', 'shared is an identity', 'assume login shared'],
];

describe('a section that is no target says why, and where it stands', () => {
  it.each(ROWS)('%s', async (name, status, line, said, hint) => {
    practice.received();
    const { stderr, ...ended } = await practice.run(['switch', name, '--', 'true']);
    const [message = '', ...hints] = stderr.split('\n');
    expect({ ...ended, message }).toMatchObject({ status, stdout: '', message });
    expect(message).toContain(placeOf(line));
    expect(message).toContain(said);
    expect(hints.join('\n')).toContain(hint);
    expect(stderr).not.toContain('there is no target');
    expect(practice.received()).toEqual([]);
  });

  it('is a problem to config check where it calls us and leads nowhere', async () => {
    const { status, stderr } = await practice.run(['config', 'check']);
    expect(status).toBe(3);
    for (const name of ['lost', 'misused', 'wordless']) expect(stderr).toContain(`profile ${name}`);
    expect(stderr).not.toContain('profile bare');
  });
});

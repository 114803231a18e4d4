import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBotocore } from '../config/readers/botocore.js';
import { useByBotocore, type Use } from '../config/readers/botocore-use.js';
import { KEYS } from '../support/configured-host.js';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { makeTempHome, type TempHome } from '../support/temp-home.js';

const OWN = `[profile p]\n${KEYS}`;
const ROLE = `[profile base]\n${KEYS}[profile p]\nrole_arn = arn:aws:iam::222222222222:role/r\n`;
const FROM_BASE = `${ROLE}source_profile = base\n`;
const SSO = '[profile p]\nsso_account_id = 111111111111\nsso_role_name = r\n';
const SESSION =
  '[sso-session c]\nsso_start_url = https://c.example\nsso_region = eu-west-1\n' +
  `${SSO}sso_session = c\n`;

/** A profile's last line, and the error by which botocore refuses the profile. */
type Refused = readonly [before: string, line: string, error: string];

const EMPTY: readonly Refused[] = [
  [OWN, 'role_arn =', 'PartialCredentialsError'],
  [ROLE, 'source_profile =', 'InvalidConfigError'],
  [ROLE, 'credential_source =', 'InvalidConfigError'],
  [FROM_BASE, 'external_id =', 'ParamValidationError'],
  [FROM_BASE, 'mfa_serial =', 'EOFError'],
  [FROM_BASE, 'web_identity_token_file =', 'NoCredentials'],
  [FROM_BASE, 'region =', 'ValueError'],
  ['[profile p]\n', 'credential_process =', 'IndexError'],
  [SSO, 'sso_session =', 'InvalidConfigError'],
  [SESSION, 'sso_start_url =', 'InvalidConfigError'],
  [SESSION, 'sso_region =', 'InvalidConfigError'],
  ['[profile p]\nsso_role_name = r\n', 'sso_account_id =', 'InvalidConfigError'],
  ['[profile p]\nsso_account_id = 111111111111\n', 'sso_role_name =', 'InvalidConfigError'],
  [OWN, 'services =', 'InvalidConfigError'],
  [OWN, 'max_attempts =', 'ValueError'],
  [OWN, 'retry_mode =', 'InvalidRetryModeError'],
  [OWN, 'defaults_mode =', 'InvalidDefaultsMode'],
  [OWN, 's3 =', 'AttributeError'],
];

/** What only some of the readers say otherwise: a warning, and what botocore makes of it. */
const OTHERWISE: readonly (readonly [
  before: string,
  line: string,
  warning: RegExp,
  use: Partial<Use>,
])[] = [
  [
    FROM_BASE,
    'role_session_name = jane doe',
    /^config:7:21: role_session_name of profile p is no name that STS takes: the AWS CLI, boto3, the JS SDK, the Go SDK and the Java SDK send it as it is, which STS refuses \(write 2 to 64 letters/,
    { assumeRole: expect.objectContaining({ RoleSessionName: 'jane doe' }) as Use['assumeRole'] },
  ],
  [
    FROM_BASE,
    'duration_seconds = 45m',
    /^config:7:20: duration_seconds of profile p is not a number of seconds: the AWS CLI, boto3, the Go SDK and the Java SDK pass over it, the JS SDK reads its first digits alone \(write 2700\)$/,
    {
      error: null,
      assumeRole: expect.not.objectContaining({
        DurationSeconds: expect.anything() as unknown,
      }) as Use['assumeRole'],
    },
  ],
  [FROM_BASE, 'duration_seconds = 1h30m', /\(write 5400\)$/, { error: null }],
  [
    OWN,
    'services = nope',
    /^config:4:12: services of profile p names \[services nope\], which is not there or holds nothing: the AWS CLI and boto3 refuse the profile/,
    { error: 'InvalidConfigError' },
  ],
  [
    `[services none]\n${OWN}`,
    'services = none',
    /^config:5:12: services of profile p names \[services none\], which is not there or holds/,
    { error: 'InvalidConfigError' },
  ],
  [
    OWN,
    'use_fips_endpoint = 1',
    /^config:4:21: use_fips_endpoint of profile p is neither true nor false, and counts as false: the JS SDK refuses the profile \(write one of them\)$/,
    { endpoint: 'https://sts.eu-west-1.amazonaws.com/' },
  ],
  [
    OWN,
    'use_dualstack_endpoint = yes',
    /^config:4:26: use_dualstack_endpoint of profile p is neither/,
    { endpoint: 'https://sts.eu-west-1.amazonaws.com/' },
  ],
  [
    OWN,
    'aws_account_id = 123',
    /^config:4:18: aws_account_id of profile p is not read \(write the twelve digits/,
    { error: null },
  ],
];

/** What nobody takes otherwise. */
const SILENT = [
  `${OWN}cli_pager =\ncli_auto_prompt =\n`,
  `${FROM_BASE}role_session_name = jane.doe\nduration_seconds = 900\n`,
  `${OWN}use_fips_endpoint = TRUE\naws_account_id = 111122223333\n`,
  `${OWN}services = here\n[services here]\ns3 =\n  endpoint_url = http://localhost\n`,
  `${OWN}role_session_name = jane doe\nduration_seconds = 45m\n`,
];

let home: TempHome;

beforeEach(() => {
  home = makeTempHome();
  mkdirSync(join(home.path, '.aws'));
});

afterEach(() => {
  home.remove();
});

/** The warnings of `config check`, which finds nothing wrong but by them. */
function warningsOf(config: string): { status: number | null; warnings: string[] } {
  writeFileSync(join(home.path, '.aws/config'), config, { mode: 0o600 });
  const { status, stderr } = spawnSync(RUNTIME, [ASSUME, 'config', 'check'], {
    env: home.env,
    encoding: 'utf8',
  });
  const lines = stderr.replaceAll(`${home.path}/.aws/`, '').trimEnd().split('\n');
  return {
    status,
    warnings: lines.flatMap((line) => /^warning: (.*)$/.exec(line)?.[1] ?? []),
  };
}

describe('config check, of a key without its value', () => {
  test.each(EMPTY)('names the AWS CLI and boto3, which fail: %j %s', (before, line) => {
    const at = before.split('\n').length;
    expect(warningsOf(`${before}${line}\n`).warnings).toEqual([
      `config:${String(at)}:1: a property without a value: the AWS CLI and boto3 fail for a profile that uses it, the JS SDK takes it for nothing, or for the head of indented lines below (write one, or remove the line)`,
    ]);
  });

  test('names the JS SDK alone where the AWS CLI takes it for none as well', () => {
    const { status, warnings } = warningsOf(`${OWN}output =\n`);
    expect(status).toBe(0);
    expect(warnings).toEqual([
      expect.stringMatching(/^config:4:1: a property without a value: the JS SDK takes/) as string,
    ]);
  });
});

describe('config check, of a value that tools take in different ways', () => {
  test.each(OTHERWISE)('tells which tool does what: %j %s', (before, line, warning) => {
    const { status, warnings } = warningsOf(`${before}${line}\n`);
    expect({ status, warnings }).toEqual({
      status: 0,
      warnings: [expect.stringMatching(warning) as string],
    });
  });

  test.each(SILENT)('is silent of what they take alike: %j', (config) => {
    expect(warningsOf(config)).toEqual({ status: 0, warnings: [] });
  });
});

const python = findBotocore();

describe.skipIf(python === null)('the AWS CLI and boto3 themselves', () => {
  test('fail for each of those keys without a value', () => {
    const uses = useByBotocore(
      python ?? '',
      EMPTY.map(([before, line]) => `${before}${line}\n`),
    );
    expect(uses.map(({ error }, index) => [EMPTY[index]?.[1], error])).toEqual(
      EMPTY.map(([, line, error]) => [line, error]),
    );
  });

  test('do with the others what is told', () => {
    const uses = useByBotocore(
      python ?? '',
      OTHERWISE.map(([before, line]) => `${before}${line}\n`),
    );
    expect(uses).toEqual(OTHERWISE.map(([, , , use]) => expect.objectContaining(use) as Use));
  });

  test('refuse no file of which nothing is told', () => {
    const uses = useByBotocore(python ?? '', SILENT);
    expect(uses.map(({ error }) => error)).toEqual(SILENT.map(() => null));
  });
});

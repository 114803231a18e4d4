import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEYS } from '../support/configured-host.js';
import { ASSUME, RUNTIME } from '../support/practice.js';
import { makeTempHome, type TempHome } from '../support/temp-home.js';
import { findTool } from '../support/tools.js';
import { CONFIG, CREDENTIALS, INI } from './rich-files.js';

const PATHS = {
  config: '.aws/config',
  credentials: '.aws/credentials',
  ini: '.config/assume/assume.ini',
} as const;

type Files = Readonly<Partial<Record<keyof typeof PATHS, string>>>;

const RICH = { config: CONFIG, credentials: CREDENTIALS, ini: INI };

/** A value of a good file put otherwise, and all that is told of it. */
type Row = readonly [file: keyof Files, from: string, to: string, told: string];

const BROKEN: readonly Row[] = [
  [
    'config',
    'mfa_serial = arn:aws:iam::111111111111:mfa/jane.doe',
    'mfa_serial = arn:aws:iam::111111111111:user/jane.doe',
    'config:14:14: mfa_serial of profile dev cannot be used (it names the user, not the device; a virtual device reads arn:aws:iam::111111111111:mfa/jane.doe)',
  ],
  [
    'config',
    'session_tags = team=red,env=dev',
    'session_tags = team',
    'config:16:16: session_tags of profile dev cannot be used (session_tags must be k=v pairs, separated by commas)',
  ],
  [
    'config',
    'session_tags = team=red,env=dev',
    'session_tags = team=red,team=blue',
    'config:16:16: session_tags of profile dev cannot be used (session_tags has a tag key twice (their case does not count))',
  ],
  [
    'config',
    'session_tags = team=red,env=dev',
    'session_tags = aws:team=red',
    'config:16:16: session_tags of profile dev cannot be used (session_tags has a tag key with AWS\'s prefix "aws:")',
  ],
  [
    'config',
    'source_identity = jane.doe',
    'source_identity = aws:jane',
    'config:18:19: source_identity of profile dev cannot be used (it must be 2 to 64 letters, digits or any of _+=,.@- that do not begin with aws:)',
  ],
  [
    'config',
    'sts_regional_endpoints = regional',
    'sts_regional_endpoints = region',
    'config:19:26: sts_regional_endpoints cannot be region (write regional or legacy)',
  ],
  [
    'config',
    'region = eu-west-1\nsession',
    'region = eu west 1\nsession',
    'config:15:10: eu west 1 is no region (a region reads like eu-west-1)',
  ],
  [
    'config',
    'region = eu-west-1\nsession',
    'region = eu-west-1/\nsession',
    'config:15:10: eu-west-1/ is no region (a region reads like eu-west-1)',
  ],
  [
    'config',
    'sso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\nsso_reg',
    'sso_start_url = corp\nsso_region = eu-west-1\nsso_reg',
    'config:24:17: sso_start_url of profile corp cannot be used (a URL begins with https://)',
  ],
  [
    'config',
    'sso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\nsso_reg',
    'sso_region = eu-west-1\nsso_reg',
    'config:24:14: corp has no sso_start_url beside it (add sso_start_url to the section)',
  ],
  [
    'config',
    'sso_session = corp',
    'sso_session = crop',
    'there is no [sso-session crop], which config:29:15 names (nearest: corp)',
  ],
  [
    'config',
    'sso_session = corp\nsso_account_id = 111111111111',
    'sso_session = corp\nsso_account_id = 1111-1111-1111',
    'config:30:18: sso_account_id of profile sso cannot be used (it must be the twelve digits of an account ID, without hyphens)',
  ],
  [
    'config',
    'sso_session = corp\nsso_account_id = 111111111111\n',
    'sso_session = corp\n',
    'config:30:17: sso has no sso_account_id beside it (add sso_account_id to the section)',
  ],
  [
    'config',
    'sso_region = eu-west-1\nsso_account',
    'sso_region = eu_west_1\nsso_account',
    'config:35:14: sso_region of profile old cannot be used (it must be a region such as eu-west-1)',
  ],
  [
    'config',
    'sso_region = eu-west-1\nsso_account',
    'sso_account',
    'config:34:17: old has no sso_region beside it (add sso_region to the section)',
  ],
  [
    'config',
    'credential_process = /bin/echo "a b"',
    'credential_process = /bin/echo "a b',
    'cannot get the credentials of proc (config:45:22): its command line has half a quote (correct it there)',
  ],
  [
    'config',
    'credential_process = /bin/echo "a b"',
    'credential_process = /bin/nowhere',
    'cannot get the credentials of proc (config:45:22): there is no file /bin/nowhere (correct its path; no shell reads the line, so ~ and $HOME stand for themselves)',
  ],
  [
    'config',
    'credential_source = Ec2InstanceMetadata',
    'credential_source = EC2',
    'config:49:21: credential_source cannot be EC2 (did you mean Ec2InstanceMetadata?)',
  ],
  [
    'config',
    'credential_source = Ec2InstanceMetadata',
    'credential_source = Ec2InstanceMetadata\nsource_profile = base',
    'profile host has both credential_source (config:49:21) and source_profile (config:50:18) (keep one of the two)',
  ],
  [
    'config',
    'login_session = arn:aws:iam::111111111111:user/jane.doe',
    'login_session = jane',
    'config:52:17: login_session of profile signed cannot be used (an ARN begins with arn:)',
  ],
  [
    'config',
    'include_profile = dev',
    'include_profile = nobody',
    'there is no profile nobody, which config:56:19 includes (correct include_profile, or remove it)',
  ],
  [
    'config',
    'include_profile = dev',
    'include_profile = wide',
    'include_profile goes in a circle: wide → wide (config:56:19) (correct include_profile, or remove it)',
  ],
  [
    'config',
    'credential_process = assume credential-process dev --duration 1h',
    'credential_process = assume credential-process dve',
    'config:61:22: profile us stands for dve, which is the exact name of no target (correct it there; see all: assume list)',
  ],
  [
    'config',
    'credential_process = assume credential-process dev --duration 1h',
    'credential_process = assume credential-process dev --duration 1y',
    'config:61:22: credential_process of profile us cannot be used (--duration 1y is no duration; write seconds (5400), minutes (90m) or both (1h30m), 15m to 12h)',
  ],
  [
    'config',
    'credential_process = assume credential-process dev --duration 1h',
    'credential_process = assume credential-process dev --nope',
    'config:61:22: credential_process of profile us cannot be used (unknown option --nope)',
  ],
  [
    'config',
    'credential_process = assume credential-process dev --duration 1h',
    'credential_process = assume credential-process us',
    'credential_process goes in a circle: us → us (config:61:22) (one of them must name another target)',
  ],
  [
    'config',
    'role_arn = arn:aws:iam::222222222222:role/web',
    'role_arn = arn:aws:iam::222222222222:role/',
    'config:40:12: role_arn of profile web cannot be used (it names no role after "role/")',
  ],
  [
    'config',
    'role_arn = arn:aws:iam::222222222222:role/dev-role',
    'role_arn = arn:aws:sts::222222222222:assumed-role/dev-role/x',
    'config:9:12: role_arn of profile dev cannot be used (it names a session of a role, not the role (arn:…:iam::…:role/…))',
  ],
  [
    'config',
    'external_id = acme-1',
    'external_id = a',
    'config:12:15: external_id of profile dev cannot be used (it must be 2 to 1224 letters, digits or any of _+=,.@:/-)',
  ],
  [
    'config',
    'duration_seconds = 3600',
    'duration_seconds = 43201',
    'config:13:20: duration_seconds of profile dev cannot be used (it is not between 900 and 43200 seconds)',
  ],
  [
    'config',
    'region = eu-west-1\nsession',
    'region = eu-west-1\nca_bundle = /nowhere.pem\nsession',
    'config:16:13: there is no file /nowhere.pem (AWS_CA_BUNDLE, or ca_bundle in a profile, names a file of CA certificates in PEM form)',
  ],
  [
    'credentials',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE2\n',
    '',
    'profile keys holds half a key: credentials:2:21 has no aws_secret_access_key beside it (add aws_secret_access_key, or remove the other half)',
  ],
  [
    'ini',
    'identity = shared',
    'identity = shraed',
    'assume.ini:2:12: there is no [identity shraed]; did you mean shared?',
  ],
  [
    'ini',
    'session_duration = 12h',
    'session_duration = 37h',
    'assume.ini:3:20: session_duration must be 15m to 36h (900 to 129600 seconds), written as 45m, 1h30m or 3600',
  ],
  [
    'ini',
    'store = auto',
    'store = somewhere',
    'assume.ini:4:9: store must be auto, keychain, passphrase, pass or plain',
  ],
  [
    'ini',
    'account_id = 111111111111',
    'account_id = 11111111111',
    'assume.ini:7:14: account_id must be the twelve digits of an account ID, without hyphens',
  ],
  [
    'ini',
    'credentials = profile:base',
    'credentials = profil:base',
    'assume.ini:8:15: credentials must be keychain, profile, environment, process, sso, login, web-identity, container or instance-metadata; did you mean profile?',
  ],
  [
    'ini',
    'credentials = profile:base',
    'credentials = profile:bsae',
    'there is no profile bsae, which assume.ini:8:15 names (nearest: base)',
  ],
  [
    'ini',
    'color = red',
    'color = rad',
    'assume.ini:13:9: color must be red, green, yellow, blue, magenta, cyan or white; did you mean red?',
  ],
  ['ini', 'protected = yes', 'protected = maybe', 'assume.ini:17:13: protected must be yes or no'],
  [
    'ini',
    'customer = acme',
    'customer = acmee',
    'assume.ini:21:12: there is no [customer acmee]; did you mean acme?',
  ],
  [
    'ini',
    'tags = env=prod, tier=gold',
    'tags = env',
    'assume.ini:22:8: tags must be k=v pairs, separated by commas',
  ],
  [
    'ini',
    'tags = env=prod, tier=gold',
    'tags = env=prod, env=gold',
    'assume.ini:22:8: tags has a tag key twice (their case does not count)',
  ],
  [
    'ini',
    'roles = admin, readonly',
    'roles = admin,, readonly',
    'assume.ini:24:9: roles has nothing as the item 2 of its list',
  ],
  [
    'ini',
    'roles = admin, readonly',
    'roles = admin, admin',
    'assume.ini:24:9: roles has an item twice in its list',
  ],
  [
    'ini',
    '[target production/admin]',
    '[target production/amdin',
    'assume.ini:26:1: the header does not end with "]"',
  ],
  [
    'ini',
    '[target production/admin]',
    '[target produktion/admin]',
    'assume.ini:26:1: there is no [account produktion]; did you mean production?',
  ],
  ['ini', 'alias = prod', 'alias = ', 'assume.ini:28:1: alias has no value'],
  [
    'ini',
    'alias = prod',
    'alias = prod\nalias = p',
    'assume.ini:29:1: alias is given in line 28 already',
  ],
  [
    'ini',
    'mfa_max_age = 1h',
    'mfa_max_age = -1h',
    'assume.ini:27:15: mfa_max_age must be at least 1s, written as 45m, 1h30m or 3600',
  ],
  [
    'ini',
    'mfa_serial = arn:aws:iam::111111111111:mfa/jane.doe',
    'mfa_serial = 1',
    'assume.ini:9:14: mfa_serial must be an MFA device: a virtual device reads arn:aws:iam::111122223333:mfa/NAME, a hardware one is its serial number',
  ],
  [
    'ini',
    '[role admin]\nduration = 1h',
    '[role admin]\nduration 1h',
    'assume.ini:16:1: expected "key = value", and there is no "="; a comment starts with ; or #',
  ],
  [
    'ini',
    'id = 444444444444\ncustomer',
    'id = 444444444444\nid = 555555555555\ncustomer',
    'assume.ini:21:1: id is given in line 20 already',
  ],
  [
    'ini',
    'reason = yes',
    'reason = yes\n[settings]\nstore = auto',
    'assume.ini:30:1: [settings] is given already at assume.ini:1',
  ],
  [
    'ini',
    'external_id = acme-1',
    'external_id = "acme-1',
    'assume.ini:12:15: external_id opens a double quote and does not close it',
  ],
];

let home: TempHome;

beforeEach(() => {
  home = makeTempHome();
});

afterEach(() => {
  home.remove();
});

function write(files: Files): void {
  for (const [name, path] of Object.entries(PATHS)) {
    const text = files[name as keyof Files];
    const place = join(home.path, path);
    mkdirSync(dirname(place), { recursive: true });
    if (text !== undefined) writeFileSync(place, text, { mode: 0o600 });
  }
}

/** Runs a program; places in what it says are without their directory. */
function run(program: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, { env: home.env, encoding: 'utf8' });
  const told = Object.values(PATHS).reduce(
    (text, path) => text.replaceAll(`${home.path}/${dirname(path)}/`, ''),
    stderr,
  );
  return { status, stdout, stderr: told };
}

const assume = (...words: string[]) => run(RUNTIME, ASSUME, ...words);

describe('config check, of rich files with one value put otherwise', () => {
  test('is silent where none is', () => {
    write(RICH);
    expect(assume('config', 'check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test.each(BROKEN)('tells of it once, with its place: %s %j → %j', (file, from, to, told) => {
    expect(RICH[file]).toContain(from);
    write({ ...RICH, [file]: RICH[file].replace(from, () => to) });
    expect(assume('config', 'check')).toEqual({
      status: 3,
      stdout: '',
      stderr: `assume: ${told}\n  correct it, then run: assume config check\n`,
    });
  });

  test('tells of a wrong value once, whichever profiles include it, warnings too', () => {
    write({
      config: `[profile a]\n${KEYS}[profile b]\nrole_arn = arn:aws:iam::222222222222:role/r\nsource_profile = a\nrole_session_name = j d\nexternal_id = a\n[profile c]\ninclude_profile = b\n[profile d]\ninclude_profile = c\n`,
    });
    const { stderr } = assume('config', 'check');
    expect(stderr.match(/config:8:15: external_id of profile b /g)).toHaveLength(1);
    expect(stderr.match(/external_id/g)).toHaveLength(1);
  });

  test('says before what section the first key of assume.ini stands, once', () => {
    write({ ini: 'identity = shared\nduration = 1h\n[identity shared]\n' });
    expect(assume('config', 'check').stderr).toBe(
      'assume: assume.ini:1:1: a key stands before the first section; put [settings] above it\n  correct it, then run: assume config check\n',
    );
  });
});

const ROLE = 'role_arn = arn:aws:iam::222222222222:role/r\nsource_profile = base\n';
const BASE = `[profile base]\n${KEYS}`;
const P = `[profile p]\n${ROLE}`;
const SESSION =
  '[sso-session s]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n';

const UNUSUAL: readonly (readonly [what: string, files: Files])[] = [
  [
    '[profile default] for [default]',
    { config: `[profile default]\n${KEYS}${P.replace('base', 'default')}` },
  ],
  ['comments and blank lines anywhere', { config: `\n\n# x\n;y\n${BASE}\n#\n${P}\n;\n\n` }],
  ['tabs around "="', { config: (BASE + P).replaceAll(' = ', '\t=\t') }],
  ['blanks at the ends of lines', { config: (BASE + P).replaceAll('\n', ' \t\n') }],
  [
    'services with an endpoint',
    {
      config: `${BASE}${P}services = s\n[services s]\nsts =\n  endpoint_url = http://localhost:1\n`,
    },
  ],
  [
    'a nested block',
    { config: `${BASE}${P}s3 =\n    max_queue_size = 10\n    multipart_threshold = 64MB\n` },
  ],
  ['keys and role in different files', { config: P, credentials: BASE.replace('[profile ', '[') }],
  ['a role in the credentials file', { credentials: (BASE + P).replaceAll('[profile ', '[') }],
  [
    'a profile that is its own source',
    { config: `[profile p]\n${KEYS}${ROLE.replace('base', 'p')}` },
  ],
  [
    'every character that all readers take',
    { config: `${BASE}[profile a.b/c-d_e%f@g:h+i]\n${ROLE}` },
  ],
  ['a role with a path', { config: BASE + P.replace('role/r', 'role/a/b/c/r') }],
  [
    'another partition',
    { config: `${BASE}${P.replace('arn:aws:', 'arn:aws-eusc:')}region = eusc-de-east-1\n` },
  ],
  [
    'settings of the AWS CLI',
    {
      config: `${BASE}${P}cli_pager =\nretry_mode = adaptive\ncli_auto_prompt = on-partial\nsigv4a_signing_region_set = *\n`,
    },
  ],
  [
    'a chain, and an empty [default]',
    { config: `[default]\n${BASE}[profile m]\n${ROLE}${P.replace('= base', '= m')}` },
  ],
  [
    'sections of the AWS CLI',
    { config: `${BASE}${P}[plugins]\nx = y\n[preview]\ncloudfront = true\n` },
  ],
  ['a hardware device', { config: `${BASE}${P}mfa_serial = GAHT12345678\n` }],
  ['a very long line', { config: `${BASE}${P}x = ${'y'.repeat(5000)}\n` }],
  [
    'a process with each kind of quoting',
    { config: `[profile p]\ncredential_process = /bin/echo "a b" 'c d' e\\ f\n` },
  ],
  ['text of any script', { config: `${BASE}${P}description = Zürich – 東京\n` }],
  [
    'a profile that repeats its sso-session',
    {
      config: `${SESSION}[profile p]\nsso_session = s\nsso_region = eu-west-1\nsso_account_id = 222222222222\nsso_role_name = r\n`,
    },
  ],
];

/** Reads a profile as boto3 does. */
const BOTO =
  'import botocore.session as b, sys; b.Session(profile=sys.argv[1]).get_scoped_config()';

describe('config check, of unusual files that the AWS CLI reads', () => {
  const python = findTool('python3');
  const hasBoto = python !== null && spawnSync(python, ['-c', 'import botocore']).status === 0;

  test.each(UNUSUAL)('is silent, and its target can be planned: %s', (_, files) => {
    write(files);
    const text = Object.values(files).join('');
    const name = /\[(?:profile )?(p|a\..*)\]/.exec(text)?.[1] ?? '';
    expect(assume('config', 'check')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(assume('plan', name)).toMatchObject({ status: 0, stderr: '' });
    if (hasBoto) expect(run(python, '-c', BOTO, name)).toMatchObject({ status: 0, stderr: '' });
  });
});

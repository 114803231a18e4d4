import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credentialsText, startPractice, type Ended, type Practice } from '../support/practice.js';
import { describeTree, readTree } from '../support/read-tree.js';
import { makeTempHome } from '../support/temp-home.js';
import { findTool } from '../support/tools.js';

/** The directories that the program announces as its own. */
const OURS = ['.local', '.cache', 'run'];
const INI = '.config/assume/assume.ini';
const NOBODY = 65_534;

/** Root may read everything: such a run gives its rights away first. */
const AS_NOBODY = wordsAsNobody();

let practice: Practice;
let deadUrl: string;

beforeAll(async () => {
  practice = await startPractice();
  deadUrl = await closedPort();
});

afterAll(() => practice.close());

interface Row {
  readonly what: string;
  readonly args: readonly string[];
  /** Over the practice's two AWS files; `{KEYS}` stands for jane.doe's keys, `{SERIAL}` for her device. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Of files, before the run; as user `nobody` where it matters. */
  readonly modes?: Readonly<Record<string, number>>;
  readonly status: number;
  /** `FILE:LINE`, the file relative to HOME. */
  readonly place?: string;
  /** What the second line says to type or to change. */
  readonly hint: RegExp;
  readonly message?: RegExp;
}

const EXPORT = ['export', 'prod-role'];

const CATALOGUE = '[account a]\nid = 444444444444\nroles = r\n';
const CHECK = ['config', 'check'];

const ENDPOINT_DOWN = { ASSUME_ENDPOINT_URL: '{DEAD}' };

const CAUSES: Readonly<Record<string, readonly Row[]>> = {
  'names of options': [
    { what: 'a short option', args: ['list', '-v'], status: 2, hint: /nearest: --version;/ },
    { what: 'another one', args: ['list', '-r'], status: 2, hint: /only long names; see: / },
    { what: 'a mistyped --help', args: ['--hepl'], status: 2, hint: /nearest: --help;/ },
  ],
  options: [
    { what: 'an unknown option', args: ['--nope'], status: 2, hint: /assume --help/ },
    {
      what: 'an unknown option of a command',
      args: ['list', '--nope'],
      status: 2,
      hint: /assume list --help/,
    },
    {
      what: "another command's option",
      args: ['list', '--force'],
      status: 2,
      hint: /assume list --help/,
    },
    {
      what: 'an option without its value',
      args: [...EXPORT, '--region'],
      status: 2,
      hint: /--help/,
    },
    {
      what: 'a flag with a value',
      args: [...EXPORT, '--quiet=yes'],
      status: 2,
      hint: /assume export --help/,
    },
  ],
  'options that exclude each other': [
    {
      what: 'an option given twice',
      args: [...EXPORT, '--region', 'eu-west-1', '--region', 'eu-west-2'],
      status: 2,
      hint: /--help/,
    },
    { what: 'two forms of a list', args: ['list', '--json', '--csv'], status: 2, hint: /--json/ },
    {
      what: 'an identity and --all',
      args: ['login', 'base', '--all'],
      status: 2,
      hint: /assume login/,
    },
    {
      what: 'two looks at once',
      args: [...EXPORT, '--read-only', '--view-only'],
      status: 2,
      hint: /--read-only/,
    },
  ],
  'words on the command line': [
    {
      what: 'a word too many',
      args: ['prod-role', 'ls'],
      status: 2,
      hint: /assume prod-role -- ls/,
    },
    { what: 'a reserved word', args: ['console'], status: 2, hint: /assume switch console/ },
    { what: 'exec without a command', args: ['exec', 'prod-role'], status: 2, hint: /-- COMMAND/ },
    {
      what: 'a command where none is run',
      args: ['export', 'prod-role', '--', 'ls'],
      status: 2,
      hint: /--help/,
    },
    {
      what: 'an unknown word after config',
      args: ['config', 'edit'],
      status: 2,
      hint: /config --help/,
    },
  ],
  'words that are missing': [
    { what: 'nothing to pick on', args: ['export'], status: 2, hint: /assume list/ },
    {
      what: 'credential-process without a target',
      args: ['credential-process'],
      status: 2,
      hint: /credential-process --help/,
    },
    { what: 'a hook for no shell', args: ['hook', 'cmd'], status: 2, hint: /bash, zsh/ },
  ],
  'shells without a target': [
    { what: 'leave without a target', args: ['leave'], status: 2, hint: /assume TARGET/ },
    { what: 'renew without a target', args: ['renew'], status: 2, hint: /assume TARGET/ },
    { what: 'logout of nobody', args: ['logout', 'nobody'], status: 2, hint: /assume status/ },
    {
      what: 'a sandbox code outside a sandbox',
      args: ['sandbox', 'code'],
      status: 2,
      hint: /assume sandbox/,
    },
  ],
  durations: [
    {
      what: 'a duration in words',
      args: [...EXPORT, '--duration', 'long'],
      status: 2,
      hint: /90m/,
    },
    {
      what: 'a duration too short',
      args: [...EXPORT, '--duration', '10m'],
      status: 2,
      hint: /90m/,
    },
    { what: 'a duration too long', args: [...EXPORT, '--duration', '13h'], status: 2, hint: /90m/ },
  ],
  'values of flags': [
    {
      what: 'a region that is none',
      args: [...EXPORT, '--region', 'Europe West'],
      status: 2,
      hint: /eu-west-1/,
    },
    {
      what: 'an external ID of odd characters',
      args: [...EXPORT, '--external-id', 'a b'],
      status: 2,
      hint: /letters/,
    },
    {
      what: "a source identity with AWS's prefix",
      args: [...EXPORT, '--source-identity', 'aws:me'],
      status: 2,
      hint: /letters/,
    },
    {
      what: 'a tag without a value',
      args: [...EXPORT, '--session-tag', 'env'],
      status: 2,
      hint: /--session-tag KEY=VALUE/,
    },
    {
      what: 'an endpoint that is no URL',
      args: [...EXPORT, '--endpoint-url', 'localhost:80'],
      status: 2,
      hint: /https?:\/\//,
    },
  ],
  'flags about MFA': [
    {
      what: 'a serial of the user, not the device',
      args: [...EXPORT, '--mfa-serial', 'arn:aws:iam::111111111111:user/jane.doe'],
      status: 2,
      hint: /:mfa\/jane.doe/,
    },
    {
      what: 'a FIDO device',
      args: [...EXPORT, '--mfa-serial', 'arn:aws:iam::111111111111:u2f/user/jane.doe/key'],
      status: 2,
      hint: /TOTP/,
    },
    {
      what: 'a code as an argument',
      args: [...EXPORT, '--mfa-code', '123456'],
      status: 2,
      hint: /--mfa-code -/,
    },
  ],
  'flags of deliveries': [
    { what: 'a shell that is none', args: [...EXPORT, '--shell', 'perl'], status: 2, hint: /bash/ },
    {
      what: 'a format that is none',
      args: [...EXPORT, '--format', 'yaml'],
      status: 2,
      hint: /--format json/,
    },
    {
      what: 'long-term keys of a role',
      args: [...EXPORT, '--long-term'],
      status: 2,
      hint: /holds keys/,
    },
  ],
  'what the flags expect': [
    {
      what: 'an account that is not expected',
      args: [...EXPORT, '--expect-account', '222222222222'],
      status: 4,
      hint: /check the name/,
    },
    {
      what: 'an identity that is none',
      args: [...EXPORT, '--identity', 'bse'],
      status: 3,
      hint: /one of: base/,
    },
  ],
  'session policies': [
    {
      what: 'a policy file that is absent',
      args: [...EXPORT, '--policy', 'nope.json'],
      status: 2,
      hint: /JSON/,
    },
    {
      what: 'a policy file that is no JSON',
      args: [...EXPORT, '--policy', 'p.json'],
      files: { 'p.json': 'Allow' },
      status: 2,
      hint: /"Statement"/,
    },
    {
      what: 'a policy that is broken JSON',
      args: [...EXPORT, '--policy', '{"Version":'],
      status: 2,
      hint: /"Statement"/,
    },
    {
      what: 'a policy that is a list',
      args: [...EXPORT, '--policy', 'p.json'],
      files: { 'p.json': '[]' },
      status: 2,
      hint: /"Statement"/,
    },
    {
      what: 'a policy that is too long',
      args: [...EXPORT, '--policy', `{"a":"${'x'.repeat(2100)}"}`],
      status: 2,
      hint: /--policy-arn/,
    },
  ],
  'words of assume.ini': [
    {
      what: 'an unknown section',
      args: CHECK,
      files: { [INI]: '[settings]\n\n[acount a]\n' },
      status: 3,
      place: `${INI}:3`,
      message: /account/,
      hint: /config check/,
    },
    {
      what: 'an unknown key',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}externalid = abc\n` },
      status: 3,
      place: `${INI}:4`,
      message: /external_id/,
      hint: /config check/,
    },
    {
      what: 'a key in the wrong section',
      args: ['list'],
      files: { [INI]: `[settings]\nid = 444444444444\n` },
      status: 3,
      place: `${INI}:2`,
      message: /\[account\]/,
      hint: /config check/,
    },
  ],
  'what assume.ini says twice or not at all': [
    {
      what: 'a section twice',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}\n${CATALOGUE}` },
      status: 3,
      place: `${INI}:5`,
      message: /assume.ini:1/,
      hint: /config check/,
    },
    {
      what: 'a key twice',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}id = 111111111111\n` },
      status: 3,
      place: `${INI}:4`,
      message: /line 2/,
      hint: /config check/,
    },
    {
      what: 'an account without an id',
      args: ['list'],
      files: { [INI]: '[account a]\nroles = r\n' },
      status: 3,
      place: `${INI}:1`,
      message: /id = 111122223333/,
      hint: /config check/,
    },
  ],
  'values of assume.ini': [
    {
      what: 'an account ID with hyphens',
      args: ['list'],
      files: { [INI]: '[account a]\nid = 4444-4444-4444\nroles = r\n' },
      status: 3,
      place: `${INI}:2`,
      message: /twelve digits/,
      hint: /config check/,
    },
    {
      what: 'a duration out of range',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}duration = 5m\n` },
      status: 3,
      place: `${INI}:4`,
      message: /45m/,
      hint: /config check/,
    },
    {
      what: 'a boolean that is none',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}protected = true\n` },
      status: 3,
      place: `${INI}:4`,
      message: /write yes/,
      hint: /config check/,
    },
    {
      what: 'a color that is none',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}color = rde\n` },
      status: 3,
      place: `${INI}:4`,
      message: /did you mean red/,
      hint: /config check/,
    },
    {
      what: 'a region that is none',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}region = Ireland\n` },
      status: 3,
      place: `${INI}:4`,
      message: /eu-west-1/,
      hint: /config check/,
    },
  ],
  'longer values of assume.ini': [
    {
      what: 'tags that are none',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}tags = prod\n` },
      status: 3,
      place: `${INI}:4`,
      message: /k=v/,
      hint: /config check/,
    },
    {
      what: 'an FIDO serial',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}mfa_serial = arn:aws:iam::111111111111:u2f/user/j/k\n` },
      status: 3,
      place: `${INI}:4`,
      message: /TOTP/,
      hint: /config check/,
    },
    {
      what: 'a policy that is no JSON',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}policy = {nope\n` },
      status: 3,
      place: `${INI}:4`,
      message: /JSON/,
      hint: /config check/,
    },
    {
      what: 'a policy file that is not there',
      args: ['export', 'a/r'],
      files: { [INI]: `${CATALOGUE}policy = nope.json\n` },
      status: 3,
      place: `${INI}:4`,
      hint: /JSON/,
    },
  ],
  'names that assume.ini does not explain': [
    {
      what: 'a customer that is not there',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}customer = acme\n` },
      status: 3,
      place: `${INI}:4`,
      message: /\[customer acme\]/,
      hint: /config check/,
    },
    {
      what: 'an identity that is not there',
      args: ['list'],
      files: {
        [INI]: '[settings]\nidentity = sharde\n[identity shared]\ncredentials = profile:base\n',
      },
      status: 3,
      place: `${INI}:2`,
      message: /shared/,
      hint: /config check/,
    },
    {
      what: 'a target of no account',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}[target b/r]\n` },
      status: 3,
      place: `${INI}:4`,
      message: /account b/,
      hint: /config check/,
    },
  ],
  'lines of assume.ini': [
    {
      what: 'a line that is nothing',
      args: ['list'],
      files: { [INI]: `${CATALOGUE}hello\n` },
      status: 3,
      place: `${INI}:4`,
      message: /key = value/,
      hint: /config check/,
    },
    {
      what: 'an open header',
      args: ['list'],
      files: { [INI]: '[account a\nid = 444444444444\n' },
      status: 3,
      place: `${INI}:1`,
      message: /\]/,
      hint: /config check/,
    },
    {
      what: 'a key before any section',
      args: ['list'],
      files: { [INI]: 'region = eu-west-1\n' },
      status: 3,
      place: `${INI}:1`,
      message: /\[settings\]/,
      hint: /config check/,
    },
    {
      what: 'an error in a drop-in',
      args: ['list'],
      files: {
        [INI]: CATALOGUE,
        '.config/assume/conf.d/acme.ini': '[customer acme]\ncolr = red\n',
      },
      status: 3,
      place: '.config/assume/conf.d/acme.ini:2',
      message: /color/,
      hint: /config check/,
    },
  ],
  identities: [
    {
      what: 'several identities and no choice',
      args: ['export', 'a/r'],
      files: {
        [INI]: `${CATALOGUE}[identity x]\ncredentials = profile:base\n[identity y]\ncredentials = profile:base\n`,
      },
      status: 3,
      hint: /identity = x/,
    },
    {
      what: 'credentials half written',
      args: ['export', 'a/r'],
      files: { [INI]: `${CATALOGUE}[identity x]\ncredentials = sso:corp\n` },
      status: 3,
      place: `${INI}:5`,
      message: /sso:SESSION\/ACCOUNT_ID\/ROLE/,
      hint: /assume config check/,
    },
    {
      what: 'credentials of a profile that is not there',
      args: ['export', 'a/r'],
      files: { [INI]: `${CATALOGUE}[identity x]\ncredentials = profile:bsae\n` },
      status: 3,
      place: `${INI}:5`,
      hint: /nearest: base/,
    },
  ],
  "lines of AWS's files": [
    {
      what: 'a header without its end',
      args: ['list'],
      files: { '.aws/config': '\n[profile a\n' },
      status: 3,
      place: '.aws/config:2',
      hint: /comment/,
    },
    {
      what: 'a property before any section',
      args: ['list'],
      files: { '.aws/config': 'region = eu-west-1\n' },
      status: 3,
      place: '.aws/config:1',
      hint: /\[profile NAME\]/,
    },
    {
      what: 'a property without "="',
      args: ['list'],
      files: { '.aws/config': '[profile a]\nregion\n' },
      status: 3,
      place: '.aws/config:2',
      hint: /#/,
    },
    {
      what: 'an indented line without "="',
      args: ['list'],
      files: { '.aws/config': '[profile a]\n  region\n' },
      status: 3,
      place: '.aws/config:2',
      hint: /#/,
    },
    {
      what: 'a property without a name',
      args: ['list'],
      files: { '.aws/credentials': '[a]\n= x\n' },
      status: 3,
      place: '.aws/credentials:2',
      hint: /name/,
    },
  ],
  'values of profiles': [
    {
      what: 'an ARN of a session',
      args: ['export', 'a'],
      files: {
        '.aws/config':
          '[profile a]\nrole_arn = arn:aws:sts::444444444444:assumed-role/r/s\nsource_profile = base\n',
      },
      status: 3,
      place: '.aws/config:2',
      hint: /role\//,
    },
    {
      what: 'a duration out of range',
      args: ['export', 'a'],
      files: { '.aws/config': `${roleText('a', 'base')}duration_seconds = 60\n` },
      status: 3,
      place: '.aws/config:4',
      hint: /900/,
    },
    {
      what: 'an external ID of odd characters',
      args: ['export', 'a'],
      files: { '.aws/config': `${roleText('a', 'base')}external_id = a b\n` },
      status: 3,
      place: '.aws/config:4',
      hint: /characters/,
    },
    {
      what: 'a serial that is none',
      args: ['export', 'a'],
      files: { '.aws/config': `${roleText('a', 'base')}mfa_serial = yes\n` },
      status: 3,
      place: '.aws/config:4',
      hint: /:mfa\/NAME/,
    },
    {
      what: 'a region that is none',
      args: ['export', 'a'],
      files: { '.aws/config': `${roleText('a', 'base')}region = Ireland/../x\n` },
      status: 3,
      place: '.aws/config:4',
      hint: /eu-west-1/,
    },
  ],
  'chains of profiles': [
    {
      what: 'a circle of two',
      args: ['export', 'a'],
      files: { '.aws/config': roleText('a', 'b') + roleText('b', 'a') },
      status: 3,
      place: '.aws/config:3',
      message: /circle/,
      hint: /holds keys/,
    },
    {
      what: 'a profile that names itself',
      args: ['export', 'a'],
      files: { '.aws/config': roleText('a', 'a') },
      status: 3,
      place: '.aws/config:3',
      message: /circle/,
      hint: /holds keys/,
    },
    {
      what: 'a source that is not there',
      args: ['export', 'a'],
      files: { '.aws/config': roleText('a', 'bsae') },
      status: 3,
      place: '.aws/config:3',
      hint: /nearest: base/,
    },
    {
      what: 'a role without a source',
      args: ['export', 'a'],
      files: { '.aws/config': '[profile a]\nrole_arn = arn:aws:iam::444444444444:role/r\n' },
      status: 3,
      place: '.aws/config:2',
      hint: /source_profile = NAME/,
    },
  ],
  'sources of profiles': [
    {
      what: 'half a key',
      args: ['export', 'a'],
      files: { '.aws/credentials': '[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n' },
      status: 3,
      place: '.aws/credentials:2',
      hint: /aws_secret_access_key/,
    },
    {
      what: 'a source that holds nothing',
      args: ['export', 'a'],
      files: { '.aws/config': `${roleText('a', 'b')}[profile b]\nregion = eu-west-1\n` },
      status: 3,
      place: '.aws/config:4',
      hint: /aws_access_key_id/,
    },
    {
      what: 'both kinds of source',
      args: ['export', 'a'],
      files: { '.aws/config': `${roleText('a', 'base')}credential_source = Environment\n` },
      status: 3,
      place: '.aws/config:4',
      hint: /one of the two/,
    },
    {
      what: 'an account of IAM Identity Center without a role',
      args: ['export', 'a'],
      files: { '.aws/config': '[profile a]\nsso_account_id = 111122223333\n' },
      status: 3,
      place: '.aws/config:2',
      hint: /sso_role_name/,
    },
  ],
  'profiles that call us': [
    {
      what: 'processes that call each other',
      args: ['export', 'a'],
      files: { '.aws/config': aliasText('a', 'b') + aliasText('b', 'a') },
      status: 3,
      place: '.aws/config:2',
      message: /circle: a → b → a/,
      hint: /another target/,
    },
    {
      what: 'a process that calls itself',
      args: ['export', 'a'],
      files: { '.aws/config': aliasText('a', 'a') },
      status: 3,
      place: '.aws/config:2',
      message: /circle: a → a/,
      hint: /another target/,
    },
  ],
  'names of targets': [
    { what: 'a slip of the finger', args: ['export', 'prod-rloe'], status: 4, hint: /prod-role/ },
    { what: 'a command mistyped', args: ['exprot'], status: 4, hint: /export/ },
    { what: 'nothing alike', args: ['export', 'zzzzzzzz'], status: 4, hint: /assume list/ },
    {
      what: 'an ARN of no role',
      args: ['export', 'arn:aws:iam::444444444444:user/jane'],
      status: 4,
      hint: /role\/NAME/,
    },
  ],
  'targets in a script': [
    {
      what: 'a role name in a script',
      args: ['export', 'r'],
      files: { [INI]: CATALOGUE },
      status: 4,
      hint: /a\/r/,
    },
    {
      what: 'an account ID of two targets',
      args: ['export', '444444444444'],
      files: { [INI]: '[account a]\nid = 444444444444\nroles = r, s\n' },
      status: 4,
      hint: /a\/r, a\/s/,
    },
    {
      what: 'no target before this one',
      args: ['-'],
      env: { SHELL: '/bin/sh' },
      status: 4,
      hint: /assume TARGET/,
    },
    {
      what: 'nothing configured',
      args: [],
      files: { '.aws/config': '', '.aws/credentials': '' },
      status: 4,
      message: /assume sandbox/,
      hint: /assume config --help/,
    },
  ],
  variables: [
    {
      what: 'a config file that is a directory',
      args: ['list'],
      env: { AWS_CONFIG_FILE: '/' },
      status: 3,
      message: /cannot read \/: /,
      hint: /ls -ld/,
    },
    {
      what: 'an ASSUME_CONFIG that is a directory',
      args: ['list'],
      env: { ASSUME_CONFIG: '/' },
      status: 3,
      message: /cannot read \//,
      hint: /ls -ld/,
    },
    {
      what: 'an endpoint that leaves the machine',
      args: EXPORT,
      env: { ASSUME_ENDPOINT_URL: 'https://sts.example' },
      status: 2,
      hint: /--endpoint-url URL/,
    },
    {
      what: 'no shell to open',
      args: ['prod-role'],
      env: { SHELL: undefined },
      status: 2,
      hint: /assume TARGET -- COMMAND/,
    },
  ],
  'who starts': [
    {
      what: 'nobody to start from',
      args: ['whoami'],
      files: { '.aws/credentials': '', '.aws/config': '' },
      status: 3,
      hint: /aws configure/,
    },
    {
      what: 'two who could start',
      args: ['export', '444444444444/r'],
      files: {
        '.aws/credentials':
          '{KEYS}[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n',
      },
      status: 3,
      hint: /--identity NAME/,
    },
    {
      what: 'an AWS_PROFILE that is not there',
      args: ['export', '444444444444/r'],
      env: { AWS_PROFILE: 'bsae' },
      status: 3,
      message: /bsae/,
      hint: /base/,
    },
  ],
  'keys in the environment': [
    {
      what: 'no keys in the environment',
      args: ['export', 'a/r'],
      files: { [INI]: `${CATALOGUE}[identity e]\ncredentials = environment\n` },
      status: 6,
      hint: /AWS_ACCESS_KEY_ID/,
    },
    {
      what: "a target's keys in the environment",
      args: ['export', 'a/r'],
      files: { [INI]: `${CATALOGUE}[identity e]\ncredentials = environment\n` },
      env: {
        ASSUME_TARGET: 'x',
        AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_SESSION_TOKEN: 'x',
      },
      status: 6,
      hint: /own keys/,
    },
  ],
  stores: [
    {
      what: 'a keychain',
      args: ['export', 'a/r'],
      files: { [INI]: `${CATALOGUE}[identity k]\n` },
      status: 8,
      hint: /credentials = profile:NAME/,
    },
    {
      what: 'a passphrase that nobody can give',
      args: EXPORT,
      files: { [INI]: '[settings]\nstore = passphrase\n' },
      status: 8,
      message: /a passphrase for assume's store is needed, and there is no terminal/,
      hint: /ASSUME_PASSPHRASE_FILE/,
    },
    {
      what: 'a keychain that is not there',
      args: EXPORT,
      files: { [INI]: '[settings]\nstore = keychain\n' },
      status: 8,
      message: /no D-Bus session bus/,
      hint: /assume config store passphrase/,
    },
    {
      what: 'a store without the program it takes',
      args: EXPORT,
      files: { [INI]: '[settings]\nstore = pass\n' },
      env: { PATH: '/nowhere' },
      status: 8,
      message: /pass: there is no such program/,
      hint: /PATH/,
    },
  ],
  'files of another user': [
    {
      what: 'an AWS config of another user',
      args: ['list'],
      modes: { '.aws/config': 0 },
      status: 3,
      message: /\.aws\/config: permission denied/,
      hint: /ls -ld/,
    },
    {
      what: 'AWS credentials of another user',
      args: ['list'],
      modes: { '.aws/credentials': 0 },
      status: 3,
      message: /\.aws\/credentials: permission denied/,
      hint: /ls -ld/,
    },
    {
      what: 'an assume.ini of another user',
      args: ['list'],
      files: { [INI]: CATALOGUE },
      modes: { [INI]: 0 },
      status: 3,
      message: /assume.ini: permission denied/,
      hint: /ls -ld/,
    },
    {
      what: 'a conf.d of another user',
      args: ['list'],
      files: { [INI]: CATALOGUE, '.config/assume/conf.d/a.ini': '' },
      modes: { '.config/assume/conf.d': 0 },
      status: 3,
      message: /conf.d: permission denied/,
      hint: /ls -ld/,
    },
    {
      what: 'credentials that cannot be replaced',
      args: ['write', 'dev'],
      modes: { '.aws': 0o500 },
      status: 3,
      message: /\.aws/,
      hint: /./,
    },
  ],
  'MFA codes': [
    { what: 'no code and nobody to ask', args: EXPORT, status: 5, hint: /ASSUME_MFA_CODE/ },
    {
      what: 'five digits',
      args: EXPORT,
      env: { ASSUME_MFA_CODE: '12345' },
      status: 5,
      hint: /six digits/,
    },
    {
      what: 'letters on stdin',
      args: [...EXPORT, '--mfa-code', '-'],
      input: 'abcdef\n',
      status: 5,
      hint: /six digits/,
    },
    {
      what: 'nothing on stdin',
      args: [...EXPORT, '--mfa-code', '-'],
      input: '',
      status: 5,
      hint: /--mfa-code/,
    },
    {
      what: 'a wrong code',
      args: EXPORT,
      env: { ASSUME_MFA_CODE: '{WRONG}' },
      status: 5,
      hint: /new code/,
    },
  ],
  'MFA commands and devices': [
    {
      what: 'a command that prints no code',
      args: ['export', 'a/prod-role'],
      files: { [INI]: codeCommand('echo hello') },
      status: 5,
      message: /mfa_command \(.*assume.ini:5:\d+\)/,
      hint: /six digits/,
    },
    {
      what: 'a command that fails',
      args: ['export', 'a/prod-role'],
      files: { [INI]: codeCommand('exit 3') },
      status: 5,
      place: `${INI}:5`,
      hint: /by itself/,
    },
    {
      what: 'a device of somebody else',
      args: [...EXPORT, '--mfa-serial', 'arn:aws:iam::111111111111:mfa/nobody'],
      env: { ASSUME_MFA_CODE: '{CODE}' },
      status: 5,
      hint: /mfa_serial/,
    },
    {
      what: 'temporary keys where MFA is demanded',
      args: ['login'],
      env: {
        AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_SESSION_TOKEN: 'x',
      },
      status: 5,
      hint: /IAM user/,
    },
  ],
  'refusals of a role': [
    {
      what: 'an identity policy',
      args: ['exec', 'dev', '--identity', 'john', 'true'],
      files: {
        '.aws/credentials': '{KEYS}{JOHN}',
        '.aws/config':
          '[profile dev]\nrole_arn = arn:aws:iam::444444444444:role/prod-role\nsource_profile = base\n',
      },
      status: 6,
      message: /john.doe/,
      hint: /sts:AssumeRole/,
    },
    {
      what: 'a trust policy',
      args: ['export', '444444444444/prod-role'],
      env: { ASSUME_MFA_CODE: undefined },
      status: 6,
      message: /trust policy/,
      hint: /mfa_serial/,
    },
    {
      what: 'a role that is not there',
      args: ['export', '222222222222/nope'],
      status: 6,
      hint: /exist/,
    },
    {
      what: 'a duration that the role does not allow',
      args: ['export', '222222222222/readonly', '--duration', '2h'],
      status: 6,
      message: /MaxSessionDuration/,
      hint: /--duration 1h/,
    },
  ],
  'refusals of an identity': [
    {
      what: 'a key that AWS does not know',
      args: ['export', 'dev'],
      files: {
        '.aws/credentials':
          '[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
      },
      status: 6,
      message: /InvalidClientTokenId/,
      hint: /deleted/,
    },
    {
      what: 'a secret of another key',
      args: ['export', 'dev'],
      files: {
        '.aws/credentials':
          '[base]\naws_access_key_id = {ID}\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
      },
      status: 6,
      message: /SignatureDoesNotMatch/,
      hint: /secret key/,
    },
    {
      what: 'keys of another account',
      args: ['export', 'a/r'],
      files: {
        [INI]: `${CATALOGUE}[identity i]\ncredentials = profile:base\naccount_id = 999999999999\n`,
      },
      status: 6,
      message: /111111111111/,
      hint: /account_id/,
    },
  ],
  'nobody at the other end': [
    {
      what: 'nobody at the other end',
      args: ['export', 'dev'],
      env: ENDPOINT_DOWN,
      status: 7,
      message: /ECONNREFUSED/,
      hint: /network/,
    },
    {
      what: 'nobody at the other end of whoami',
      args: ['whoami'],
      env: ENDPOINT_DOWN,
      status: 7,
      message: /ECONNREFUSED/,
      hint: /network/,
    },
  ],
  commands: [
    {
      what: 'a command that is not there',
      args: ['dev', '--', 'no-such-command'],
      status: 127,
      hint: /PATH/,
    },
    {
      what: 'a command by a path that is not there',
      args: ['dev', '--', './nope'],
      status: 127,
      hint: /./,
    },
    {
      what: 'a command that is not executable',
      args: ['dev', '--', './text'],
      files: { text: 'hello' },
      status: 126,
      hint: /chmod/,
    },
    {
      what: 'a command that is a directory',
      args: ['dev', '--', '/tmp'],
      status: 126,
      hint: /program/,
    },
  ],
};

describe('tells what is wrong, where, and what to type, and touches nothing', () => {
  test('in more than sixty kinds of bad input, at most five a cause', () => {
    const tables = Object.values(CAUSES);
    expect(tables.flatMap((rows) => rows.slice(0, 2)).length).toBeGreaterThanOrEqual(60);
    expect(Math.max(...tables.map((rows) => rows.length))).toBeLessThanOrEqual(5);
  });
  for (const [cause, rows] of Object.entries(CAUSES)) {
    const tried = rows.slice(0, process.env['ASSUME_TEST_FULL'] ? undefined : 2);
    const isRootNeeded = rows.some(({ modes }) => modes !== undefined);
    test.skipIf(isRootNeeded && AS_NOBODY === null).each(tried)(`${cause}: $what`, async (row) => {
      await prove(row, isRootNeeded ? (AS_NOBODY ?? []) : []);
    });
  }
});

async function prove(row: Row, under: readonly string[]): Promise<void> {
  const home = makeTempHome();
  try {
    const files = {
      '.aws/credentials': '{KEYS}',
      '.aws/config': `[profile prod-role]\nrole_arn = arn:aws:iam::444444444444:role/prod-role\nsource_profile = base\nmfa_serial = {SERIAL}\nrole_session_name = jane\n${roleText('dev', 'base').replace('444444444444:role/r', '222222222222:role/dev-role')}role_session_name = jane\n`,
      ...row.files,
    };
    for (const [path, text] of Object.entries(files))
      place(join(home.path, path), filled(text, home.path));
    if (under.length > 0) giveAway(home.path);
    for (const [path, mode] of Object.entries(row.modes ?? {}))
      chmodSync(join(home.path, path), mode);
    const before = describeTree(readTree(home.path, OURS));
    const env = Object.entries({ ...home.env, ...row.env }).map(([name, value]) => [
      name,
      value === undefined ? undefined : filled(value, home.path),
    ]);
    const ended = await practice.run(row.args, {
      env: Object.fromEntries(env) as Record<string, string | undefined>,
      cwd: home.path,
      under,
      ...(row.input === undefined ? {} : { input: row.input }),
    });
    expectTold(row, ended, home.path);
    expect(describeTree(readTree(home.path, OURS))).toEqual(before);
  } finally {
    home.remove();
  }
}

function expectTold(row: Row, { status, stdout, stderr }: Ended, home: string): void {
  expect({ status, stderr }).toEqual({ status: row.status, stderr });
  const failing = `sh -c 'exit ${String(row.status)}' >&2\n`;
  expect(stdout).toBe(row.args.includes('export') ? failing : '');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toMatch(
    /\b(Type|Range|Syntax|Reference)?Error:|\bundefined\b|\[object|fault in assume/,
  );
  const lines = stderr.trimEnd().split('\n');
  const hints = lines.filter((line) => line.startsWith('  '));
  const messages = lines.filter((line) => line.startsWith('assume: '));
  expect([...hints, ...messages].length).toBe(lines.length);
  expect(hints.join('\n')).toMatch(row.hint);
  if (row.message) expect(stderr).toMatch(row.message);
  if (row.place) expect(stderr).toContain(`${home}/${row.place}`);
}

function filled(text: string, home: string): string {
  const { id } = practice.key('jane.doe');
  const code =
    text.includes('{CODE}') || text.includes('{WRONG}') ? practice.freshCode('jane.doe') : '';
  return text
    .replace('{KEYS}', () => credentialsText('base', practice.key('jane.doe')))
    .replace('{JOHN}', () => credentialsText('john', practice.key('john.doe')))
    .replace('{ID}', id)
    .replace('{SERIAL}', practice.serial('jane.doe'))
    .replace('{CODE}', code)
    .replace('{WRONG}', () => `${code.slice(0, 5)}${String((Number(code[5]) + 1) % 10)}`)
    .replace('{DEAD}', deadUrl)
    .replace('{HOME}', home);
}

function roleText(name: string, source: string): string {
  return `[profile ${name}]\nrole_arn = arn:aws:iam::444444444444:role/r\nsource_profile = ${source}\n`;
}

function aliasText(name: string, target: string): string {
  return `[profile ${name}]\ncredential_process = assume credential-process ${target}\n`;
}

function codeCommand(command: string): string {
  return `[identity i]\ncredentials = profile:base\nuser_name = jane\nmfa_serial = {SERIAL}\nmfa_command = ${command}\n[account a]\nid = 444444444444\nroles = prod-role\n`;
}

function place(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function wordsAsNobody(): string[] | null {
  const setpriv = process.getuid?.() === 0 ? findTool('setpriv') : null;
  const id = String(NOBODY);
  return setpriv === null ? null : [setpriv, `--reuid=${id}`, `--regid=${id}`, '--clear-groups'];
}

/** Everything of the home becomes that of the user `nobody`. */
function giveAway(home: string): void {
  for (const path of ['', ...readTree(home).keys()]) chownSync(join(home, path), NOBODY, NOBODY);
}

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialsText, type Practice } from '../support/practice.js';
import { changeEntry, inMinutes, storedEntry } from '../support/stored-entries.js';
import {
  lastRequest,
  minutesLeft,
  printed,
  usePractice,
  withCode,
  withFreshCode,
} from '../support/use-practice.js';

describe('one code, many roles', () => {
  it('buys a session with the code and the long-term key, and assumes the role from it', async () => {
    const practice = await usePractice();
    const given = withCode(practice);
    printed(await practice.run(['credential-process', 'prod-role'], given));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    const bought = lastRequest(practice, 'GetSessionToken');
    expect(bought.signedBy).toBe(practice.key('jane.doe').id);
    expect(bought.parameters).toMatchObject({
      SerialNumber: practice.serial('jane.doe'),
      TokenCode: given.env.ASSUME_MFA_CODE,
      DurationSeconds: '43200',
    });
    const assumed = lastRequest(practice, 'AssumeRole');
    expect(assumed.signedBy).toBe(storedEntry(practice.home, 'session').value['accessKeyId']);
    expect(assumed.parameters).not.toHaveProperty('TokenCode');
    expect(assumed.parameters).not.toHaveProperty('SerialNumber');
  });

  it('assumes a second role with one request and no code', async () => {
    const practice = await usePractice();
    printed(await practice.run(['credential-process', 'prod-role'], withCode(practice)));
    practice.received();
    printed(await practice.run(['credential-process', 'prod-readonly']));
    expect(practice.received()).toEqual(['AssumeRole']);
  });

  it('calls nothing when the role is cached, whatever delivers it', async () => {
    const practice = await usePractice();
    const cold = printed(
      await practice.run(['credential-process', 'prod-role'], withCode(practice)),
    );
    practice.received();
    const child = ['--', 'sh', '-c', 'echo $AWS_ACCESS_KEY_ID'];
    const rows: [args: string[], shown: string][] = [
      [['credential-process', 'prod-role'], cold.SecretAccessKey],
      [['export', 'prod-role'], cold.SecretAccessKey],
      [['exec', 'prod-role', ...child], cold.AccessKeyId],
      [['prod-role', ...child], cold.AccessKeyId],
      [['write', 'prod-role'], ''],
    ];
    for (const [args, shown] of rows) {
      const { status, stdout } = await practice.run(args);
      expect([args.join(' '), status]).toEqual([args.join(' '), 0]);
      expect(stdout).toContain(shown);
    }
    expect(practice.received()).toEqual([]);
  });

  it.each(['plan prod-role', 'plan prod-role --json', 'list', 'status', 'status --json'])(
    'calls nothing and asks nothing for %s',
    async (line) => {
      const practice = await usePractice();
      expect((await practice.run(line.split(' '))).status).toBe(0);
      expect(practice.received()).toEqual([]);
    },
  );

  it.each(['--help', 'exec --help', 'export prod-role --help', '--version', 'config path'])(
    'calls nothing for %s',
    async (line) => {
      const practice = await usePractice();
      expect((await practice.run(line.split(' '))).status).toBe(0);
      expect(practice.received()).toEqual([]);
    },
  );

  it('uses a live MFA session for a role that configures no MFA', async () => {
    const practice = await usePractice();
    printed(await practice.run(['credential-process', 'dev']));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').signedBy).toBe(practice.key('jane.doe').id);
    printed(await practice.run(['credential-process', 'prod-role'], withCode(practice)));
    practice.received();
    printed(await practice.run(['credential-process', 'dev']));
    expect(practice.received()).toEqual(['AssumeRole']);
    const session = storedEntry(practice.home, 'session').value['accessKeyId'];
    expect(lastRequest(practice, 'AssumeRole').signedBy).toBe(session);
  });

  it('sends no code and uses no session under mfa = never', async () => {
    const practice = await usePractice();
    printed(await practice.run(['credential-process', 'prod-role'], withCode(practice)));
    practice.received();
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = never\n');
    printed(await practice.run(['credential-process', 'dev'], withFreshCode(practice)));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').signedBy).toBe(practice.key('jane.doe').id);
    expect(lastRequest(practice, 'AssumeRole').parameters).not.toHaveProperty('TokenCode');
  });

  it('names no login where a code of its own is needed', async () => {
    const practice = await usePractice();
    const ended = await practice.run(['exec', 'prod-role', '--duration', '2h', '--', 'true']);
    expect(ended.status).toBe(5);
    expect(ended.stderr).toContain('would have answered: ASSUME_MFA_CODE,');
  });

  it('asks a fresh code once the session is older than mfa_max_age', async () => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', '[settings]\nmfa_max_age = 1h\n');
    printed(await practice.run(['credential-process', 'prod-role'], withCode(practice)));
    const young = storedEntry(practice.home, 'session');
    changeEntry(young, { startedAt: inMinutes(-58) });
    practice.received();
    printed(await practice.run(['credential-process', 'prod-readonly']));
    expect(practice.received()).toEqual(['AssumeRole']);
    changeEntry(young, { startedAt: inMinutes(-61) });
    const unasked = await practice.run(['credential-process', 'prod-readonly', '--refresh']);
    expect([unasked.status, practice.received()]).toEqual([5, []]);
    expect(unasked.stderr).toContain('assume login base --refresh in a terminal,');
    const given = withFreshCode(practice);
    printed(await practice.run(['credential-process', 'prod-readonly', '--refresh'], given));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(lastRequest(practice, 'GetSessionToken').parameters['TokenCode']).toBe(
      given.env.ASSUME_MFA_CODE,
    );
  });

  it('keeps one session for targets of different age limits, the youngest that was asked', async () => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', TWO_AGES);
    printed(await practice.run(['credential-process', 'production/readonly'], withCode(practice)));
    changeEntry(storedEntry(practice.home, 'session'), { startedAt: inMinutes(-30) });
    practice.received();
    printed(
      await practice.run(['credential-process', 'production/prod-role'], withFreshCode(practice)),
    );
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    storedEntry(practice.home, 'session');
  });

  it('does not ask a new code because the target works in another region', async () => {
    const practice = await usePractice();
    printed(await practice.run(['credential-process', 'prod-role'], withCode(practice)));
    practice.received();
    printed(
      await practice.run(['credential-process', 'prod-readonly', '--region', 'ap-southeast-2'], {
        env: { AWS_REGION: 'sa-east-1' },
      }),
    );
    expect(practice.received()).toEqual(['AssumeRole']);
  });
});

const TWO_AGES = `[identity shared]
credentials = profile:base
mfa_serial = arn:aws:iam::111111111111:mfa/jane.doe
user_name = jane.doe
[account production]
id = 444444444444
roles = prod-role, readonly
[target production/prod-role]
mfa_max_age = 15m
[target production/readonly]
mfa_max_age = 2h
`;

describe('more than an hour', () => {
  const withLongRole = async (): Promise<Practice> => {
    const practice = await usePractice();
    const serial = practice.serial('jane.doe');
    practice.write(
      '.aws/config',
      `[profile long]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
mfa_serial = ${serial}
role_session_name = jane.doe
duration_seconds = 7200
`,
    );
    return practice;
  };

  it.each([
    ['export', ['export', 'long', '--format', 'json']],
    ['exec', ['exec', 'long', '--', 'env']],
    ['write', ['write', 'long']],
  ])(
    'is one AssumeRole with the code, signed by the long-term key, for %s',
    async (_name, args) => {
      const practice = await withLongRole();
      const given = withCode(practice);
      const ended = await practice.run(args, given);
      expect(ended.status).toBe(0);
      expect(practice.received()).toEqual(['AssumeRole']);
      const request = lastRequest(practice, 'AssumeRole');
      expect(request.signedBy).toBe(practice.key('jane.doe').id);
      expect(request.parameters).toMatchObject({
        SerialNumber: practice.serial('jane.doe'),
        TokenCode: given.env.ASSUME_MFA_CODE,
        DurationSeconds: '7200',
      });
      expect(ended.stderr).toMatch(/code of its own/);
      expect((await practice.run(args)).status).toBe(0);
      expect(practice.received()).toEqual([]);
    },
  );

  it('is an hour from the session where the delivery renews', async () => {
    const practice = await withLongRole();
    const answer = printed(await practice.run(['credential-process', 'long'], withCode(practice)));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').parameters['DurationSeconds']).toBe('3600');
    expect(minutesLeft(answer)).toBe(60);
  });

  it('is an hour, and says so, under long_roles = never', async () => {
    const practice = await withLongRole();
    practice.write('.config/assume/assume.ini', '[settings]\nlong_roles = never\n');
    const { status, stderr } = await practice.run(['export', 'long'], withCode(practice));
    expect(status).toBe(0);
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').parameters['DurationSeconds']).toBe('3600');
    expect(stderr).toMatch(/1h, not 2h: long_roles = never/);
  });

  it('is asked with a code by --duration too, and capped by the file that demands less', async () => {
    const practice = await withLongRole();
    practice.write('.config/assume/assume.ini', '[role dev-role]\nduration = 90m\n');
    const target = 'arn:aws:iam::222222222222:role/dev-role';
    const { status, stderr } = await practice.run(['export', target, '--duration', '4h'], {
      env: {},
    });
    expect(status).toBe(0);
    expect(practice.received()).toEqual(['GetCallerIdentity', 'AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').parameters['DurationSeconds']).toBe('5400');
    expect(stderr).toMatch(/capped to 1h30m/);
  });
});

describe('a target without a role', () => {
  it('is a plain session of the identity, never its long-term key', async () => {
    const practice = await usePractice();
    const answer = printed(await practice.run(['credential-process', 'base']));
    expect(practice.received()).toEqual(['GetSessionToken']);
    expect(lastRequest(practice, 'GetSessionToken').parameters).not.toHaveProperty('TokenCode');
    expect(answer.AccessKeyId).toMatch(/^ASIA/);
    expect(answer.SessionToken).toBeDefined();
    expect(printed(await practice.run(['credential-process', 'base']))).toEqual(answer);
    expect(practice.received()).toEqual([]);
  });

  it('is the MFA session where one lives', async () => {
    const practice = await usePractice();
    printed(await practice.run(['credential-process', 'prod-role'], withCode(practice)));
    practice.received();
    const answer = printed(await practice.run(['credential-process', 'base']));
    expect(practice.received()).toEqual([]);
    expect(answer.AccessKeyId).toBe(storedEntry(practice.home, 'session').value['accessKeyId']);
  });

  it('is bought with a code where MFA is required', async () => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    printed(await practice.run(['credential-process', 'base'], withCode(practice)));
    expect(practice.received()).toEqual(['ListMFADevices', 'GetSessionToken']);
    expect(lastRequest(practice, 'GetSessionToken').parameters).toHaveProperty('TokenCode');
  });

  it('is the long-term key only by --long-term, which is never kept', async () => {
    const practice = await usePractice();
    const { id, secret } = practice.key('jane.doe');
    const answer = printed(await practice.run(['credential-process', 'base', '--long-term']));
    expect(answer).toMatchObject({ AccessKeyId: id, SecretAccessKey: secret });
    expect(answer).not.toHaveProperty('SessionToken');
    expect(practice.received()).toEqual([]);
    expect(existsSync(join(practice.home.path, 'run/assume'))).toBe(false);
  });
});

describe('temporary credentials as the identity', () => {
  const withTemporary = async (): Promise<{ practice: Practice; id: string }> => {
    const practice = await usePractice();
    const answer = printed(await practice.run(['credential-process', 'base']));
    practice.received();
    practice.write(
      '.aws/credentials',
      `[base]
aws_access_key_id = ${answer.AccessKeyId}
aws_secret_access_key = ${answer.SecretAccessKey}
aws_session_token = ${answer.SessionToken ?? ''}
`,
    );
    return { practice, id: answer.AccessKeyId };
  };

  it.each([
    ['a role', 'dev', ['AssumeRole']],
    ['a role with a serial', 'dev-mfa', ['AssumeRole']],
    ['themselves', 'base', []],
  ])('buy no session on the way to %s', async (_name, target, calls) => {
    const { practice, id } = await withTemporary();
    practice.write(
      '.aws/config',
      `[profile dev]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
role_session_name = jane.doe
[profile dev-mfa]
role_arn = arn:aws:iam::222222222222:role/dev-role
source_profile = base
role_session_name = jane.doe
mfa_serial = ${practice.serial('jane.doe')}
duration_seconds = 7200
`,
    );
    const ended = await practice.run(['export', target], withFreshCode(practice));
    expect(ended.status).toBe(0);
    expect(practice.received()).toEqual(calls);
    if (calls.length > 0) {
      const { signedBy, parameters } = lastRequest(practice, 'AssumeRole');
      expect([signedBy, parameters['TokenCode']]).toEqual([id, undefined]);
      expect(parameters['DurationSeconds']).toBe('3600');
    } else expect(ended.stdout).toContain(id);
  });

  it('cannot satisfy mfa = required, which is said before AWS is asked', async () => {
    const { practice } = await withTemporary();
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    const { status, stderr } = await practice.run(
      ['credential-process', 'dev'],
      withFreshCode(practice),
    );
    expect([status, practice.received()]).toEqual([5, []]);
    expect(stderr).toMatch(/temporary credentials/);
  });
});

describe('what only AWS knows', () => {
  it('is the user name, asked once for each access key, ever', async () => {
    const practice = await usePractice();
    const target = 'arn:aws:iam::222222222222:role/dev-role';
    printed(await practice.run(['credential-process', target]));
    expect(practice.received()).toEqual(['GetCallerIdentity', 'AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').parameters['RoleSessionName']).toBe('jane.doe');
    printed(await practice.run(['credential-process', target, '--no-cache']));
    printed(await practice.run(['credential-process', target.replace('dev-role', 'readonly')]));
    expect(practice.received()).toEqual(['AssumeRole', 'AssumeRole']);
    practice.write('.aws/credentials', credentialsText('base', practice.key('john.doe')));
    printed(await practice.run(['credential-process', target]));
    expect(practice.received()).toEqual(['GetCallerIdentity', 'AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').parameters['RoleSessionName']).toBe('john.doe');
  });

  it.each([
    ['--session-name', ['--session-name', 'ci job/7'], '', 'ci-job-7'],
    ['session_name with {user}', [], '[settings]\nsession_name = {user}@desk\n', 'jane.doe@desk'],
  ])('names the session by %s', async (_name, flags, ini, sessionName) => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', ini);
    const target = 'arn:aws:iam::222222222222:role/dev-role';
    printed(await practice.run(['credential-process', target, ...flags]));
    expect(lastRequest(practice, 'AssumeRole').parameters['RoleSessionName']).toBe(sessionName);
  });

  it('is not asked where the identity names its user', async () => {
    const practice = await usePractice();
    practice.write(
      '.config/assume/assume.ini',
      '[identity shared]\ncredentials = profile:base\nuser_name = jane\n',
    );
    printed(await practice.run(['credential-process', '222222222222/dev-role']));
    expect(practice.received()).toEqual(['AssumeRole']);
    expect(lastRequest(practice, 'AssumeRole').parameters['RoleSessionName']).toBe('jane');
  });
});

describe('an unknown MFA device', () => {
  const DEV = ['credential-process', 'dev'];
  const required = async (): Promise<Practice> => {
    const practice = await usePractice();
    practice.write('.config/assume/assume.ini', '[settings]\nmfa = required\n');
    return practice;
  };
  const fido = {
    seed: null,
    enabled: new Date(),
    serial: 'arn:aws:iam::111111111111:u2f/user/j/k',
  };

  it('is listed once, ever', async () => {
    const practice = await required();
    printed(await practice.run(DEV, withCode(practice)));
    expect(practice.received()).toEqual(['ListMFADevices', 'GetSessionToken', 'AssumeRole']);
    printed(await practice.run([...DEV, '--no-cache'], withFreshCode(practice)));
    expect(practice.received()).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it('is the one that shows codes where the user has a FIDO key too', async () => {
    const practice = await required();
    practice.user('jane.doe').mfaDevices.unshift(fido);
    practice.aws.world.pageSize = 1;
    const code = practice.user('jane.doe').mfaDevices[1];
    practice.user('jane.doe').mfaDevices.reverse();
    printed(await practice.run(DEV, withCode(practice)));
    expect(lastRequest(practice, 'GetSessionToken').parameters['SerialNumber']).toBe(code?.serial);
  });

  it.each([
    [
      'several devices',
      (practice: Practice) => {
        const { mfaDevices } = practice.user('jane.doe');
        mfaDevices.push({
          serial: 'arn:aws:iam::111111111111:mfa/jane-tablet',
          seed: mfaDevices[0]?.seed ?? null,
          enabled: new Date(),
        });
      },
      /several MFA devices: .*mfa\/jane\.doe, .*mfa\/jane-tablet/,
    ],
    [
      'only a FIDO key',
      (practice: Practice) => {
        practice.user('jane.doe').mfaDevices.splice(0, 1, fido);
      },
      /only FIDO keys, which STS cannot use/,
    ],
    [
      'no device',
      (practice: Practice) => {
        practice.user('jane.doe').mfaDevices.length = 0;
      },
      /no MFA device/,
    ],
    [
      'no permission to list them',
      (practice: Practice) => {
        const { policies } = practice.user('jane.doe');
        policies.splice(0, policies.length, 'arn:aws:iam::111111111111:policy/administrator');
      },
      /AWS does not let its user list them[^]*mfa_serial/,
    ],
  ])('is not guessed with %s', async (_name, change, said) => {
    const practice = await required();
    change(practice);
    const { status, stdout, stderr } = await practice.run(DEV, {
      env: { ASSUME_MFA_CODE: '123456' },
    });
    expect([status, stdout, practice.received()]).toEqual([5, '', ['ListMFADevices']]);
    expect(stderr).toMatch(said);
  });
});

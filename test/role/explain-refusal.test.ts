import { describe, expect, it } from 'vitest';
import { readAwsError } from '../../src/aws/aws-errors.js';
import { AssumeError, isAssumeError } from '../../src/errors.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { NOTHING_LEARNED } from '../../src/plan/plan.js';
import { explainRefusal } from '../../src/role/explain-refusal.js';
import type { HopCall } from '../../src/role/hop-call.js';
import type { Stage } from '../../src/session/stage.js';
import { KEYS } from '../support/configured-host.js';
import { fakeHost } from '../support/fake-host.js';
import { targetOf } from '../support/target-of.js';

const ARN = 'arn:aws:iam::444444444444:role/r';
const DENIED = `User: arn:aws:iam::111111111111:user/john is not authorized to perform: sts:AssumeRole on resource: ${ARN}`;

interface Case {
  readonly lines?: string;
  readonly ageSeconds?: number | null;
  readonly index?: number;
  readonly code?: string;
  readonly name?: string;
  /** The identity's keys are temporary ones. */
  readonly isTemporary?: boolean;
}

async function explain(message: string, row: Case = {}): Promise<AssumeError> {
  const { lines = '', ageSeconds = null, index = 0, code = 'AccessDenied', name = 't/r' } = row;
  const credentials = row.isTemporary
    ? `[default]\n${KEYS}aws_session_token = fake-token\n`
    : `[base]\n${KEYS}`;
  const assume = `[account t]\nid = 444444444444\nroles = r\n[target t/r]\nsession_name = jane\n${lines}`;
  const target = await targetOf({ assume, credentials }, name);
  const planned = makePlan(target, NOTHING_LEARNED, false);
  const host = fakeHost();
  const mfaAt = ageSeconds === null ? null : new Date(host.now().getTime() - ageSeconds * 1000);
  const stage: Pick<Stage, 'host' | 'planned'> = { host, planned };
  const call = { stage, index, session: { mfaAt } } as unknown as HopCall;
  const hop = planned.plan.hops[0];
  if (!hop) throw new Error('no hop');
  const thrown = Object.assign(new Error(message), {
    name: code,
    $metadata: { httpStatusCode: 403 },
  });
  const explained = explainRefusal(readAwsError('x', thrown), call, hop);
  if (!isAssumeError(explained)) throw new Error('not ours');
  return explained;
}

describe("AWS's own reason", () => {
  it.each([
    [
      'because no identity-based policy allows the sts:AssumeRole action',
      'no identity-based policy of the caller',
      'shared account',
      false,
    ],
    [
      'because no role trust policy allows the sts:AssumeRole action',
      "role's trust policy does not allow",
      'target account',
      true,
    ],
    [
      'because no resource-based policy allows the sts:AssumeRole action',
      "role's trust policy does not allow",
      'target account',
      true,
    ],
    [
      'with an explicit deny in a service control policy',
      'an explicit deny in service control policy',
      'a deny wins',
      true,
    ],
    [
      'with an explicit deny in an identity-based policy',
      'an explicit deny in identity-based policy',
      'a deny wins',
      true,
    ],
    [
      'with an explicit deny in a resource-based policy',
      'explicit deny in resource-based policy',
      'a deny wins',
      true,
    ],
    [
      'with an explicit deny in a permissions boundary',
      'explicit deny in permissions boundary',
      'a deny wins',
      true,
    ],
    [
      'because no session policy allows the sts:AssumeRole action',
      'no session policy allows it',
      'sts:AssumeRole',
      true,
    ],
    [
      'because no permissions boundary allows the sts:AssumeRole action',
      'no permissions boundary allows it',
      'sts:AssumeRole',
      true,
    ],
    [
      'because no service control policy allows the sts:AssumeRole action',
      'no service control policy allows it',
      '',
      true,
    ],
  ])('is said: %s', async (reason, said, hint, hasCircumstances) => {
    const error = await explain(`${DENIED} ${reason}`);
    expect(error.code).toBe('AWS_REFUSED');
    expect(error.message).toContain('arn:aws:iam::111111111111:user/john');
    expect(error.message).toContain(ARN);
    expect(error.message).toContain(said);
    expect(error.hint).toContain(hint);
    expect(error.hint?.includes('MFA:')).toBe(hasCircumstances);
  });

  it.each(['sts:TagSession', 'sts:SetSourceIdentity'])(
    'names %s where that is what is missing',
    async (action) => {
      const message = DENIED.replace('sts:AssumeRole', action);
      const error = await explain(
        `${message} because no identity-based policy allows the ${action} action`,
      );
      expect(error.message).toContain(`(${action})`);
      expect(error.hint).toContain(action);
    },
  );
});

describe('without a reason', () => {
  it.each<[Case, string]>([
    [{}, 'MFA: not sent; if the role demands it, add mfa_serial'],
    [{ lines: 'mfa = never\n' }, 'MFA: not sent, because mfa = never'],
    [
      { isTemporary: true },
      'MFA: default holds temporary credentials of a profile, which carry it only',
    ],
    [{ ageSeconds: 5400 }, 'MFA: sent; its code is 1h30m old'],
    [{ lines: 'duration = 2h\nmfa_serial = GAHT12345678\n' }, 'MFA: sent with this request'],
    [{ index: 1, ageSeconds: 60 }, 'MFA: a role assumed from another role carries none'],
    [{}, 'external ID: none sent'],
    [{ lines: 'external_id = e1\n' }, 'external ID: sent'],
    [{}, 'source identity: none sent'],
    [{ lines: 'source_identity = si\n' }, 'source identity: si sent'],
    [{}, 'session name: jane'],
    [{}, 'role: named by /home/jane/.config/assume/assume.ini:'],
    [{ name: `${ARN}x` }, 'role: named by hand'],
    [{}, 'network:'],
  ])('%j rules in or out: %s', async (row, line) => {
    expect((await explain(DENIED, row)).hint).toContain(line);
  });
});

describe('other answers', () => {
  it.each([
    [
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      '--duration 1h',
    ],
    [
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      '--duration 1h',
    ],
    ['MalformedPolicyDocument', 'Syntax errors in policy.', ''],
  ])('%s keep their words: %s', async (code, message, hint) => {
    const error = await explain(message, { code });
    expect(error.message).toContain(message);
    expect(error.hint ?? '').toContain(hint);
  });

  it('that are no refusal pass unchanged', async () => {
    const expired = await explain('x', { code: 'ExpiredToken' });
    expect(expired.code).toBe('IDENTITY_INVALID');
    const other = new AssumeError('CANCELLED', 'x');
    expect(explainRefusal(other, {} as HopCall, { roleArn: ARN } as never)).toBe(other);
  });

  it('steer no terminal', async () => {
    const error = await explain('\u001b[2J', { code: 'ValidationError' });
    expect(error.message).not.toContain('\u001b');
  });
});

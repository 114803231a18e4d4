import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOfAccessKey } from '../../src/arn/access-key-account.js';
import { assumeRole, type AssumedRole } from '../../src/aws/sts.js';
import type { Hop } from '../../src/plan/plan.js';
import { Secret } from '../../src/credentials.js';
import { checkAnswer } from '../../src/role/check-answer.js';
import { contextOf } from '../support/context-of.js';
import { startPractice, type Practice } from '../support/practice.js';
import { rejectionOf } from '../support/thrown-by.js';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.close());

const hopOf = (roleArn: string): Hop => ({
  ...{ roleArn, sessionName: 'jane', externalId: null, sourceIdentity: null, durationSeconds: 900 },
  ...{ tags: {}, transitiveTagKeys: [], policy: null, policyArns: [] },
});
const context = () => contextOf(practice.aws.url);
const DEV = 'arn:aws:iam::222222222222:role/dev-role';

async function devRole(): Promise<AssumedRole> {
  const { id, secret } = practice.key('jane.doe');
  const keys = {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    sessionToken: null,
    expiration: null,
  };
  const answer = await assumeRole(context(), keys, {
    ...hopOf(DEV),
    sessionName: 'jane',
    mfa: null,
  });
  practice.received();
  return answer;
}

describe('an answer', () => {
  it('of the role that was asked for is taken, with no further question', async () => {
    await checkAnswer(context(), hopOf(DEV), await devRole());
    expect(practice.received()).toEqual([]);
  });

  it('of a role with a path is taken, though AWS leaves the path out', async () => {
    const hop = hopOf('arn:aws:iam::222222222222:role/team/ops/dev-role');
    await checkAnswer(context(), hop, await devRole());
    expect(practice.received()).toEqual([]);
  });

  it.each([
    ['another account', 'arn:aws:sts::444444444444:assumed-role/dev-role/jane'],
    ['another role', 'arn:aws:sts::222222222222:assumed-role/prod-role/jane'],
    ['a user', 'arn:aws:iam::222222222222:user/dev-role'],
    ['a federated user', 'arn:aws:sts::222222222222:federated-user/dev-role'],
    ['nothing', ''],
    ['a hostile text', '\u001b[2J'],
  ])('that speaks for %s is refused', async (_, assumedRoleArn) => {
    const answer = { ...(await devRole()), assumedRoleArn };
    const error = await rejectionOf(checkAnswer(context(), hopOf(DEV), answer));
    expect(error.code).toBe('FAILED');
    expect(error.message).toContain('nothing is handed over');
    expect(error.message).not.toContain('\u001b');
    expect(practice.received()).toEqual([]);
  });

  it('whose key seems to be of another account is confirmed by AWS before anything is refused', async () => {
    const answer = await devRole();
    expect(accountOfAccessKey(answer.credentials.accessKeyId)).toBe('222222222222');
    const hop = hopOf('arn:aws:iam::444444444444:role/dev-role');
    const liar = {
      ...answer,
      assumedRoleArn: 'arn:aws:sts::444444444444:assumed-role/dev-role/jane',
    };
    const error = await rejectionOf(checkAnswer(context(), hop, liar));
    expect(practice.received()).toEqual(['GetCallerIdentity']);
    expect(error.code).toBe('FAILED');
    expect(error.message).toContain('222222222222');
  });

  it('whose key is of the older form is taken by its ARN', async () => {
    const answer = await devRole();
    const credentials = { ...answer.credentials, accessKeyId: 'ASIAIOSFODNN7EXAMPLE' };
    await checkAnswer(context(), hopOf(DEV), { ...answer, credentials });
    expect(practice.received()).toEqual([]);
  });
});

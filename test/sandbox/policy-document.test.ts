import { expect, test } from 'vitest';
import { parsePolicy, type PolicyKind } from '../../src/sandbox/policy-document.js';

const GOOD = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' };
const TRUST = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' };
const one = (statement: unknown): unknown => ({ Version: '2012-10-17', Statement: [statement] });

test.each<[PolicyKind, unknown, string]>([
  ['identity', null, 'the document is not an object'],
  ['identity', undefined, 'the document is missing'],
  ['identity', [], 'the document is not an object'],
  ['identity', { Version: '2012-10-17' }, 'Statement[0] is missing'],
  ['identity', { Version: '2020-01-01', Statement: [GOOD] }, 'Version: "2020-01-01" is neither'],
  ['identity', { statement: [GOOD] }, 'the document: "statement" has no place here'],
  ['identity', one('allow'), 'Statement[0] is not an object'],
  ['identity', { Statement: [GOOD, { ...GOOD, Effect: 'Alow' }] }, 'Statement[1].Effect: "Alow"'],
  ['identity', one({ ...GOOD, Effect: undefined }), 'Statement[0].Effect: nothing'],
  ['identity', one({ Effect: 'Allow', Resource: '*' }), 'exactly one of Action and NotAction'],
  ['identity', one({ ...GOOD, NotAction: 'a:b' }), 'exactly one of Action and NotAction'],
  ['identity', one({ ...GOOD, Action: 'AssumeRole' }), 'Action: "AssumeRole" is neither "*" nor'],
  ['identity', one({ ...GOOD, Action: [7] }), 'Action: "7" is neither "*" nor'],
  ['identity', one({ ...GOOD, Action: [{}] }), 'Action: {} is not a text'],
  ['identity', one({ Effect: 'Allow', Action: 'a:b' }), 'exactly one of Resource and NotResource'],
  ['identity', one({ ...GOOD, Resource: 'prod' }), 'Resource: "prod" is neither "*" nor'],
  ['identity', one({ ...GOOD, Resource: 'arn:aws:*' }), 'Resource: "arn:aws:*" is neither "*" nor'],
  ['identity', one({ ...GOOD, Principal: '*' }), '"Principal" has no place here'],
  ['identity', one({ ...GOOD, Condition: [] }), 'Statement[0].Condition is not an object'],
  [
    'identity',
    one({ ...GOOD, Condition: { Bol: {} } }),
    'Condition: "Bol" is no condition operator',
  ],
  ['identity', one({ ...GOOD, Condition: { NullIfExists: {} } }), '"NullIfExists" is no condition'],
  [
    'identity',
    one({ ...GOOD, Condition: { 'ForSome:Bool': {} } }),
    '"ForSome:Bool" is no condition',
  ],
  ['identity', one({ ...GOOD, Condition: { Bool: 'true' } }), 'Condition.Bool is not an object'],
  ['identity', one({ ...GOOD, Condition: { Bool: { k: null } } }), 'Bool.k: null is not a text'],
  ['trust', one({ ...TRUST, Resource: '*' }), '"Resource" has no place here'],
  ['trust', one({ ...TRUST, Principal: undefined }), 'Principal is missing'],
  ['trust', one({ ...TRUST, Principal: 'me' }), 'Principal is not an object'],
  ['trust', one({ ...TRUST, Principal: { Aws: '*' } }), '"Aws" has no place here'],
  ['trust', one({ ...TRUST, Principal: { AWS: 'me' } }), 'AWS: "me" names no principal'],
  [
    'trust',
    one({ ...TRUST, Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }),
    'names no principal',
  ],
  ['trust', one({ ...TRUST, NotPrincipal: '*' }), '"NotPrincipal" has no place here'],
])('in the %s policy %j it names what is wrong', (kind, document, reason) => {
  expect(() => parsePolicy(document, kind, 'the policy of vera')).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^Could not read the policy of vera: /) as string,
    }),
  );
  expect(() => parsePolicy(document, kind, 'the policy of vera')).toThrow(reason);
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findTool } from '../support/tools.js';
import { ALICE_KEY, makeWorld } from './small-world.js';
import { start } from './start-sandbox.js';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
const messageOf = (service: string): string =>
  `This practice AWS has only STS and some of IAM, and no ${service}. What works: aws sts get-caller-identity`;

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Its signature is not looked at: there is nothing behind it to protect. */
async function ask(url: string, service: string, { path = '/', ...sent }: Sent): Promise<Response> {
  const scope = `${ALICE_KEY.id}/20260301/us-east-1/${service}/aws4_request`;
  const signature = '0'.repeat(64);
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${signature}`;
  return fetch(`${url}${path}`, { ...sent, headers: { ...sent.headers, authorization } });
}

const post = (type: string, body: string, headers: Record<string, string> = {}): Sent => ({
  method: 'POST',
  headers: { 'content-type': type, ...headers },
  body,
});
const DYNAMODB = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
const EVENTS = { 'x-amz-target': 'AWSEvents.ListRules' };
const CODE = '<Code>UnsupportedOperation</Code>';
const XML = 'text/xml';

test.each<[string, string, Sent, string, string, string]>([
  ['s3', '', { path: '/bucket?list-type=2' }, XML, `<Error> ${CODE} <Message>`, '</Error>'],
  [
    'ec2',
    'DescribeVpcs',
    post(FORM, 'Action=DescribeVpcs&Version=2016-11-15'),
    XML,
    `<Response> <Errors> <Error> ${CODE} <Message>`,
    '</Response>',
  ],
  [
    'sqs',
    'ListQueues',
    post(FORM, 'Action=ListQueues&Version=2012-11-05'),
    XML,
    `<ErrorResponse> <Error> <Type>Sender</Type> ${CODE} <Message>`,
    '</ErrorResponse>',
  ],
  [
    'route53',
    '',
    { path: '/2013-04-01/hostedzone' },
    XML,
    `<ErrorResponse> <Error> <Type>Sender</Type> ${CODE} <Message>`,
    '</ErrorResponse>',
  ],
  [
    'dynamodb',
    'ListTables',
    post('application/x-amz-json-1.0', '{}', DYNAMODB),
    'application/x-amz-json-1.0',
    '{"__type":"UnsupportedOperation","message":"',
    '"}',
  ],
  [
    'events',
    'ListRules',
    post('application/x-amz-json-1.1', '{}', EVENTS),
    'application/x-amz-json-1.1',
    '{"__type":"UnsupportedOperation","message":"',
    '"}',
  ],
  [
    'lambda',
    '',
    { path: '/2015-03-31/functions/' },
    'application/json',
    '{"__type":"UnsupportedOperation","message":"',
    '"}',
  ],
])('%s is refused as absent, in its own format', async (service, action, sent, type, head, end) => {
  const { url, requests } = await start(makeWorld({}));
  const answer = await ask(url, service, sent);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe(type);
  const text = (await answer.text()).trim().replace(/>\s+</g, '> <');
  expect(text.startsWith(`${head}${messageOf(service)}`)).toBe(true);
  expect(text.endsWith(end)).toBe(true);
  expect(requests).toMatchObject([
    { service, action, principalArn: null, outcome: { status: 400, code: 'UnsupportedOperation' } },
  ]);
});

const aws = findTool('aws');
test.skipIf(aws === null).each([
  ['s3', ['s3', 'ls'], 'ListBuckets'],
  ['ec2', ['ec2', 'describe-vpcs'], 'DescribeVpcs'],
  ['dynamodb', ['dynamodb', 'list-tables'], 'ListTables'],
])('the AWS CLI shows that there is no %s, and asks once', async (service, args, operation) => {
  const { url, requests } = await start(makeWorld({}));
  const home = mkdtempSync(join(tmpdir(), 'assume-absent-'));
  onTestFinished(() => {
    rmSync(home, { recursive: true });
  });
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: ALICE_KEY.id,
    AWS_SECRET_ACCESS_KEY: ALICE_KEY.secret,
  };
  const stderr = await new Promise<string>((resolve) => {
    execFile(aws ?? '', args, { env }, (_error, _stdout, text) => {
      resolve(text);
    });
  });
  expect(stderr).toContain(
    `An error occurred (UnsupportedOperation) when calling the ${operation} operation: ${messageOf(service)}`,
  );
  expect(requests).toHaveLength(1);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTAINER_PATH } from '../support/container-endpoint.js';
import { endpointJson } from '../support/endpoint-server.js';
import { METADATA_QUESTIONS } from '../support/instance-metadata.js';
import { issueMachineRole } from '../support/machine-role.js';
import { underOwnNetwork } from '../support/own-network.js';
import { printed, usePractice } from '../support/use-practice.js';

const [TOKEN, ROLES, KEYS] = METADATA_QUESTIONS;
const EKS = 'http://169.254.170.23/v1/credentials';

describe('the addresses that AWS itself gives', () => {
  it.each<{
    what: string;
    address: string;
    source: string;
    env: Readonly<Record<string, string>>;
    asked: readonly string[];
  }>([
    {
      what: 'a relative URI is at that of ECS, whatever full one is there',
      address: '169.254.170.2',
      source: 'EcsContainer',
      env: {
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: CONTAINER_PATH,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
      },
      asked: [`GET ${CONTAINER_PATH}`],
    },
    {
      what: 'a full URI may be that of EKS',
      address: '169.254.170.23',
      source: 'EcsContainer',
      env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: EKS },
      asked: ['GET /v1/credentials'],
    },
    {
      what: 'metadata are at that of EC2',
      address: '169.254.169.254',
      source: 'Ec2InstanceMetadata',
      env: {},
      asked: METADATA_QUESTIONS,
    },
  ])('$what', async ({ address, source, env, asked }) => {
    const practice = await usePractice();
    const credentials = issueMachineRole(practice);
    const keys = endpointJson(credentials);
    const under = underOwnNetwork(practice, address, {
      ...{ [TOKEN]: 'fake-token', [ROLES]: 'machine', [KEYS]: keys },
      ...{ [`GET ${CONTAINER_PATH}`]: keys, 'GET /v1/credentials': keys },
    });
    if (!under) return;
    practice.write('.aws/config', `[profile m]\ncredential_source = ${source}\n`);
    const answer = printed(await practice.run(['credential-process', 'm'], { env, under }));
    expect(answer.AccessKeyId).toBe(credentials.accessKeyId);
    const log = readFileSync(join(practice.home.path, 'asked.log'), 'utf8');
    expect(log.trimEnd().split('\n')).toEqual(asked);
  });
});

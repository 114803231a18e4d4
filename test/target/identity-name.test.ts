import { describe, expect, it } from 'vitest';
import { AWS_CONFIG, configuredHost, KEYS } from '../support/configured-host.js';
import { targetOf } from '../support/target-of.js';
import { rejectionOf } from '../support/thrown-by.js';
import { checkConfig } from '../../src/config-check.js';

const PROCESS = 'credential_process = assume credential-process identity:shared --long-term\n';
const ASSUME = '[identity shared]\naccount_id = 111111111111\nuser_name = jane.doe\n';
const AWS = `[profile base]\n${PROCESS}[profile prod]\nrole_arn = arn:aws:iam::444444444444:role/prod-role\nsource_profile = base\n`;
const KEPT = { kind: 'keychain', identity: 'shared' };

describe('identity:NAME', () => {
  it('is that identity itself', async () => {
    const target = await targetOf({ assume: ASSUME }, 'identity:shared');
    expect(target).toMatchObject({ name: 'identity:shared', kind: 'identity', hops: [] });
    expect(target.identity).toMatchObject({ name: 'shared', source: { value: KEPT } });
    expect(target.longTerm).toBe(false);
  });

  it('is that identity among several, whichever is chosen', async () => {
    const assume = `[settings]\nidentity = other\n${ASSUME}[identity other]\n`;
    const { identity } = await targetOf({ assume }, 'identity:shared');
    expect(identity.name).toBe('shared');
  });

  it.each(['identity:nobody', 'identity:', 'identity:base'])('%s is no target', async (name) => {
    const credentials = `[base]\n${KEYS}`;
    const error = await rejectionOf(targetOf({ assume: ASSUME, credentials }, name));
    expect(error).toMatchObject({ code: 'TARGET_UNKNOWN' });
  });
});

describe('a profile whose process gives an identity of the store', () => {
  it('is a way to it, that delivers its raw keys only where that is typed', async () => {
    const target = await targetOf({ assume: ASSUME, config: AWS }, 'base');
    expect([target.identity.source.value, target.longTerm]).toEqual([KEPT, false]);
    const raw = await targetOf({ assume: ASSUME, config: AWS }, 'base', { 'long-term': true });
    expect(raw.longTerm).toBe(true);
  });

  it('is what roles start from, with all that the identity says', async () => {
    const { identity, hops } = await targetOf({ assume: ASSUME, config: AWS }, 'prod');
    expect(hops).toHaveLength(1);
    expect(identity).toMatchObject({
      name: 'shared',
      source: { value: KEPT },
      definedAt: { name: 'credential_process', file: AWS_CONFIG, line: 2 },
      isTemporary: false,
      userName: { value: 'jane.doe' },
      accountId: { value: '111111111111' },
    });
  });

  it('is what another identity may name', async () => {
    const assume = `${ASSUME}[identity second]\ncredentials = profile:base\n`;
    const { identity } = await targetOf({ assume, config: AWS }, 'identity:second');
    expect(identity).toMatchObject({ name: 'second', source: { value: KEPT } });
  });

  it('is right, as config check sees it', () => {
    const { host, config } = configuredHost({ assume: ASSUME, config: AWS });
    expect(checkConfig(config, host)).toEqual({ problems: [], warnings: [] });
  });

  it('is refused where that identity has its keys elsewhere, such as from that profile', async () => {
    const assume = '[identity shared]\ncredentials = profile:base\n';
    const error = await rejectionOf(targetOf({ assume, config: AWS }, 'prod'));
    expect(error).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('profile base gets its keys from identity shared') as string,
    });
  });
});

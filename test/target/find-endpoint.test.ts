import { describe, expect, it } from 'vitest';
import { findEndpoint } from '../../src/target/find-endpoint.js';
import { readFlagValues } from '../../src/target/flag-values.js';
import { settingsOf } from '../../src/target/layers.js';
import { ASSUME_INI, configuredHost } from '../support/configured-host.js';
import { fakeHost } from '../support/fake-host.js';
import { thrownBy } from '../support/thrown-by.js';

const none = readFlagValues({}, fakeHost());

describe('ASSUME_ENDPOINT_URL', () => {
  it.each([
    'http://127.0.0.1:8080',
    'http://127.0.0.1:8080/path',
    'https://127.255.0.9',
    'http://localhost',
    'http://LOCALHOST:1',
    'http://[::1]:8080',
    'http://127.1:80',
    'http://0x7f000001',
  ])('may be %s', (url) => {
    expect(findEndpoint(none, [], { ASSUME_ENDPOINT_URL: url })).toMatchObject({
      value: url,
      origin: { kind: 'variable', name: 'ASSUME_ENDPOINT_URL' },
    });
  });

  it.each([
    'http://example.com',
    'https://sts.amazonaws.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://127.0.0.1@example.com',
    'http://example.com#@127.0.0.1',
    'http://128.0.0.1',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://[::2]',
    'http://[::ffff:127.0.0.1]',
    'ftp://127.0.0.1',
    'file:///127.0.0.1',
    'javascript:127.0.0.1',
    '127.0.0.1:8080',
    'localhost',
    '//127.0.0.1',
    ' ',
  ])('may not be %s', (url) => {
    const error = thrownBy(() => findEndpoint(none, [], { ASSUME_ENDPOINT_URL: url }));
    expect(error.code).toBe('USAGE');
    expect(error.hint).toContain('--endpoint-url');
  });
});

describe('the endpoint', () => {
  const { config } = configuredHost({
    assume: '[settings]\nendpoint_url = https://vpce.example\n',
  });
  const layers = [settingsOf(config)];
  const flags = readFlagValues({ 'endpoint-url': 'https://flag.example' }, fakeHost());
  const env = { ASSUME_ENDPOINT_URL: 'http://127.0.0.1:1' };

  it("is the flag's, then the variable's, then that of assume's own file, then AWS", () => {
    expect(findEndpoint(flags, layers, env)?.value).toBe('https://flag.example');
    expect(findEndpoint(none, layers, env)?.value).toBe('http://127.0.0.1:1');
    expect(findEndpoint(none, layers, { ASSUME_ENDPOINT_URL: '' })).toEqual({
      value: 'https://vpce.example',
      origin: { kind: 'file', name: 'endpoint_url', file: ASSUME_INI, line: 2, column: 16 },
    });
    expect(findEndpoint(none, [], {})).toBeNull();
  });

  it("is never what AWS's own tools would obey", () => {
    const obeyed = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:2',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:2',
    };
    expect(findEndpoint(none, [], obeyed)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { redact } from '../../src/credentials.js';
import type { Environment } from '../../src/host/host.js';
import { findProxy } from '../../src/host/proxy.js';
import { thrownBy } from '../support/thrown-by.js';

const STS = { protocol: 'https:', hostname: 'sts.us-east-1.amazonaws.com' };
const PLAIN = { protocol: 'http:', hostname: 'aws.example', port: 4566 };

describe('the proxy of a destination', () => {
  it.each<[Environment, destination: typeof STS, url: string | null, variable: string]>([
    [{}, STS, null, ''],
    [{ HTTPS_PROXY: 'http://p:3128' }, STS, 'http://p:3128', 'HTTPS_PROXY'],
    [{ https_proxy: 'http://p:3128' }, STS, 'http://p:3128', 'https_proxy'],
    [{ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' }, STS, 'http://a:1', 'https_proxy'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://b:2' }, STS, null, ''],
    [{ HTTPS_PROXY: '' }, STS, null, ''],
    [{ HTTPS_PROXY: ' ' }, STS, null, ''],
    [{ HTTP_PROXY: 'http://p:3128' }, STS, null, ''],
    [{ HTTP_PROXY: 'http://p:3128' }, PLAIN, 'http://p:3128', 'HTTP_PROXY'],
    [{ http_proxy: 'http://p:3128' }, PLAIN, 'http://p:3128', 'http_proxy'],
    [{ HTTPS_PROXY: 'http://p:3128' }, PLAIN, null, ''],
    [{ ALL_PROXY: 'http://p:3128' }, STS, null, ''],
    [{ HTTPS_PROXY: 'https://p' }, STS, 'https://p', 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'p:3128' }, STS, 'http://p:3128', 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: '//p:3128' }, STS, 'http://p:3128', 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'http://p:3128/ignored' }, STS, 'http://p:3128', 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'http://[::1]:3128' }, STS, 'http://[::1]:3128', 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'amazonaws.com' }, STS, null, ''],
    [{ HTTPS_PROXY: 'http://p', no_proxy: 'amazonaws.com' }, STS, null, ''],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'amazonaws.com:443' }, STS, null, ''],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: '*', no_proxy: '' }, STS, 'http://p', 'HTTPS_PROXY'],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'example.com' }, STS, 'http://p', 'HTTPS_PROXY'],
    [{ HTTP_PROXY: 'http://p', NO_PROXY: 'aws.example:80' }, PLAIN, 'http://p', 'HTTP_PROXY'],
    [{ HTTP_PROXY: 'http://p', NO_PROXY: 'aws.example:4566' }, PLAIN, null, ''],
  ])('%j', (env, destination, url, variable) => {
    const proxy = findProxy(env, destination);
    expect(proxy && [proxy.url, proxy.variable]).toEqual(url && [url, variable]);
  });

  it.each(['localhost', 'sts.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1', 'LOCALHOST'])(
    'is none for this machine itself: %s',
    (hostname) => {
      const env = { HTTPS_PROXY: 'http://p', HTTP_PROXY: 'http://p' };
      expect(findProxy(env, { protocol: 'https:', hostname })).toBeNull();
      expect(findProxy(env, { protocol: 'http:', hostname })).toBeNull();
    },
  );

  it.each([
    ['http://jane:s3cret@p:3128', 'jane:s3cret'],
    ['http://jane@p:3128', 'jane:'],
    ['http://jane:p%40ss%25w%C3%BCrd@p:3128', 'jane:p@ss%würd'],
    ['jane:s3cret@p:3128', 'jane:s3cret'],
  ])('is given the user and password of %s', (url, text) => {
    const proxy = findProxy({ HTTPS_PROXY: url }, STS);
    const header = `Basic ${Buffer.from(text).toString('base64')}`;
    expect(proxy?.authorization?.reveal()).toBe(header);
    expect(proxy?.url).toBe('http://p:3128');
    expect(redact(header)).toBe('[secret]');
  });

  it('is given none where none are written', () => {
    expect(findProxy({ HTTPS_PROXY: 'http://p:3128' }, STS)?.authorization).toBeNull();
  });

  it.each(['socks5://p:1080', 'ftp://p', 'http://', 'http://p:x', 'file:///p', 'http://a b'])(
    'cannot be %s',
    (url) => {
      const error = thrownBy(() => findProxy({ HTTPS_PROXY: url }, STS));
      expect(error.code).toBe('CONFIG_INVALID');
      expect(error.message).toBe('HTTPS_PROXY does not name an HTTP proxy');
    },
  );

  it('is not told with its password when that cannot be read', () => {
    const error = thrownBy(() => findProxy({ HTTPS_PROXY: 'http://jane:100%@p' }, STS));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain('100');
    expect(error.hint).toContain('%25');
  });

  it('matters not where the way is straight', () => {
    const env = { HTTPS_PROXY: 'socks5://p:1080', NO_PROXY: '*' };
    expect(findProxy(env, STS)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { isListed } from '../../src/host/no-proxy.js';

const STS = 'sts.us-east-1.amazonaws.com';

describe('a list of hosts that need no proxy', () => {
  it.each<[list: string, host: string, port: number, isListed: boolean]>([
    ['', STS, 443, false],
    [',', STS, 443, false],
    ['*', STS, 443, true],
    [STS, STS, 443, true],
    ['amazonaws.com', STS, 443, true],
    ['.amazonaws.com', STS, 443, true],
    ['*.amazonaws.com', STS, 443, true],
    ['.amazonaws.com', 'amazonaws.com', 443, true],
    ['AmazonAWS.com', STS, 443, true],
    ['azonaws.com', STS, 443, false],
    ['amazonaws.com.cn', STS, 443, false],
    ['example.com, amazonaws.com', STS, 443, true],
    ['example.com amazonaws.com', STS, 443, true],
    ['example.com,,other.example', STS, 443, false],
    [`${STS}:443`, STS, 443, true],
    [`${STS}:8443`, STS, 443, false],
    ['amazonaws.com:443', STS, 443, true],
    ['amazonaws.com:80', STS, 443, false],
    ['10.1.2.3', '10.1.2.3', 443, true],
    ['10.1.2.3', '110.1.2.3', 443, false],
    ['2.3', '10.1.2.3', 443, false],
    ['10.1.2.3:8443', '10.1.2.3', 8443, true],
    ['10.1.2.3:8443', '10.1.2.3', 443, false],
    ['10.0.0.0/8', '10.1.2.3', 443, true],
    ['10.0.0.0/8', '11.1.2.3', 443, false],
    ['10.0.0.0/8', STS, 443, false],
    ['10.0.0.0/33', '10.0.0.0', 443, false],
    ['2001:db8::1', '2001:db8::1', 443, true],
    ['[2001:db8::1]:443', '2001:db8::1', 443, true],
    ['[2001:db8::1]:80', '2001:db8::1', 443, false],
    ['2001:db8::/32', '2001:db8:1::9', 443, true],
    ['2001:db8::/32', '2001:db9::9', 443, false],
    ['2001:db8::/32', '10.1.2.3', 443, false],
  ])('%j has %s:%i: %s', (list, host, port, expected) => {
    expect(isListed(list, host, port)).toBe(expected);
  });
});

import { expect, it } from 'vitest';
import { parseWebUrl } from '../../src/identity/web-url.js';

it.each([
  ['https://d-1234567890.awsapps.com/start', true],
  ['https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH', true],
  ['http://127.0.0.1:8080/device', true],
  ['http://127.1.2.3/', true],
  ['http://localhost:8080/device', true],
  ['http://[::1]:8080/device', true],
  ['http://d-1234567890.awsapps.com/start', false],
  ['http://127.0.0.1.example.com/', false],
  ['http://localhost.example.com/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['vscode://extension', false],
  ['/usr/bin/program', false],
  ['--help', false],
  ['', false],
])('"%s" is a page to send a browser to: %s', (text, isPage) => {
  expect(parseWebUrl(text)?.href).toBe(isPage ? new URL(text).href : undefined);
});

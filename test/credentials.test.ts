import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redact, Secret } from '../src/credentials.js';

const TEXT = 'plainly-fake-secret-for-printing';

function printed(write: (console: Console) => void): string {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  write(new Console(stream));
  return text;
}

describe('a Secret', () => {
  const secret = new Secret(TEXT);

  it.each<[string, () => string]>([
    ['String()', () => String(secret)],
    ['toString()', () => secret.toString()],
    ['a template', () => `a ${secret.toString()}`],
    ['joining a list', () => [secret, secret].join()],
    ['JSON', () => JSON.stringify({ secret, list: [secret] })],
    ['inspect', () => inspect(secret, { showHidden: true, depth: 9 })],
    [
      'inspect without its own hook',
      () => inspect(secret, { customInspect: false, showHidden: true }),
    ],
    ['inspect of what holds it', () => inspect({ a: { b: [secret] } }, { depth: 9 })],
    ['format %s %j %o', () => format('%s %j %o %O', secret, secret, secret, secret)],
    [
      'console.log',
      () =>
        printed((console) => {
          console.log(secret, { secret });
        }),
    ],
    [
      'console.table',
      () =>
        printed((console) => {
          console.table([{ secret }]);
        }),
    ],
    ['its own keys', () => Object.entries(secret).join()],
    ['an error that names it', () => new Error(`bad: ${secret.toString()}`).message],
    ['a copy', () => JSON.stringify(Object.assign({}, secret))],
  ])('is not seen by %s', (_, show) => {
    expect(show()).not.toContain(TEXT);
  });

  it('is given to whoever asks for it by name', () => {
    expect(secret.reveal()).toBe(TEXT);
  });
});

describe('redact', () => {
  it('hides a code where it stands alone, not inside an account', () => {
    new Secret('444444');
    expect(redact('444444 for 444444444444')).toBe('[secret] for 444444444444');
  });

  it('finds every secret of this run, wherever and however often it stands', () => {
    const secret = new Secret('fake+$&.*secret');
    expect(redact(`a${secret.reveal()}b ${secret.reveal()}`)).toBe('a[secret]b [secret]');
  });

  it('hides all of a secret that holds another', () => {
    new Secret('inner-fake');
    new Secret('outer-inner-fake-outer');
    expect(redact('outer-inner-fake-outer inner-fake')).toBe('[secret] [secret]');
  });

  it('is not confused by an empty secret', () => {
    new Secret('');
    expect(redact('plain')).toBe('plain');
  });

  it.each([
    ['a secret access key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ'],
    ['a session token', `IQoJb3JpZ2luX2Vj${'A'.repeat(40)}==`],
    ['an older session token', `FwoGZXIvYXdzE${'b'.repeat(40)}`],
    ['the oldest session token', `FQoDYXdzE${'c'.repeat(40)}`.replace('FQoD', 'FQoG')],
  ])('hides %s that it never met', (_, secret) => {
    expect(redact(`before ${secret} after`)).toBe('before [secret] after');
    expect(redact(`"${secret}"`)).toBe('"[secret]"');
    expect(redact(`key=${secret}`)).not.toContain(secret);
  });

  it.each([
    ['an access key ID', 'AKIAIOSFODNN7EXAMPLE'],
    ['a role ARN', 'arn:aws:iam::111122223333:role/team/prod-role'],
    ['an account', '111122223333'],
    ['a path and line', '/home/jane/.aws/config:12'],
    ['a hash of 64 digits', 'f'.repeat(64)],
    ['nothing', ''],
  ])('leaves %s', (_, text) => {
    expect(redact(text)).toBe(text);
  });
});

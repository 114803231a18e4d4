import { describe, expect, it } from 'vitest';
import { explainMfaSerial, parseMfaSerial } from '../../src/arn/mfa-serial.js';

describe('an MFA serial', () => {
  it.each([
    ['arn:aws:iam::111122223333:mfa/jane.doe', 'virtual', null],
    ['arn:aws-cn:iam::111122223333:mfa/jane', 'virtual', null],
    ['arn:aws:iam::111122223333:mfa/team/jane+x@y', 'virtual', null],
    ['GAHT12345678', 'hardware', null],
    ['123456789', 'hardware', null],
    ['x'.repeat(256), 'hardware', null],
    ['arn:aws:iam::111122223333:u2f/user/jane/key-ABC', 'fido', 'FIDO'],
    ['arn:aws:iam::111122223333:user/jane', null, 'arn:aws:iam::111122223333:mfa/jane'],
    ['12345678', null, 'arn:aws:iam::111122223333:mfa/NAME'],
    ['x'.repeat(257), null, 'mfa/NAME'],
    ['', null, 'mfa/NAME'],
    ['GAHT 12345678', null, 'mfa/NAME'],
    ['arn:aws:iam::111122223333:mfa/', null, 'mfa/NAME'],
    ['arn:aws:iam::1111:mfa/jane', null, 'mfa/NAME'],
    ['arn:aws:iam::111122223333:mfa/jane\n', null, 'mfa/NAME'],
  ])('%j is %s', (text, kind, problem) => {
    expect(parseMfaSerial(text)).toBe(kind);
    const said = explainMfaSerial(text);
    if (problem === null) expect(said).toBeNull();
    else expect(said).toContain(problem);
  });
});

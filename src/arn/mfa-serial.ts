/** What kind of MFA device a serial names. */
export type MfaSerialKind = 'virtual' | 'hardware' | 'fido';

const VIRTUAL = /^arn:[a-z0-9-]+:iam::\d{12}:mfa\/[\w+=,.@/-]+$/;
const FIDO = /^arn:[a-z0-9-]+:iam::\d{12}:u2f\/[\w+=,.@/-]+$/;
/** STS takes 9 to 256 characters of this set as a SerialNumber. */
const HARDWARE = /^[\w+=/,.@-]{9,256}$/;

/** The device's kind; `null` when the text can be no serial. */
export function parseMfaSerial(text: string): MfaSerialKind | null {
  if (VIRTUAL.test(text)) return 'virtual';
  if (FIDO.test(text)) return 'fido';
  return HARDWARE.test(text) ? 'hardware' : null;
}

/** What is wrong with a text that was meant as a serial STS accepts; `null` when nothing is. */
export function explainMfaSerial(text: string): string | null {
  switch (parseMfaSerial(text)) {
    case 'virtual':
    case 'hardware':
      return null;
    case 'fido':
      return 'a FIDO device or passkey cannot be used with STS; register a TOTP device too';
    case null:
      return /^arn:[a-z0-9-]+:iam::\d{12}:user\//.test(text)
        ? `it names the user, not the device; a virtual device reads ${text.replace(':user/', ':mfa/')}`
        : 'a virtual device reads arn:aws:iam::111122223333:mfa/NAME, a hardware one is its serial number';
  }
}

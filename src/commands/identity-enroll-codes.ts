import { Secret } from '../credentials.js';
import type { NewMfaDevice } from '../aws/mfa-devices.js';
import type { Host } from '../host/host.js';
import { attempt } from '../store/attempt.js';
import { openSpentCodes } from '../store/spent-codes.js';
import { drawQrCode } from './qr-code.js';

/** Another screen of the terminal, which goes with all that was on it. */
const [OPEN_SCREEN, CLOSE_SCREEN] = ['\u001b[?1049h\u001b[H', '\u001b[?1049l'];

/** Lines for the words around the code. */
const LINES_OF_WORDS = 7;

/**
 * Shows a new device's QR code on the terminal itself, on request its seed too, and asks the two
 * codes that prove that a phone has it. On a terminal that is high enough nothing of it stays.
 *
 * @throws AssumeError CANCELLED
 */
export async function askTwoCodes(
  host: Host,
  userName: string,
  device: NewMfaDevice,
): Promise<[string, string]> {
  const { terminal } = host;
  const lines = await drawQrCode(phoneUri(userName, device));
  const isOwnScreen = (terminal.rows ?? 0) >= lines.length + LINES_OF_WORDS;
  terminal.show(`${isOwnScreen ? OPEN_SCREEN : ''}${lines.join('\r\n')}\r\n`);
  try {
    terminal.show('Scan it with your phone. To type it in instead: answer "seed".\r\n');
    const first = await askCode(host, device, 'First code:', null);
    const second = await askCode(host, device, 'The next code, in up to 30 seconds:', first);
    remember(host, device, [first, second]);
    return [first, second];
  } finally {
    if (isOwnScreen) terminal.show(CLOSE_SCREEN);
  }
}

/** @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
function phoneUri(userName: string, { serial, seed }: NewMfaDevice): string {
  const [, account = ''] = /::(\d{12}):/.exec(serial) ?? [];
  const label = encodeURIComponent(`${userName}@${account}`);
  return `otpauth://totp/AWS:${label}?secret=${seed.reveal()}&issuer=AWS`;
}

async function askCode(
  host: Host,
  { seed }: NewMfaDevice,
  question: string,
  before: string | null,
): Promise<string> {
  for (;;) {
    const answer = (await host.terminal.askHidden(question)).replace(/\s/g, '');
    if (answer.toLowerCase() === 'seed') {
      host.terminal.show(`${(seed.reveal().match(/.{1,4}/g) ?? []).join(' ')}\r\n`);
    } else if (!/^[0-9]{6}$/.test(answer)) {
      host.terminal.show('A code is six digits.\r\n');
    } else if (answer === before) {
      host.terminal.show('That is the first code; wait for the next one.\r\n');
    } else {
      return new Secret(answer).reveal();
    }
  }
}

/** AWS takes each code once; these are as good as sent. */
function remember(host: Host, { serial }: NewMfaDevice, codes: readonly string[]): void {
  attempt(host, 'remember that the codes are spent', () => {
    const spent = openSpentCodes(host);
    for (const code of codes) spent.add(serial, code);
  });
}

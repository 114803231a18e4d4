import type { Request } from '../argv.js';
import { Secret, type Credentials } from '../credentials.js';
import { AssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { parseRecord, recordOrNull } from '../store/json-record.js';
import { visible } from '../visible.js';

/** More lines than any of the forms has. */
const MOST_LINES = 100;

/**
 * A new pair of keys: from the terminal, the secret hidden, or with `--key -` from stdin as AWS prints
 * it (the JSON of `aws iam create-access-key`, the console's CSV) or as two lines.
 *
 * @throws AssumeError USAGE for what is no pair of long-term keys, and where nobody can be asked;
 * CANCELLED.
 */
export async function readNewKey({ options }: Request, host: Host): Promise<Credentials> {
  if (options.key !== undefined && options.key !== '-') {
    throw new AssumeError(
      'USAGE',
      '--key takes only -: a key on a command line is seen by others',
      {
        hint: 'write: aws iam create-access-key | assume identity add NAME --key -',
      },
    );
  }
  const [id, secret] = options.key === '-' ? readPair(host) : await askPair(host, options);
  if (id.startsWith('ASIA')) throw noPair(`${visible(id)} is temporary`);
  if (!/^AKIA[A-Z0-9]{12,124}$/.test(id)) throw noPair('that is no access key ID');
  if (!/^[\x21-\x7e]{20,128}$/.test(secret)) throw noPair('that is no secret access key');
  const secretAccessKey = new Secret(secret);
  return { accessKeyId: id, secretAccessKey, sessionToken: null, expiration: null };
}

type Pair = readonly [id: string, secret: string];

async function askPair({ terminal }: Host, options: Request['options']): Promise<Pair> {
  if (options['no-input'] || !terminal.canAsk) {
    const why = options['no-input'] ? '--no-input is given' : terminal.whyNot;
    throw new AssumeError('USAGE', `the keys have to be asked for, and ${why}`, {
      hint: 'from a program: aws iam create-access-key | assume identity add NAME --key -',
    });
  }
  const id = (await terminal.askText('Access key ID:')).trim();
  return [id, (await terminal.askHidden('Secret access key:')).trim()];
}

function readPair(host: Host): Pair {
  const lines: string[] = [];
  for (let line = host.readStdinLine(); line !== null; line = host.readStdinLine()) {
    new Secret(line.trim());
    if (lines.push(line.trim()) > MOST_LINES) break;
  }
  return pairOfJson(lines.join('\n')) ?? pairOfLines(lines.filter((line) => line !== ''));
}

function pairOfJson(text: string): Pair | null {
  const whole = parseRecord(text);
  const key = recordOrNull(whole?.['AccessKey']) ?? whole;
  const { AccessKeyId: id, SecretAccessKey: secret } = key ?? {};
  return typeof id === 'string' && typeof secret === 'string' ? [id, secret] : null;
}

/** The console's file has a line of titles, a byte order mark before it, and both in one line. */
function pairOfLines(lines: readonly string[]): Pair {
  const [first = '', second = ''] = lines;
  const isCsv = /^\ufeff?Access key ID,Secret access key$/i.test(first);
  if (!isCsv) return [first, second];
  const [id = '', secret = ''] = second.split(',');
  return [id, secret];
}

function noPair(problem: string): AssumeError {
  return new AssumeError('USAGE', problem, {
    hint: 'a long-term key is an ID that begins with AKIA, and its secret of 40 characters',
  });
}

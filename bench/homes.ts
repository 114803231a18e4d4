import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMachineClock } from '../test/support/machine-clock.js';
import { ASSUME, startPractice, type Practice } from '../test/support/practice.js';
import { startKeyring, type BenchKeyring } from './keyring.js';

/** Which configuration a row runs in. */
export type HomeName = 'few' | 'many' | 'most' | 'keyring';

/** A home, and what its programs have in their environment. */
export interface Home {
  readonly practice: Practice;
  readonly env: Readonly<Record<string, string>>;
  /** Its one warm target. */
  readonly target: string;
  close(): Promise<void>;
}

/** How many targets a catalogue has. */
const SIZES = { few: 0, keyring: 0, many: 5000, most: 10_000 } as const;

/** The account that leads to the practice's own role. */
const USED = 4321;

/** Makes it, with a warm role in it, every line that is measured noted. `null` where a keyring cannot be had. */
export async function makeHome(name: HomeName): Promise<Home | null> {
  const keyring = name === 'keyring' ? await startKeyring() : null;
  if (name === 'keyring' && !keyring) return null;
  const practice = await startPractice();
  const size = SIZES[name];
  const target = size === 0 ? 'prod-role' : `account-${String(USED)}/admin`;
  if (size > 0) practice.write('.config/assume/assume.ini', catalogue(practice, size));
  const env = { ...practice.env, ...keyring?.env };
  const home = { practice, env, target, close: () => close(practice, keyring) };
  await warm(home);
  if (name === 'most') keepManySessions(practice);
  return home;
}

/** What was written just now is noted only once it is older than a tick of the clock. */
async function warm({ practice, env, target }: Home): Promise<void> {
  const clock = makeMachineClock(practice.home);
  const code = { ASSUME_MFA_CODE: practice.freshCode('jane.doe') };
  await run(practice, ['credential-process', target], { ...env, ...code });
  clock.set(1);
  const noted = { ...env, ...clock.env };
  await run(practice, ['credential-process', target], noted);
  await run(practice, ['export', target], noted);
  await run(practice, ['exec', target, '--', 'true'], noted);
  await run(practice, ['list'], noted);
}

async function run(
  practice: Practice,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const { status, stderr } = await practice.run(args, { env });
  if (status !== 0) throw new Error(`${ASSUME} ${args.join(' ')}: ${stderr}`);
}

async function close(practice: Practice, keyring: BenchKeyring | null): Promise<void> {
  keyring?.stop();
  await practice.close();
}

/** As many as there are targets, of other roles. */
function keepManySessions(practice: Practice): void {
  const directory = join(practice.home.path, 'run/assume');
  for (let number = 0; number < SIZES.most; number++) {
    const name = `role-${number.toString(16).padStart(64, '0')}.json`;
    writeFileSync(join(directory, name), '{"version":1}', { mode: 0o600 });
  }
}

/** Accounts of a hundred customers. */
function catalogue(practice: Practice, size: number): string {
  const identity = `[identity shared]
credentials = profile:base
user_name = jane.doe
mfa_serial = ${practice.serial('jane.doe')}
`;
  const customers = Array.from(
    { length: 100 },
    (_, number) => `[customer customer-${String(number)}]\ncolor = green\n`,
  );
  const accounts = Array.from({ length: size }, (_, number) => {
    const id = number === USED ? '444444444444' : String(100_000_000_000 + number);
    return `[account account-${String(number)}]
id = ${id}
customer = customer-${String(number % 100)}
region = eu-west-1
tags = environment=production, tier=gold
roles = admin
`;
  });
  const role = '[role admin]\nrole_name = prod-role\n';
  return [identity, ...customers, role, ...accounts].join('\n');
}

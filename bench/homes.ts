import { ASSUME, startPractice, type Practice } from '../test/support/practice.js';

/** How many targets the catalogue of the large home has. */
const MANY = 5000;

/** A home with a few AWS profiles, or with a catalogue of thousands, and a warm role in it. */
export async function makeHome(size: 'few' | 'many'): Promise<Practice> {
  const practice = await startPractice();
  const target = size === 'few' ? 'prod-role' : 'account-4321/admin';
  if (size === 'many') practice.write('.config/assume/assume.ini', catalogue(practice));
  const { status, stderr } = await practice.run(['credential-process', target], {
    env: { ASSUME_MFA_CODE: practice.freshCode('jane.doe') },
  });
  if (status !== 0) throw new Error(`${ASSUME} gave no credentials: ${stderr}`);
  return practice;
}

/** Accounts of a hundred customers; the one that is used leads to the practice's own role. */
function catalogue(practice: Practice): string {
  const identity = `[identity shared]
credentials = profile:base
user_name = jane.doe
mfa_serial = ${practice.serial('jane.doe')}
`;
  const customers = Array.from(
    { length: 100 },
    (_, number) => `[customer customer-${String(number)}]\ncolor = green\n`,
  );
  const accounts = Array.from({ length: MANY }, (_, number) => {
    const id = number === 4321 ? '444444444444' : String(100_000_000_000 + number);
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

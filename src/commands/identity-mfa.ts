import { parseMfaSerial, type MfaSerialKind } from '../arn/mfa-serial.js';
import { listMfaDevices, type MfaDevice } from '../aws/mfa-devices.js';
import { alignColumns } from '../columns.js';
import { visible, visibleJson } from '../visible.js';
import type { Command } from './command.js';
import { openOwner, type Owner } from './identity-owner.js';
import { sayUnlessQuiet } from './say.js';

const IN_WORDS: Readonly<Record<MfaSerialKind, string>> = {
  virtual: 'virtual',
  hardware: 'hardware',
  fido: 'FIDO, which STS cannot use',
};

/** Lists an identity's MFA devices, or enrols another one. */
export const command: Command = {
  run: async (request, host) => {
    const owner = await openOwner(request, host, request.operands[0] ?? null);
    if (request.options.enroll) {
      const { enrollDevice } = await import('./identity-enroll.js');
      await enrollDevice(owner);
      return 0;
    }
    // The keys alone may ask this by AWS's own example of a policy.
    print(owner, await listMfaDevices(owner.aws, owner.keys));
    return 0;
  },
};

function print(owner: Owner, devices: readonly MfaDevice[]): void {
  const { host, request, target } = owner;
  const { name } = target.identity;
  const rows = devices.map(({ serial, enabledAt }) => ({
    serial,
    kind: parseMfaSerial(serial),
    enabledAt,
  }));
  if (request.options.json) {
    host.stdout(`${visibleJson({ version: 1, identity: name, devices: rows })}\n`);
    return;
  }
  const cells = rows.map(({ serial, kind, enabledAt }) => [
    visible(serial),
    kind === null ? '' : IN_WORDS[kind],
    enabledAt === null ? '' : `since ${enabledAt.toISOString().slice(0, 10)}`,
  ]);
  for (const row of alignColumns(cells)) host.stdout(`${row.join('  ')}\n`);
  if (rows.length > 0) return;
  sayUnlessQuiet(host, request.options, `${name} has no MFA device`);
  sayUnlessQuiet(host, request.options, `enrol one: assume identity mfa ${name} --enroll`);
}

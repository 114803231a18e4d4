import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { totpCode } from '../../src/sandbox/totp.js';
import { readQrCode } from '../support/read-qr-code.js';
import { callAws, outcomeOf, type CallAnswer } from './aws-call.js';
import { ALICE_SERIAL, HOME, inline, makeUser, makeWorld } from './small-world.js';
import { start, type TestSandbox } from './start-sandbox.js';

const ANY = inline('Allow', { Action: 'iam:*', Resource: '*' });
const PHONE = `arn:aws:iam::${HOME}:mfa/phone`;

const startAny = (): Promise<TestSandbox> => start(makeWorld({ alice: { policies: [ANY] } }));

const iam = (
  sandbox: TestSandbox,
  action: string,
  parameters: Record<string, string>,
): Promise<CallAnswer> =>
  callAws(sandbox.url, action, parameters, { service: 'iam', at: sandbox.now() });

const create = (sandbox: TestSandbox): Promise<CallAnswer> =>
  iam(sandbox, 'CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' });

const seedOf = (made: CallAnswer): string =>
  Buffer.from(made.value('Base32StringSeed') ?? '', 'base64').toString();

/** Enables the device with the codes of two steps, counted from now. */
const enable = (
  sandbox: TestSandbox,
  seed: string,
  steps: readonly [number, number] = [-1, 0],
  changes: Record<string, string> = {},
): Promise<CallAnswer> => {
  const [first, second] = steps.map((step) =>
    totpCode(seed, new Date(sandbox.now().getTime() + step * 30_000)),
  );
  return iam(sandbox, 'EnableMFADevice', {
    UserName: 'alice',
    SerialNumber: PHONE,
    AuthenticationCode1: first ?? '',
    AuthenticationCode2: second ?? '',
    ...changes,
  });
};

test('a device is made, enabled by two codes, listed, and good for a session', async () => {
  const sandbox = await startAny();
  const made = await create(sandbox);
  expect(made.value('SerialNumber')).toBe(PHONE);
  const seed = seedOf(made);
  expect(seed).toMatch(/^[A-Z2-7]{64}$/);
  expect((await iam(sandbox, 'ListMFADevices', {})).text).not.toContain(PHONE);
  expect(outcomeOf(await enable(sandbox, seed))).toBe('200');
  expect((await iam(sandbox, 'ListMFADevices', {})).text).toContain(PHONE);
  sandbox.pass(30);
  const proof = { SerialNumber: PHONE, TokenCode: totpCode(seed, sandbox.now()) };
  const session = await callAws(sandbox.url, 'GetSessionToken', proof, { at: sandbox.now() });
  expect(session.status).toBe(200);
});

test('its QR code reads as what a phone expects', async () => {
  const sandbox = await startAny();
  const made = await create(sandbox);
  const picture = readPng(Buffer.from(made.value('QRCodePNG') ?? '', 'base64'));
  expect(readQrCode(picture, 1)).toBe(
    `otpauth://totp/Amazon%20Web%20Services:alice@${HOME}?secret=${seedOf(made)}&issuer=Amazon%20Web%20Services`,
  );
});

test.each([
  ['that are the same', [0, 0]],
  ['in the wrong order', [0, -1]],
  ['with one between them', [-2, 0]],
  ['that are too old', [-4, -3]],
  ['of the future', [1, 2]],
] as const)('two codes %s do not enable it', async (_, steps) => {
  const sandbox = await startAny();
  const seed = seedOf(await create(sandbox));
  expect(outcomeOf(await enable(sandbox, seed, steps))).toBe(
    '403 InvalidAuthenticationCode: Authentication code for device is not valid.',
  );
  expect(outcomeOf(await enable(sandbox, seed, [-2, -1]))).toBe('200');
});

test('the codes that enabled it are used up', async () => {
  const sandbox = await startAny();
  const seed = seedOf(await create(sandbox));
  await enable(sandbox, seed);
  const proof = { SerialNumber: PHONE, TokenCode: totpCode(seed, sandbox.now()) };
  expect((await callAws(sandbox.url, 'GetSessionToken', proof)).status).toBe(403);
});

test('a name is taken once, by a device in use or not', async () => {
  const sandbox = await startAny();
  const exists =
    '409 EntityAlreadyExists: MFADevice entity at the same path and name already exists.';
  await create(sandbox);
  expect(outcomeOf(await create(sandbox))).toBe(exists);
  const taken = await iam(sandbox, 'CreateVirtualMFADevice', { VirtualMFADeviceName: 'alice' });
  expect(outcomeOf(taken)).toBe(exists);
});

test('a device in use is neither enabled again nor deleted before it is deactivated', async () => {
  const sandbox = await startAny();
  const seed = seedOf(await create(sandbox));
  await enable(sandbox, seed);
  sandbox.pass(60);
  expect(outcomeOf(await enable(sandbox, seed))).toBe(
    '409 EntityAlreadyExists: MFA Device is already in use.',
  );
  const named = { SerialNumber: PHONE };
  expect(outcomeOf(await iam(sandbox, 'DeleteVirtualMFADevice', named))).toBe(
    '409 DeleteConflict: MFA VirtualDevice in use. Must deactivate first.',
  );
  expect((await iam(sandbox, 'DeactivateMFADevice', named)).status).toBe(200);
  expect((await iam(sandbox, 'DeleteVirtualMFADevice', named)).status).toBe(200);
  expect(outcomeOf(await iam(sandbox, 'DeleteVirtualMFADevice', named))).toBe(
    `404 NoSuchEntity: VirtualMFADevice with serial number ${PHONE} does not exist.`,
  );
});

test("only a device of the user's own is deactivated", async () => {
  const sandbox = await startAny();
  sandbox.world.accounts[0]?.users.push(makeUser('bob'));
  const parameters = { UserName: 'bob', SerialNumber: ALICE_SERIAL };
  expect(outcomeOf(await iam(sandbox, 'DeactivateMFADevice', parameters))).toBe(
    '404 NoSuchEntity: MFA Device invalid for user.',
  );
});

test('a ninth device is refused', async () => {
  const sandbox = await startAny();
  const devices = sandbox.world.accounts[0]?.users[0]?.mfaDevices ?? [];
  const [first] = devices;
  if (first) devices.push(...Array<typeof first>(7).fill(first));
  expect(outcomeOf(await enable(sandbox, seedOf(await create(sandbox))))).toBe(
    '409 LimitExceeded: Cannot exceed quota for MFADevicesPerUser: 8',
  );
});

test('policies decide on the device by its ARN', async () => {
  const own = inline('Allow', {
    Action: 'iam:CreateVirtualMFADevice',
    Resource: `arn:aws:iam::*:mfa/\${aws:username}*`,
  });
  const sandbox = await start(makeWorld({ alice: { policies: [own] } }));
  expect(outcomeOf(await create(sandbox))).toBe(
    `403 AccessDenied: User: arn:aws:iam::${HOME}:user/alice is not authorized to perform: iam:CreateVirtualMFADevice on resource: ${PHONE} because no identity-based policy allows the iam:CreateVirtualMFADevice action`,
  );
  const named = { VirtualMFADeviceName: 'alice-2' };
  expect((await iam(sandbox, 'CreateVirtualMFADevice', named)).status).toBe(200);
});

/** The pixels of a PNG as `qrCodePng` writes them, 8 bits of grey with no filter: black is `true`. */
function readPng(png: Buffer): boolean[][] {
  const size = png.readUInt32BE(16);
  const start = png.indexOf('IDAT') + 4;
  const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  return Array.from({ length: size }, (_, row) => {
    const first = row * (size + 1) + 1;
    return [...rows.subarray(first, first + size)].map((grey) => grey < 128);
  });
}

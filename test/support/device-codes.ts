import { randomBytes } from 'node:crypto';
import { oauthRefusal, secretText, type LoginAnswer } from './oauth.js';

/** What the person does at the page that a login shows. */
export type Decision = 'approve' | 'deny' | 'nothing';

/** May be changed while it runs. */
export interface DeviceSettings {
  decision: Decision;
  intervalSeconds: number;
  /** How long a code may be confirmed. */
  deviceSeconds: number;
  /** How many polls yet are told to slow down, however slow they are. */
  slowDowns: number;
  /** Where it sends people to confirm a code, in place of its own page. */
  verificationUri: string | null;
}

/** Logins by device code. */
export interface Devices {
  start(clientId: string): LoginAnswer;
  /** The person opens the page for that code. */
  visit(userCode: unknown): LoginAnswer;
  /** Returns once when the person has approved. @throws LoginRefusal until then, as OAuth says. */
  poll(clientId: string, deviceCode: string): void;
}

interface Device {
  readonly clientId: string;
  readonly userCode: string;
  readonly expires: Date;
  decision: Decision;
  intervalSeconds: number;
  polled: Date;
}

/** Timers may fire a little early. */
const TOLERANCE_SECONDS = 0.1;

export function makeDevices(settings: DeviceSettings, url: () => string, now: () => Date): Devices {
  const devices = new Map<string, Device>();
  return {
    start: (clientId) => {
      const { deviceSeconds: expiresIn, intervalSeconds: interval } = settings;
      const deviceCode = secretText('device-');
      const [left, right] = [randomBytes(2), randomBytes(2)].map((bytes) => bytes.toString('hex'));
      const userCode = `${left ?? ''}-${right ?? ''}`.toUpperCase();
      devices.set(deviceCode, {
        ...{ clientId, userCode, decision: 'nothing', intervalSeconds: interval, polled: now() },
        expires: new Date(now().getTime() + expiresIn * 1000),
      });
      const verificationUri = settings.verificationUri ?? `${url()}/device`;
      const verificationUriComplete = `${verificationUri}?user_code=${userCode}`;
      const body = { deviceCode, userCode, verificationUri, verificationUriComplete };
      return { status: 200, body: { ...body, expiresIn, interval } };
    },
    visit: (userCode) => {
      const device = [...devices.values()].find((one) => one.userCode === userCode);
      if (device) device.decision = settings.decision;
      return { status: device ? 200 : 404, body: 'a page' };
    },
    poll: (clientId, deviceCode) => {
      const device = devices.get(deviceCode);
      if (device?.clientId !== clientId) throw oauthRefusal('invalid_grant', 'Unknown code');
      const waited = (now().getTime() - device.polled.getTime()) / 1000;
      device.polled = now();
      if (waited < device.intervalSeconds - TOLERANCE_SECONDS || settings.slowDowns > 0) {
        settings.slowDowns = Math.max(0, settings.slowDowns - 1);
        device.intervalSeconds += 5;
        throw oauthRefusal('slow_down', 'Polling too fast');
      }
      if (now() >= device.expires) throw oauthRefusal('expired_token', 'The code has expired');
      if (device.decision === 'nothing') throw oauthRefusal('authorization_pending', 'Not yet');
      devices.delete(deviceCode);
      if (device.decision === 'deny') throw oauthRefusal('access_denied', 'The person said no');
    },
  };
}

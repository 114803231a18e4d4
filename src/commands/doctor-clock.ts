import type { Options } from '../argv.js';
import { awsContext } from '../aws/aws-context.js';
import { askServerTime } from '../aws/server-time.js';
import { readConfig, type Config } from '../config/config.js';
import { isAssumeError } from '../errors.js';
import type { Host } from '../host/host.js';
import { identityTarget } from '../target/identity-target.js';
import type { Target } from '../target/target.js';
import type { Finding } from './doctor-finding.js';

/** The SDKs put up with less; AWS refuses at 15 minutes. */
const TOLERABLE_SECONDS = 240;

/** How far this machine's clock is from AWS's, by one unsigned request to STS. */
export async function checkClock(host: Host, options: Options): Promise<Finding[]> {
  const target = findTarget(host, options);
  if (target === null) return [];
  try {
    const before = host.now().getTime();
    const server = await askServerTime(awsContext(host, target));
    const seconds = Math.round((server.getTime() - (before + host.now().getTime()) / 2) / 1000);
    const isOff = Math.abs(seconds) > TOLERABLE_SECONDS;
    return [
      {
        topic: 'clock',
        state: isOff ? 'wrong' : 'good',
        text: `${String(Math.abs(seconds))} s ${seconds < 0 ? 'ahead of' : 'behind'} AWS`,
        advice: isOff
          ? 'set the clock, on Linux: sudo timedatectl set-ntp true (AWS refuses requests that are 15 minutes off)'
          : null,
      },
    ];
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    const advice =
      error.hint ?? 'check the network, the proxy and the endpoint; then: assume doctor';
    return [{ topic: 'AWS', state: 'wrong', text: error.message, advice }];
  }
}

/** Any identity will do: only its endpoint is asked. */
function findTarget(host: Host, options: Options): Target | null {
  try {
    const config: Config = readConfig(host);
    return identityTarget(config, host, null, options);
  } catch (error) {
    if (!isAssumeError(error)) throw error;
    return null;
  }
}

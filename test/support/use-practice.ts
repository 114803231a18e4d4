import { onTestFinished } from 'vitest';
import type { RecordedRequest } from '../../src/sandbox/recorded-request.js';
import { startPractice, type Ended, type Practice } from './practice.js';

/** A practice of this test alone, closed when it ends. */
export async function usePractice(options: { latencyMs?: number } = {}): Promise<Practice> {
  const practice = await startPractice(options);
  onTestFinished(() => practice.close());
  return practice;
}

/** Environment with the current code of jane.doe's phone. */
export function withCode(practice: Practice): { env: { ASSUME_MFA_CODE: string } } {
  return { env: { ASSUME_MFA_CODE: practice.code('jane.doe') } };
}

/** Environment with a code that jane.doe's phone has not shown before. */
export function withFreshCode(practice: Practice): { env: { ASSUME_MFA_CODE: string } } {
  return { env: { ASSUME_MFA_CODE: practice.freshCode('jane.doe') } };
}

/** The last request of that action that AWS received. @throws Error when there was none. */
export function lastRequest({ aws }: Practice, action: string): RecordedRequest {
  const found = aws.requests.findLast((request) => request.action === action);
  if (!found) throw new Error(`AWS received no ${action}`);
  return found;
}

/** What `credential-process` printed. */
export interface Printed {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
  readonly Expiration?: string;
  readonly AccountId?: string;
}

/** Reads `credential-process`'s answer. @throws Error with what was said when it failed. */
export function printed({ status, stdout, stderr }: Ended): Printed {
  if (status !== 0) throw new Error(`status ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as Printed;
}

/** For how many minutes the printed credentials last from now on. */
export function minutesLeft({ Expiration = '' }: Printed): number {
  return Math.round((Date.parse(Expiration) - Date.now()) / 60_000);
}

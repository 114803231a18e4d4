import { readFileSync, readlinkSync } from 'node:fs';
import { errnoOf } from './errno.js';
import type { ProcessRecord } from './host.js';

/** The first PID namespace of a Linux machine: PROC_PID_INIT_INO of the kernel's proc_ns.h. */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

export type ProcessState = 'running' | 'stopped' | 'dead' | 'unknown';

/** Ourselves, as others can find us. */
export function recordOfSelf(): ProcessRecord {
  return {
    pid: process.pid,
    startTime: look(process.pid)?.startTime ?? null,
    bootId: readBootId(),
    hostName: machineName(),
  };
}

/**
 * What became of the process: dead, too, when the machine was booted since or its number is now
 * another process's. `unknown` when it ran on another machine or in another container.
 */
export function stateOf(record: ProcessRecord): ProcessState {
  if (record.hostName !== machineName()) return 'unknown';
  const bootId = readBootId();
  if (record.bootId !== null && bootId !== null && record.bootId !== bootId) return 'dead';
  if (!exists(record.pid)) return 'dead';
  const seen = look(record.pid);
  if (seen === null) return record.startTime === null ? 'running' : 'unknown';
  if (record.startTime !== null && record.startTime !== seen.startTime) return 'dead';
  if (/^[ZX]/.test(seen.state)) return 'dead';
  return seen.state.startsWith('T') ? 'stopped' : 'running';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return errnoOf(thrown) !== 'ESRCH';
  }
}

/** Its state letter and start time; `null` where the system does not tell. */
function look(pid: number): { state: string; startTime: string } | null {
  if (process.platform === 'win32') return null;
  const fields = readStatFields(pid);
  const [state, startTime] = [fields?.[0], fields?.[19]];
  if (state !== undefined && startTime !== undefined) return { state, startTime };
  const [, psState, started] = /^(\S+)\s+(\S.*)$/.exec(askPs('state=,lstart=', pid)) ?? [];
  return psState && started ? { state: psState, startTime: started } : null;
}

/**
 * The fields of Linux's /proc/PID/stat from the third, the state, on (proc_pid_stat(5)); the second
 * is the program's name, which may hold spaces and parentheses. `null` where there is no such file.
 */
export function readStatFields(pid: number | 'self'): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid.toString()}/stat`, 'latin1');
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .trim()
      .split(' ');
  } catch {
    return null;
  }
}

/** What ps(1) says of the process in those columns; empty when it can't tell. */
export function askPs(columns: string, pid: number): string {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const ps = spawnSync('ps', ['-o', columns, '-p', pid.toString()], {
    encoding: 'utf8',
    env: { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 2000,
  });
  return ps.status === 0 ? ps.stdout.trim() : '';
}

function readBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

/** With the container where there is one: process numbers mean something only inside it. */
function machineName(): string {
  const { hostname } = process.getBuiltinModule('node:os');
  try {
    const namespace = readlinkSync('/proc/self/ns/pid');
    return namespace === FIRST_PID_NAMESPACE ? hostname() : `${hostname()} ${namespace}`;
  } catch {
    return hostname();
  }
}

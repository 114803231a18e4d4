import { askPs, readStatFields } from './process-record.js';

/**
 * Tells whether our process group is in the foreground of its terminal. Reading from the terminal
 * in the background would stop us (SIGTTIN). Where the system does not tell, it is taken to be so.
 */
export function isInForeground(): boolean {
  if (process.platform === 'win32') return true;
  const fields = readStatFields('self');
  const [group, foreground] =
    fields === null ? askPs('pgid=,tpgid=', process.pid).split(/\s+/) : [fields[2], fields[5]];
  return foreground === undefined || group === foreground;
}

/**
 * The device of our controlling terminal, such as `/dev/pts/3`; `null` without one.
 *
 * @see https://www.kernel.org/doc/Documentation/admin-guide/devices.txt 136 to 143: Unix98 ptys
 */
export function terminalName(): string | null {
  if (process.platform === 'win32') return null;
  const fields = readStatFields('self');
  if (fields === null) {
    const name = askPs('tty=', process.pid);
    return /^\w/.test(name) ? `/dev/${name}` : null;
  }
  const device = Number(fields[4]);
  if (!Number.isInteger(device) || device === 0) return null;
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
  if (major >= 136 && major <= 143) return `/dev/pts/${((major - 136) * 256 + minor).toString()}`;
  return major === 4 && minor < 64
    ? `/dev/tty${minor.toString()}`
    : `tty ${major.toString()}:${minor.toString()}`;
}

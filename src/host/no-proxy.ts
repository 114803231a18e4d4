import { BlockList, isIP } from 'node:net';

/**
 * Tells whether a list such as `no_proxy` names a host: entries separated by commas or blanks, each
 * `*`, a name, an address or a range of addresses. A name covers what lies below it, with or without
 * a dot or star before it, as for curl and Python; `host:80` means that port alone.
 *
 * @param host - A name in lower case, or an address without brackets.
 */
export function isListed(list: string, host: string, port: number): boolean {
  const entries = list.toLowerCase().split(/[\s,]+/);
  return entries.some(
    (entry) => entry === '*' || isInRange(entry, host) || names(entry, host, port),
  );
}

function names(entry: string, host: string, port: number): boolean {
  const [, bracketed, plain = entry, onlyPort] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
  const name = (bracketed ?? plain).replace(/^\*?\.+/, '');
  return name !== '' && (host === name || (isIP(host) === 0 && host.endsWith(`.${name}`)));
}

function isInRange(entry: string, host: string): boolean {
  const [, address = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const family = familyOf(address);
  const hostFamily = familyOf(host);
  if (!family || !hostFamily || Number(bits) > (family === 'ipv4' ? 32 : 128)) return false;
  const range = new BlockList();
  range.addSubnet(address, Number(bits), family);
  return range.check(host, hostFamily);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  switch (isIP(address)) {
    case 4:
      return 'ipv4';
    case 6:
      return 'ipv6';
    default:
      return null;
  }
}

import { BlockList, isIP } from 'node:net';

/** Networks that only this machine or its neighbors can reach (https://www.iana.org/assignments/iana-ipv4-special-registry). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
/** All of IPv6 that reaches another machine on the open internet (https://www.iana.org/assignments/ipv6-unicast-address-assignments)… */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
/** … except what carries an IPv4 address, of which ours may be one: Teredo and its neighbors, and 6to4. */
PRIVATE.addSubnet('2001::', 23, 'ipv6');
PRIVATE.addSubnet('2002::', 16, 'ipv6');

/** Whether an address leads into a private network; what is no address counts as private. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  const family = isIP(plain);
  if (family === 6) return !GLOBAL.check(plain, 'ipv6') || PRIVATE.check(plain, 'ipv6');
  return family === 0 || PRIVATE.check(plain, 'ipv4');
}

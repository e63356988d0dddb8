import { BlockList, isIP } from 'node:net';

// What is not the public internet, from the registries of special addresses (RFC 6890 and its updates).
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
// Global unicast is 2000::/3; within it, these lead elsewhere (tunnels may carry a private IPv4 address).
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const privateList = listOf(special4, 'ipv4');
const specialList = listOf(special6, 'ipv6');
const globalList = listOf(['2000::/3'], 'ipv6');

/** Whether an address is not one of the public internet: this machine, a network of ours, or nobody's. */
export function isPrivateAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 4) return privateList.check(address, 'ipv4');
  if (kind !== 6) return true;
  return !globalList.check(address, 'ipv6') || specialList.check(address, 'ipv6');
}

function listOf(ranges: readonly string[], kind: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [start = '', bits] = range.split('/');
    list.addSubnet(start, Number(bits), kind);
  }
  return list;
}

import { writeFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';

/** Whole networks, as address/bits, and what the file says of each; a place has a latitude and longitude. */
export type Networks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What documentation and tests may use (RFC 5737, RFC 3849), as if it were where French people are. */
export const somewhere: Networks = {
  '192.0.2.0/24': at(48.86, 2.35),
  '198.51.100.0/24': at(-20.88, 55.45),
  '2001:db8::/32': at(45.76, 4.84),
};

/** A record of a place, as files of cities have it. */
export function at(latitude: number, longitude: number, radiusKm?: number) {
  const radius = radiusKm === undefined ? {} : { accuracy_radius: radiusKm };
  return { city: { names: { fr: 'Quelque part' } }, location: { ...radius, latitude, longitude } };
}

/** Writes a file in MaxMind DB format 2.0 (maxmind.github.io/MaxMind-DB), with records of 32 bits. */
export function writePlacesFile(path: string, networks: Networks, version: 4 | 6 = 6): string {
  // A node is its two records: a node's number, nothing, or where the data is.
  const nodes: [number | null | { data: number }, number | null | { data: number }][] = [[null, null]];
  const parts: Buffer[] = [];
  for (const [network, record] of Object.entries(networks)) {
    const data = { data: parts.reduce((sum, { length }) => sum + length, 0) };
    parts.push(encode(record));
    const bits = bitsOf(network, version);
    let node = 0;
    bits.forEach((bit, place) => {
      const branches = nodes[node] as (typeof nodes)[number];
      if (place === bits.length - 1) branches[bit] = data;
      else {
        if (typeof branches[bit] !== 'number') branches[bit] = nodes.push([null, null]) - 1;
        node = branches[bit] as number;
      }
    });
  }
  const tree = Buffer.alloc(nodes.length * 8);
  nodes.flat().forEach((branch, place) => {
    const value =
      typeof branch === 'number' ? branch : nodes.length + (branch === null ? 0 : 16 + branch.data);
    tree.writeUInt32BE(value, place * 4);
  });
  const metadata = {
    ...{ node_count: nodes.length, record_size: 32, ip_version: version, database_type: 'Vigie-Test-City' },
    ...{ binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: 1_795_000_000 },
    ...{ languages: ['fr'], description: { en: 'a test' } },
  };
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  writeFileSync(path, Buffer.concat([tree, Buffer.alloc(16), ...parts, marker, encode(metadata)]));
  return path;
}

/** The bits of a network; one of IPv4 is in the lowest 32 of a tree of IPv6. */
function bitsOf(network: string, version: 4 | 6): (0 | 1)[] {
  const [address = '', length = ''] = network.split('/');
  const groups = isIPv6(address) ? groupsOf(address) : address.split('.').map(Number);
  const width = isIPv6(address) ? 16 : 8;
  const bits = groups.flatMap((group) => [...group.toString(2).padStart(width, '0')]);
  const before = version === 6 && !isIPv6(address) ? Array<string>(96).fill('0') : [];
  return [...before, ...bits.slice(0, Number(length))].map((bit) => (bit === '1' ? 1 : 0));
}

function groupsOf(address: string): number[] {
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter((each) => each));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}

/** A value of the data section: texts, doubles, whole numbers, lists and maps. */
function encode(value: unknown): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') return encodeNumber(value);
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value as Record<string, unknown>);
  return Buffer.concat([control(7, entries.length), ...entries.flat().map(encode)]);
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(Number.isInteger(value) && value >= 0 ? 4 : 8);
  if (bytes.length === 4) bytes.writeUInt32BE(value);
  else bytes.writeDoubleBE(value);
  return Buffer.concat([control(bytes.length === 4 ? 6 : 3, bytes.length), bytes]);
}

/** The byte of type and size; types above 7 have their own. Sizes up to 28. */
function control(type: number, size: number): Buffer {
  return type > 7 ? Buffer.of(size, type - 7) : Buffer.of((type << 5) | size);
}

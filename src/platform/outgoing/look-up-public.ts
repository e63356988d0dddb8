import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress } from './private-address.ts';

/** A name that leads to this machine, or to a network of ours. */
export class PrivateAddress extends Error {}

/**
 * Looks up names that others chose, for a connection to the very addresses that were checked: a name that is
 * looked up again could lead elsewhere by then. Asks the DNS itself: the system's own look-up holds one of
 * four threads for as long as a name's servers are silent, and signatures and files wait for those threads.
 */
export function createLookUpPublic(
  makeResolver = () => new Resolver({ timeout: 1_000, tries: 2 }),
): LookupFunction {
  return (name, options, give) => {
    // A new one each time: the machine's name servers may have changed.
    findPublic(makeResolver(), name).then(
      ([first, ...others]) => {
        if (options.all === true) give(null, [first, ...others]);
        else give(null, first.address, first.family);
      },
      (error: unknown) => give(error instanceof Error ? error : new Error(String(error)), '', 0),
    );
  };
}

async function findPublic(
  resolver: Resolver,
  name: string,
): Promise<readonly [LookupAddress, ...LookupAddress[]]> {
  // No name server is asked for it, and one might answer anything.
  if (/(^|\.)localhost\.?$/i.test(name)) throw new PrivateAddress();
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 })),
    ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 })),
  ];
  const [first, ...others] = found;
  if (first === undefined) throw new Error('no address');
  if (found.some(({ address }) => isPrivateAddress(address))) throw new PrivateAddress();
  return [first, ...others];
}

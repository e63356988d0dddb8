import type { AttributeTable } from './attribute-table.ts';
import { bitOf, countFamilies, type Family } from './families.ts';
import * as figures from './figures.ts';
import { familyOf, type LinkedAccount } from './linked-account.ts';
import { turnBits } from './turns.ts';

/** What two accounts are compared with: all that are active. */
export type Crowd = {
  readonly table: AttributeTable;
  readonly active: number;
  /** Who is in the group of one of the two: no witness of how common a thing is. */
  readonly isMate?: (account: number) => boolean;
};

/** What two accounts share, in bits of rarity. */
export type Shared = { readonly weight: number; readonly families: number };

/**
 * The weight of a link: for each family the rarest thing that both drew strangers under, as log2 of how many
 * active accounts there are to one that uses it. A family that more than one in 32 shares, a carrier's
 * addresses or a software that everybody has, counts nothing.
 */
export function weighPair(one: LinkedAccount, other: LinkedAccount, crowd: Crowd): Shared {
  const rarest = new Map<Family, number>();
  for (const [key] of one.drawn) {
    if (!isShared(key, other)) continue;
    const family = familyOf(key);
    rarest.set(family, Math.max(rarest.get(family) ?? 0, rarityOf(key, crowd)));
  }
  if (rarest.size === 0) return { weight: 0, families: 0 };
  rarest.set('targets', turnBits(one.draws, other.draws));
  let [weight, families] = [0, 0];
  for (const [family, bits] of rarest) {
    if (bits < figures.familyBits) continue;
    weight += bits;
    families |= bitOf(family);
  }
  return { weight, families };
}

/** Whether what two accounts share makes a link. */
export function isLink({ weight, families }: Shared): boolean {
  return weight >= figures.linkBits && countFamilies(families) >= 2;
}

/** The attributes that count as the same: sessions begin within a time of each other. */
export function near(key: number): number[] {
  if (familyOf(key) !== 'sign-in') return [key];
  const keys: number[] = [];
  for (let step = -figures.togetherBuckets; step <= figures.togetherBuckets; step += 1) keys.push(key + step);
  return keys;
}

function isShared(key: number, other: LinkedAccount): boolean {
  const reach = familyOf(key) === 'sign-in' ? figures.togetherBuckets : 0;
  return other.drawn.some(([each]) => Math.abs(each - key) <= reach);
}

function rarityOf(key: number, { table, active, isMate }: Crowd): number {
  let users = 0;
  for (const each of near(key)) {
    users += table.usersOf(each);
    if (isMate !== undefined) users -= table.drawersOf(each).filter(isMate).length;
  }
  // The two themselves use it.
  return Math.log2(active / Math.max(2, users));
}

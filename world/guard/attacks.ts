import {
  every,
  homes,
  hour,
  inOffice,
  inSession,
  local,
  minute,
  mixedWith,
  nationwide,
  oneNetwork,
  ownNetwork,
  second,
  steal,
  type Thief,
  walking,
} from './attack-parts.ts';
import type { Doing } from './doing.ts';

/** Which figures an attack is in: lookups that are fast or slow, or false claims with no lookup at all. */
export type AttackKind = 'fast' | 'slow' | 'claims';

/** One way to steal. */
export type Attack = {
  readonly name: string;
  readonly says: string;
  /** Accounts stolen at once; a named scenario has its own. */
  readonly accounts: readonly number[];
  /** Whether whoever holds the account answers a challenge: an insider does. */
  readonly isInsider: boolean;
  /** Whether the account's owner goes on working meanwhile, and unknowingly answers challenges. */
  readonly ownerWorks: boolean;
  readonly kind: AttackKind;
  readonly days: number;
  readonly does: (thief: Thief) => Iterable<Doing>;
};

const gap = (micros: number) => () => micros;
const slow = inOffice(gap(5 * minute));
/** So many more lookups that the account's own mean grows by a fifth. */
const aFifthMore = inOffice(({ victim }) => (9 * hour) / (0.2 * Math.max(4, victim.peoplePerDay)), 26);
const sizes = [1, 5, 19, 60];

type Row = Partial<Attack> & Pick<Attack, 'name' | 'says' | 'kind' | 'does'>;

/** The one list of attacks. */
export const attacks: readonly Attack[] = (
  [
    {
      name: 'burst',
      says: '10/s, a list of the whole country',
      kind: 'fast',
      does: steal(every(second / 10), nationwide, ownNetwork),
    },
    {
      name: 'one-a-second',
      says: '1/s, a list of the whole country',
      kind: 'fast',
      does: steal(every(second), nationwide, ownNetwork),
    },
    {
      name: 'one-a-minute',
      says: '1/min, a list of the whole country',
      kind: 'fast',
      does: steal(every(minute), nationwide, ownNetwork),
    },
    {
      name: 'one-a-minute-local',
      says: '1/min, a list of the département',
      kind: 'fast',
      does: steal(every(minute), local, ownNetwork),
    },
    {
      name: 'walk',
      says: '1/s, numbers one after another',
      kind: 'fast',
      does: steal(every(second), walking(false), ownNetwork),
    },
    {
      name: 'walk-shuffled',
      says: '1/s, a thousand numbers in any order',
      kind: 'fast',
      does: steal(every(second), walking(true), ownNetwork),
    },
    {
      name: 'homes',
      says: '1/min, from another home every 20 lookups',
      kind: 'fast',
      does: steal(every(minute), nationwide, homes),
    },
    {
      name: 'takeover',
      says: '1/min, in the session of the owner at work',
      kind: 'fast',
      does: steal(every(minute), nationwide, inSession),
    },
    {
      name: 'night',
      says: '1/min from one in the morning',
      kind: 'fast',
      does: steal(every(minute, hour), nationwide, ownNetwork),
    },
    {
      name: 'slow',
      says: '1 per 5 min in office hours',
      kind: 'slow',
      days: 12,
      does: steal(slow, nationwide, ownNetwork),
    },
    {
      name: 'slow-local',
      says: '1 per 5 min, a list of the département',
      kind: 'slow',
      days: 12,
      does: steal(slow, local, ownNetwork),
    },
    {
      name: 'slow-one-network',
      says: '1 per 5 min, one network for all',
      kind: 'slow',
      days: 12,
      does: steal(slow, nationwide, oneNetwork),
    },
    {
      name: 'slow-claims',
      says: '1 per 5 min, and a false claim for each',
      kind: 'slow',
      days: 12,
      does: steal(slow, nationwide, ownNetwork, 'after'),
    },
    {
      name: 'claims-alone',
      says: 'false claims in the place of lookups, 1/min',
      kind: 'claims',
      does: steal(every(minute), nationwide, ownNetwork, 'alone'),
    },
    {
      name: 'claims-alone-local',
      says: 'the same, a list of the département',
      kind: 'claims',
      does: steal(every(minute), local, ownNetwork, 'alone'),
    },
    {
      name: 'slow-half',
      says: '1 per 5 min, half of them own patients',
      kind: 'slow',
      days: 12,
      does: steal(slow, mixedWith(0.5, nationwide), ownNetwork),
    },
    {
      name: 'slow-fifth',
      says: '1 per 5 min, four in five own patients',
      kind: 'slow',
      days: 12,
      does: steal(slow, mixedWith(0.8, nationwide), ownNetwork),
    },
    {
      name: 'a-fifth-more',
      says: 'a fifth more than the account’s own mean',
      kind: 'slow',
      days: 26,
      does: steal(aFifthMore, nationwide, ownNetwork),
    },
    {
      name: 'dormant',
      says: '1 per 5 min, an owner who is away',
      kind: 'slow',
      days: 12,
      ownerWorks: false,
      does: steal(slow, nationwide, ownNetwork),
    },
    {
      name: 'insider',
      says: '1 per 5 min, the holder, from the desk',
      kind: 'slow',
      days: 12,
      isInsider: true,
      does: steal(slow, local, inSession),
    },
    {
      name: 'amelipro-2022',
      says: '19 accounts, 2 s between lookups',
      kind: 'fast',
      accounts: [19],
      does: steal(every(2 * second), nationwide, oneNetwork),
    },
    {
      name: 'tiers-payant-2024',
      says: '5 accounts, 10/s',
      kind: 'fast',
      accounts: [5],
      does: steal(every(second / 10), nationwide, ownNetwork),
    },
  ] satisfies Row[] as Row[]
).map((row) => ({ accounts: sizes, isInsider: false, ownerWorks: true, days: 1, ...row }));

/** The attack of a name. */
export function findAttack(name: string): Attack | undefined {
  return attacks.find((attack) => attack.name === name);
}

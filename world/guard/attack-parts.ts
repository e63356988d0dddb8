import { uniform } from '../day/honest-account.ts';
import { Random } from '../random.ts';
import { dayMicros } from './calendar.ts';
import { type Doing, nobody, oneOrder } from './doing.ts';
import { anyone, departementOfArea, listedIn, orderOf } from './french-people.ts';
import type { WorkingAccount } from './working-account.ts';

/** A thief at work with one account: the n-th of a campaign. */
export type Thief = {
  readonly victim: WorkingAccount;
  readonly seed: number;
  readonly which: number;
  readonly campaign: number;
  /** Microseconds of midnight in Paris on the first day. */
  readonly dayStartsAt: number;
};

type Ask = { person: number; order: number; sameRun: boolean; honey: boolean };
type Whom = (thief: Thief, random: Random) => () => Ask;
type When = (thief: Thief, random: Random) => Iterable<number>;
type From = (thief: Thief, turn: number) => { network: number; client: number; session: number };

export const second = 1_000_000;
export const minute = 60 * second;
export const hour = 60 * minute;
/** No attack asks more often than this with one account: what is lost by then is lost. */
export const asksMost = 1_000;
/** Of the numbers that a walk makes up, those that are nobody's. Assumed: facts/detection.md §4.4. */
const walkUnknown = 0.2;
/** A walk meets a honey person within some twenty numbers. */
const walkHoney = 0.05;
const shuffledOrders = 1_000;
const nearOrders = 3;
const lastOrders = 50;

/** At a steady gap from an hour of the first day on, half a gap early or late. */
export function every(gap: number, from = 10 * hour): When {
  return function* ({ dayStartsAt }, random) {
    for (let turn = 0; turn < asksMost; turn += 1)
      yield dayStartsAt + from + turn * gap + Math.floor(gap * 0.5 * uniform(random));
  };
}

/** In office hours of working days, at a mean gap, as irregular as chance. */
export function inOffice(gapOf: (thief: Thief) => number, days = 12): When {
  return function* (thief, random) {
    const gap = gapOf(thief);
    for (let day = 0; day < days; day += 1) {
      const date = new Date((thief.dayStartsAt + day * dayMicros) / 1000 + 43_200_000);
      if (date.getUTCDay() % 6 === 0) continue;
      const wait = () => -gap * Math.log(1 - uniform(random));
      for (let at = 9 * hour + wait(); at < 18 * hour; at += wait())
        yield thief.dayStartsAt + day * dayMicros + Math.floor(at);
    }
  };
}

const listed = (person: number): Ask => ({ person, order: orderOf(person), sameRun: false, honey: false });
/** A bought list of people of the whole country. */
export const nationwide: Whom = (_, random) => () => listed(anyone(random.below(2 ** 29)));
/** A bought list of people of the account's own département. */
export const local: Whom = ({ victim }, random) => {
  const departement = departementOfArea(victim.post.area);
  return () => listed(listedIn(departement, random.below(2 ** 21)));
};

/** Numbers made up one after another, or the same numbers in any order. */
export function walking(isShuffled: boolean): Whom {
  return ({ which }, random) => {
    const start = uniform(random);
    const last: number[] = [];
    let step = which * 100_000;
    return () => {
      step += 1;
      const number = isShuffled ? which * 100_000 + random.below(shuffledOrders) : step;
      const sameRun = last.some((each) => Math.abs(each - number) <= nearOrders);
      last.push(number);
      if (last.length > lastOrders) last.shift();
      const order = start + number * oneOrder;
      const isHoney = random.chance(walkHoney);
      const isNobody = isHoney || random.chance(walkUnknown);
      // All of one commune: their département is its.
      const person = isNobody ? nobody : listedIn(1 + (Math.floor(start * 1e6) % 101), number);
      return { person, order, sameRun, honey: isHoney };
    };
  };
}

/** Own patients mixed in, to look like work. */
export function mixedWith(share: number, whom: Whom): Whom {
  return (thief, random) => {
    const stranger = whom(thief, random);
    const { known } = thief.victim;
    return () => (random.chance(share) && known.length > 0 ? listed(random.pick(known)) : stranger());
  };
}

/** From a network of the thief's, the same for the whole campaign. */
export const oneNetwork: From = ({ campaign, victim }) => ({
  network: 4_000_000 + campaign,
  client: 30,
  session: victim.post.account * 65_536 + 65_000,
});
/** From a network of its own for each account. */
export const ownNetwork: From = ({ campaign, which, victim }) => ({
  network: 5_000_000 + campaign * 100 + which,
  client: 30,
  session: victim.post.account * 65_536 + 65_000,
});
/** From homes: another network, and another session, every twenty lookups. */
export const homes: From = ({ campaign, which, victim }, turn) => ({
  network: 6_000_000 + (campaign * 100 + which) * 1_000 + Math.floor(turn / 20),
  client: victim.post.client,
  session: victim.post.account * 65_536 + 64_000 + Math.floor(turn / 20),
});
/** In the very session in which the owner works. */
export const inSession: From = ({ victim, dayStartsAt }) => ({
  network: victim.post.network,
  client: victim.post.client,
  session: victim.post.account * 65_536 + ((Math.floor((dayStartsAt + 12 * hour) / dayMicros) * 4) % 65_536),
});

/** Which claims a thief makes up: none, one that follows each lookup, or claims in the place of lookups. */
export type Claims = 'none' | 'after' | 'alone';

/** An attack from its parts. */
export function steal(
  when: When,
  whom: Whom,
  from: From,
  claims: Claims = 'none',
): (thief: Thief) => Iterable<Doing> {
  return function* (thief) {
    const random = new Random(thief.seed, 0x74686566, thief.campaign, thief.which);
    const next = whom(thief, random);
    let turn = 0;
    for (const at of when(thief, random)) {
      const ask = next();
      const base = {
        account: thief.victim.post.account,
        present: false,
        ...from(thief, turn),
        byThief: true,
      };
      yield { at, what: claims === 'alone' ? 'sent' : 'lookup', ...base, ...ask };
      if (claims !== 'none' && ask.person >= 0)
        yield { at: at + 30 * second, what: 'claim', ...base, ...ask };
      turn += 1;
    }
  };
}

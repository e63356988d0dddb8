import type { Profession } from '../../src/modules/rights/index.ts';
import { drawCount, drawSize, uniform } from '../day/honest-account.ts';
import { loadOf, minuteAt, openingOf } from '../day/hours.ts';
import { mix, Random } from '../random.ts';
import { dayMicros, type WorldDay } from './calendar.ts';
import { type Doing, nobody } from './doing.ts';
import { anyone, neighbour, orderOf, peopleOfArea } from './french-people.ts';
import { common, type Habit, habitOf } from './habits.ts';

/** Where an account works from, and since when. */
export type Post = {
  readonly account: number;
  readonly profession: Profession;
  readonly area: number;
  readonly organisation: number;
  readonly network: number;
  readonly client: number;
  readonly isTourist: boolean;
  readonly isDormant: boolean;
  /** Of its people, those who show their card, when not as the table of professions has it. */
  readonly presence?: number;
  /** The first day it works on, by its place in the calendar; before 0 it is not new. */
  readonly opensOn: number;
};

type Due = { at: number; person: number };
/** How its claims go out: after each lookup, or by themselves, every evening or on Fridays. */
type Sends = 'after-lookups' | 'every-evening' | 'on-fridays';
type Shift = { network: number; client: number; session: number; strangers: number; visitors: number };

const minuteMicros = 60_000_000;
const hourMicros = 60 * minuteMicros;
const acceptedAfterMicros = 2_000_000;
const eveningMicros = 19 * hourMicros;
const strangerAttempts = 8;
/** Lookups of one person, one after the other: a number mistyped, a quote redone. */
const retypedAfterMicros = 25_000_000;
const quantiles = 512;
const minutesOf = new Map<string, Int16Array>();

/** An honest account: whom it knows, when it works, what it asks, and which claims follow. */
export class WorkingAccount {
  readonly post: Post;
  /** Served before, and likely to come back. */
  readonly known: number[] = [];
  readonly habit: Habit;
  readonly #random: Random;
  readonly #knows: (person: number) => boolean;
  readonly #shiftMinutes: number;
  readonly peoplePerDay: number;
  readonly #keepsLists: boolean;
  readonly #sends: Sends;
  #unsent: number[] = [];
  #due: Due[] = [];
  #circumstance = 'usual';

  /** `knows`: whether the account drew a person, as the record has it. */
  constructor(post: Post, seed: number, knows: (person: number) => boolean) {
    const { profession } = post;
    this.post = post;
    this.habit = habitOf(profession.code);
    this.#random = new Random(seed, 0x776f726b, post.account);
    this.#knows = knows;
    const size = drawSize(profession, this.#random);
    const isDesk = profession.code === 'hospital-admission';
    this.peoplePerDay = isDesk ? Math.min(size, common.deskPeopleMost) : size;
    this.#keepsLists = this.habit.holidays === 'closes' && this.#random.chance(common.lists);
    // Nobody opens to the minute that the table says.
    this.#shiftMinutes = this.#random.between(-40, 40);
    this.#sends = this.#keepsLists ? 'after-lookups' : waysOfSending(this.habit, this.#random);
    if (post.opensOn < 0) {
      const count = Math.ceil(this.habit.poolDays * this.peoplePerDay);
      for (let each = 0; each < count; each += 1) this.known.push(this.#stranger(common.visitors));
    }
  }

  /** What is unlike other days on the day last planned, for whoever asks why something happened. */
  get circumstance(): string {
    return this.#circumstance;
  }

  /** What a day brings: lookups, and the claims that are due. In no order. */
  planDay(day: WorldDay, into: Doing[]): void {
    this.#claim(day, into);
    const { post } = this;
    const shift = this.#shiftOf(day);
    if (day.index === post.opensOn) into.push(this.#other('opened', day.startsAt, nobody));
    this.#circumstance = this.#circumstanceOf(day, shift);
    if (post.isDormant || day.index < post.opensOn || shift === undefined) return;
    const opening = openingOf(post.profession.code);
    const load = loadOf(opening, day.iso) * (this.habit.surges ? day.surge : 1);
    if (load === 0) return;
    const minutes = minutesFor(post.profession.code);
    const people = drawCount(load * this.peoplePerDay, this.#random);
    let listed = day.startsAt + ((minutes[0] ?? 0) + this.#shiftMinutes) * minuteMicros;
    for (let each = 0; each < people; each += 1) {
      const [least, most] = common.listGapSeconds;
      listed += this.#random.between(least, most) * 1_000_000 + this.#random.below(1_000_000);
      const minute = Math.max(0, (minutes[this.#random.below(quantiles)] ?? 0) + this.#shiftMinutes);
      const at = day.startsAt + minute * minuteMicros + this.#random.below(minuteMicros);
      this.#serve(this.#keepsLists ? listed : at, shift, into);
    }
    if (this.#sends === 'every-evening' || (this.#sends === 'on-fridays' && isFriday(day)))
      this.#sendClaims(day.startsAt + eveningMicros, shift, into);
  }

  /** A claim that was not accepted today is sent again tomorrow. */
  tryAgain(person: number, at: number): void {
    this.#due.push({ person, at: at + dayMicros });
  }

  #serve(at: number, shift: Shift, into: Doing[]): void {
    const { figures } = this.post.profession;
    const random = this.#random;
    const wantsKnown = 1 - Math.min(0.95, (1 - figures.relationShare.value) * shift.strangers);
    // A new practice knows nobody: who comes back is somebody it met.
    const met = Math.min(1, this.known.length / (3 * this.peoplePerDay + 1));
    const isKnown = uniform(random) < wantsKnown * met && this.known.length > 0;
    const person = isKnown ? random.pick(this.known) : this.#stranger(shift.visitors);
    if (this.#sends !== 'after-lookups') {
      this.#unsent.push(person);
      if (!isKnown && random.chance(0.5)) this.known.push(person);
      return;
    }
    const present = uniform(random) < (this.post.presence ?? figures.presenceShare.value);
    if (random.chance(common.mistyped))
      into.push(this.#lookup(at - retypedAfterMicros, nobody, false, shift));
    into.push(this.#lookup(at, person, present, shift));
    const again = figures.lookupsPerDay.value / figures.peoplePerDay.value - 1;
    const times = Math.floor(again) + (uniform(random) < again % 1 ? 1 : 0);
    for (let each = 1; each <= times; each += 1)
      into.push(this.#lookup(at + each * random.between(15, 60) * minuteMicros, person, false, shift));
    if (isKnown) return;
    if (random.chance(0.5)) this.known.push(person);
    if (present || !random.chance(this.habit.followed)) return;
    const [least, most] = this.habit.afterHours;
    this.#due.push({ person, at: at + (least + (most - least) * uniform(random)) * hourMicros });
  }

  /** All that were kept, in one go. What is not accepted is sent again with the next. */
  #sendClaims(from: number, shift: Shift, into: Doing[]): void {
    const random = this.#random;
    const people = this.#unsent;
    this.#unsent = [];
    if (random.chance(common.claimsInOrder)) people.sort((one, other) => orderOf(one) - orderOf(other));
    people.forEach((person, place) => {
      const at = from + this.#shiftMinutes * minuteMicros + place * common.claimGapMicros;
      into.push({ ...this.#lookup(at, person, false, shift), what: 'sent' });
      if (random.chance(common.claimsAccepted))
        into.push(this.#other('claim', at + acceptedAfterMicros, person));
      else this.#unsent.push(person);
    });
  }

  #lookup(at: number, person: number, present: boolean, shift: Shift): Doing {
    const { account } = this.post;
    const afternoon = at % dayMicros > 11 * hourMicros ? 1 : 0;
    return {
      at,
      account,
      what: 'lookup',
      person,
      present,
      network: shift.network,
      client: shift.client,
      session: shift.session + afternoon,
      order: person < 0 ? uniform(this.#random) : orderOf(person),
      sameRun: this.#random.chance(common.sameRun),
      honey: false,
      byThief: false,
    };
  }

  #claim(day: WorldDay, into: Doing[]): void {
    const end = day.startsAt + dayMicros;
    const today = this.#due.filter(({ at }) => at < end);
    if (today.length === 0) return;
    this.#due = this.#due.filter(({ at }) => at >= end);
    for (const due of today) {
      const at = Math.max(due.at, day.startsAt);
      into.push(this.#sent(at, due.person), this.#other('claim', at + acceptedAfterMicros, due.person));
    }
  }

  /** A claim from the software of the place itself, in a session of its own. */
  #sent(at: number, person: number): Doing {
    const { account, network, client } = this.post;
    const session = account * 65_536 + 60_000;
    return { ...this.#other('sent', at, person), network, client, session, order: orderOf(person) };
  }

  /** What is not a lookup. */
  #other(what: Doing['what'], at: number, person: number): Doing {
    return {
      at,
      account: this.post.account,
      what,
      person,
      present: false,
      network: 0,
      client: 0,
      session: 0,
      order: 0,
      sameRun: false,
      honey: false,
      byThief: false,
    };
  }

  #shiftOf(day: WorldDay): Shift | undefined {
    const { post, habit } = this;
    const week = new Random(mix(post.account), 0x7765656b, day.week);
    const away = week.chance(day.isAugust ? common.augustHolidays : common.otherHolidays);
    const isAway = away && habit.holidays !== 'never' && post.opensOn < 0;
    const standsIn = isAway && (habit.holidays === 'stands-in' || week.chance(common.standsIn));
    if (isAway && !standsIn) return undefined;
    const isTourist = day.isAugust && post.isTourist;
    const session = post.account * 65_536 + ((day.number * 4) % 65_536);
    const strangers = (isTourist ? common.moreStrangers : 1) * (standsIn ? common.moreStrangers : 1);
    const visitors = isTourist ? common.touristVisitors : common.visitors;
    if (standsIn)
      return {
        network: 2_000_000 + (mix(post.account * 64 + day.week) % 900_000),
        client: 1 + (mix(post.account + day.week) % 24),
        session: session + 2,
        strangers,
        visitors,
      };
    const isOut = new Random(mix(post.account), 0x6f7574, day.number).chance(common.elsewhereDays);
    const network = isOut ? 3_000_000 + (mix(post.account + day.number) % 50_000) : post.network;
    return { network, client: post.client, session, strangers, visitors };
  }

  #circumstanceOf(day: WorldDay, shift: Shift | undefined): string {
    const { opensOn, isTourist } = this.post;
    if (opensOn >= 0 && day.index < opensOn + 60) return 'new practice';
    if (day.isAugust && isTourist) return 'tourists in August';
    if (shift !== undefined && shift.strangers > 1) return 'stand-in';
    if (this.#keepsLists) return 'list of the day';
    if (this.#sends !== 'after-lookups') return 'claims only';
    return day.surge > 1 && this.habit.surges ? 'epidemic' : 'usual';
  }

  #stranger(visitors: number): number {
    let person = nobody;
    for (let attempt = 0; attempt < strangerAttempts; attempt += 1) {
      person = this.#random.chance(visitors)
        ? anyone(this.#random.below(2 ** 29))
        : neighbour(this.post.area, this.#random.below(peopleOfArea));
      if (!this.#knows(person)) return person;
    }
    return person;
  }
}

/** Software that only invoices is that of practices: desks ask before. */
function waysOfSending(habit: Habit, random: Random): Sends {
  if (habit.holidays === 'never' || !random.chance(common.claimsOnly)) return 'after-lookups';
  return random.chance(common.claimsWeekly) ? 'on-fridays' : 'every-evening';
}

function isFriday({ iso }: WorldDay): boolean {
  return new Date(iso).getUTCDay() === 5;
}

function minutesFor(profession: string): Int16Array {
  const known = minutesOf.get(profession);
  if (known !== undefined) return known;
  const opening = openingOf(profession);
  const made = Int16Array.from({ length: quantiles }, (_, place) =>
    minuteAt(opening, (place + 0.5) / quantiles),
  );
  minutesOf.set(profession, made);
  return made;
}

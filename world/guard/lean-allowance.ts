/**
 * The allowance of one account, as src/modules/ledger/allowance.model.ts has it, for people who are numbers:
 * it counts what the model searches for, and is tested against it. No break-glass and no reasons by hand:
 * nobody of this world uses them.
 */
export type AllowanceFigures = {
  readonly cap: number;
  readonly renewalPerDay: number;
  readonly usual: number;
  readonly peoplePerDayMax: number;
  readonly opening: number;
};

/** Codes of the record: 0 disclosed, 9 nobody found, else why it is refused. */
export const came = {
  disclosed: 0,
  restricted: 2,
  suspended: 1,
  spent: 4,
  unknownSpent: 5,
  dayFull: 6,
  unknown: 9,
};

const charged = 1;
const explained = 2;
const forgiven = 3;
const states = 4;
const unknownMost = 20;
const unknownPerDay = 2;
const openingDays = 30;
const windowDays = 30;
const forgottenAfterDays = 396;
const keptDays = 64;

export class LeanAllowance {
  readonly #figures: AllowanceFigures;
  /** Person → day of the last lookup × 4 + state. A fork looks here second, and never writes. */
  readonly #before: ReadonlyMap<number, number>;
  readonly #pairs = new Map<number, number>();
  /** Person → day drawn on, in the order of drawing. */
  readonly #charged = new Map<number, number>();
  readonly #drawn = new Int32Array(keptDays);
  readonly #explained = new Int32Array(keptDays);
  readonly #used = new Int32Array(keptDays);
  readonly #dayOf = new Int32Array(keptDays).fill(-1);
  readonly #openedOn: number;
  #renewedOn: number;
  #unknownLeft = unknownMost;
  #unknownOn: number;
  #peopleToday = 0;
  #peopleOn = 0;

  constructor(figures: AllowanceFigures, openedOn: number, before: ReadonlyMap<number, number> = new Map()) {
    this.#figures = figures;
    this.#before = before;
    this.#openedOn = openedOn;
    this.#renewedOn = openedOn;
    this.#unknownOn = openedOn;
  }

  /** Another that goes on from here, and leaves this one as it is. This one must not go on meanwhile. */
  fork(): LeanAllowance {
    const before = this.#before.size === 0 ? this.#pairs : new Map([...this.#before, ...this.#pairs]);
    const copy = new LeanAllowance(this.#figures, this.#openedOn, before);
    for (const [person, day] of this.#charged) copy.#charged.set(person, day);
    copy.#drawn.set(this.#drawn);
    copy.#explained.set(this.#explained);
    copy.#used.set(this.#used);
    copy.#dayOf.set(this.#dayOf);
    copy.#renewedOn = this.#renewedOn;
    copy.#unknownLeft = this.#unknownLeft;
    copy.#unknownOn = this.#unknownOn;
    copy.#peopleToday = this.#peopleToday;
    copy.#peopleOn = this.#peopleOn;
    return copy;
  }

  /** Somebody the account served before: their claims were brought when it opened. */
  remember(person: number, today: number): void {
    this.#pairs.set(person, today * states + explained);
  }

  knows(person: number, today: number): boolean {
    return this.#pair(person, today) !== undefined;
  }

  chargedOn(today: number): number {
    this.#renew(today);
    return this.#charged.size;
  }

  lookUp(today: number, person: number, present: boolean): number {
    this.#renew(today);
    const pair = person < 0 ? undefined : this.#pair(person, today);
    if (present && person >= 0) return this.#meet(today, person, pair);
    const full = this.#peopleOf(today) >= this.#figures.peoplePerDayMax;
    if (pair !== undefined) {
      const isFirst = Math.floor(pair / states) < today;
      if (isFirst && full) return came.dayFull;
      if (isFirst) this.#peopleToday += 1;
      this.#pairs.set(person, today * states + (pair % states));
      return came.disclosed;
    }
    if (this.#charged.size >= this.#capOn(today)) return came.spent;
    if (this.#unknownOf(today) <= 0) return came.unknownSpent;
    if (full) return came.dayFull;
    if (person < 0) {
      this.#unknownLeft -= 1;
      return came.unknown;
    }
    this.#peopleToday += 1;
    const at = this.#day(today);
    this.#drawn[at] = (this.#drawn[at] ?? 0) + 1;
    this.#pairs.set(person, today * states + charged);
    this.#charged.set(person, today);
    return came.disclosed;
  }

  /** A claim of the person. `limit` is to be tried another day. */
  explain(today: number, person: number): 'explained' | 'nothing' | 'limit' {
    this.#renew(today);
    const pair = this.#pairs.get(person) ?? this.#before.get(person);
    if (pair === undefined || pair % states === explained) return 'nothing';
    const lastOn = Math.floor(pair / states);
    if (pair % states === charged) {
      const at = this.#day(today);
      if ((this.#used[at] ?? 0) >= this.#figures.usual) return 'limit';
      this.#used[at] = (this.#used[at] ?? 0) + 1;
      this.#uncharge(person);
    }
    this.#pairs.set(person, lastOn * states + explained);
    return 'explained';
  }

  #meet(today: number, person: number, pair: number | undefined): number {
    if (pair === undefined) {
      const at = this.#day(today);
      this.#drawn[at] = (this.#drawn[at] ?? 0) + 1;
      this.#explained[at] = (this.#explained[at] ?? 0) + 1;
      this.#used[at] = (this.#used[at] ?? 0) + 1;
    } else if (pair % states === charged) {
      const at = this.#day(today);
      this.#used[at] = (this.#used[at] ?? 0) + 1;
      this.#uncharge(person);
    }
    this.#pairs.set(person, today * states + explained);
    return came.disclosed;
  }

  #uncharge(person: number): void {
    const drawnOn = this.#charged.get(person);
    this.#charged.delete(person);
    if (drawnOn === undefined || this.#dayOf[drawnOn % keptDays] !== drawnOn) return;
    this.#explained[drawnOn % keptDays] = (this.#explained[drawnOn % keptDays] ?? 0) + 1;
  }

  #renew(today: number): void {
    const days = today - this.#renewedOn;
    if (days <= 0) return;
    this.#renewedOn = today;
    let [drawn, accounted] = [0, 0];
    for (let day = today - windowDays; day < today; day += 1) {
      if (this.#dayOf[day % keptDays] !== day) continue;
      drawn += this.#drawn[day % keptDays] ?? 0;
      accounted += this.#explained[day % keptDays] ?? 0;
    }
    if (drawn === 0 || 2 * accounted < drawn) return;
    let left = days * this.#figures.renewalPerDay;
    for (const person of this.#charged.keys()) {
      if (left <= 0) break;
      left -= 1;
      this.#charged.delete(person);
      const pair = this.#pairs.get(person) ?? this.#before.get(person) ?? 0;
      this.#pairs.set(person, pair - (pair % states) + forgiven);
    }
  }

  #pair(person: number, today: number): number | undefined {
    const pair = this.#pairs.get(person) ?? this.#before.get(person);
    if (pair === undefined || pair % states === charged) return pair;
    return today - Math.floor(pair / states) > forgottenAfterDays ? undefined : pair;
  }

  #capOn(today: number): number {
    return this.#figures.cap + (today < this.#openedOn + openingDays ? this.#figures.opening : 0);
  }

  #unknownOf(today: number): number {
    this.#unknownLeft = Math.min(unknownMost, this.#unknownLeft + unknownPerDay * (today - this.#unknownOn));
    this.#unknownOn = today;
    return this.#unknownLeft;
  }

  #peopleOf(today: number): number {
    if (this.#peopleOn !== today) this.#peopleToday = 0;
    this.#peopleOn = today;
    return this.#peopleToday;
  }

  #day(day: number): number {
    const at = day % keptDays;
    if (this.#dayOf[at] !== day) {
      this.#dayOf[at] = day;
      this.#drawn[at] = 0;
      this.#explained[at] = 0;
      this.#used[at] = 0;
    }
    return at;
  }
}

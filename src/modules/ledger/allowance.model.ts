/**
 * The allowance table written as simply as possible, without SQL, batches or clocks: what the record is
 * tested against.
 */
import type { Standing } from './codes.ts';

type Pair = {
  state: 'charged' | 'explained' | 'forgiven';
  drawnOn: number | undefined;
  lastOn: number;
  order: number;
  claim?: string;
  byHand?: true;
};
type DayCounts = { drawn: number; explained: number; claims: number; present: number; byHand: number };
export type ModelFigures = {
  cap: number;
  renewalPerDay: number;
  usual: number;
  peoplePerDayMax: number;
  opening: number;
};
export type ModelLookup = {
  subject: string | null;
  nir: string | null;
  present: boolean;
  emergency?: boolean;
};

/** One account by the table of the design. Days are integers. */
export class AllowanceModel {
  readonly #figures: ModelFigures;
  readonly #pairs = new Map<string, Pair>();
  readonly #days = new Map<number, DayCounts>();
  readonly #wrong = new Map<string, { day: number; tries: number }>();
  readonly #openedOn: number;
  #renewedOn: number;
  #unknown = { left: 20, on: 0 };
  #people = { today: 0, on: 0 };
  #order = 0;
  standing: Standing = 'open';
  /** How many people were drawn without their presence. */
  drawnAlone = 0;

  constructor(figures: ModelFigures, openedOn: number) {
    this.#figures = figures;
    this.#openedOn = openedOn;
    this.#renewedOn = openedOn;
    this.#unknown.on = openedOn;
  }

  /** The balance on a day, after the renewal that is due. */
  chargedOn(today: number): number {
    this.#renew(today);
    return this.#charged;
  }

  get #charged(): number {
    return [...this.#pairs.values()].filter((pair) => pair.state === 'charged').length;
  }

  lookUp(today: number, ask: ModelLookup): string {
    this.#renew(today);
    if (this.standing === 'suspended') return 'suspended';
    if (this.standing !== 'open' && !ask.present) return 'restricted';
    const pair = this.#remembered(today, ask.subject);
    if (ask.present && ask.subject !== null) return this.#meet(today, ask.subject, pair);
    const full = this.#peopleOn(today) >= this.#figures.peoplePerDayMax;
    if (pair !== undefined) {
      if (pair.lastOn < today && full) return 'day-full';
      if (pair.lastOn < today) this.#people.today += 1;
      pair.lastOn = today;
      return 'disclosed';
    }
    if (ask.nir !== null && this.#triesOn(today, ask.nir) >= 3) return 'nir-closed';
    const spent = this.#charged >= this.#capOn(today);
    if (spent && ask.emergency !== true) return 'allowance-spent';
    if (spent && this.#byHandThisWeek(today) >= 5) return 'break-glass-spent';
    if (this.#unknownOn(today) <= 0) return 'unknown-spent';
    if (full) return 'day-full';
    if (ask.subject === null) {
      this.#unknown.left -= 1;
      if (ask.nir !== null)
        this.#wrong.set(ask.nir, { day: today, tries: this.#triesOn(today, ask.nir) + 1 });
      return 'unknown';
    }
    this.#people.today += 1;
    const day = this.#day(today);
    day.drawn += 1;
    this.drawnAlone += 1;
    const drawn = { drawnOn: today, lastOn: today, order: ++this.#order };
    if (!spent) this.#pairs.set(ask.subject, { ...drawn, state: 'charged' });
    else {
      this.#pairs.set(ask.subject, { ...drawn, state: 'explained', byHand: true });
      day.byHand += 1;
      day.explained += 1;
    }
    return spent ? 'beyond' : 'disclosed';
  }

  explain(today: number, subject: string, how: 'claim' | 'reason', claim: string): string {
    this.#renew(today);
    const pair = this.#pairs.get(subject);
    if (pair?.state === 'explained' && pair.claim === claim && how === 'claim') return 'explained';
    if (pair?.state === 'explained' && how === 'claim') delete pair.byHand;
    if (pair?.state === 'forgiven' && how === 'claim') {
      pair.state = 'explained';
      return 'explained';
    }
    if (pair?.state !== 'charged') return 'nothing-to-explain';
    if (how === 'claim' && this.#claimsAndMet(today) >= this.#figures.usual) return 'limit-reached';
    if (how === 'reason' && this.#byHandThisWeek(today) >= 5) return 'limit-reached';
    pair.state = 'explained';
    if (how === 'claim') pair.claim = claim;
    else pair.byHand = true;
    this.#day(today)[how === 'claim' ? 'claims' : 'byHand'] += 1;
    if (pair.drawnOn !== undefined) this.#day(pair.drawnOn).explained += 1;
    return 'explained';
  }

  /** A review that does not accept. */
  takeBackByHand(today: number, subject: string): boolean {
    this.#renew(today);
    const pair = this.#pairs.get(subject);
    if (pair?.byHand !== true || pair.state !== 'explained') return false;
    pair.state = 'charged';
    delete pair.byHand;
    if (pair.drawnOn !== undefined) this.#day(pair.drawnOn).explained -= 1;
    return true;
  }

  takeBack(today: number, subject: string, claim: string): string {
    this.#renew(today);
    const pair = this.#pairs.get(subject);
    if (pair?.state !== 'explained' || pair.claim !== claim) return 'nothing-to-explain';
    pair.state = 'charged';
    delete pair.claim;
    if (pair.drawnOn !== undefined) this.#day(pair.drawnOn).explained -= 1;
    return 'taken-back';
  }

  #meet(today: number, subject: string, pair: Pair | undefined): string {
    if (pair === undefined) {
      this.#day(today).drawn += 1;
      this.#day(today).explained += 1;
      this.#day(today).present += 1;
      this.#pairs.set(subject, {
        state: 'explained',
        drawnOn: undefined,
        lastOn: today,
        order: ++this.#order,
      });
    } else {
      if (pair.state === 'charged') this.#day(today).present += 1;
      if (pair.state === 'charged' && pair.drawnOn !== undefined) this.#day(pair.drawnOn).explained += 1;
      pair.state = 'explained';
      pair.lastOn = today;
    }
    return 'disclosed';
  }

  #renew(today: number): void {
    const days = today - this.#renewedOn;
    if (days <= 0) return;
    this.#renewedOn = today;
    const window = [...this.#days]
      .filter(([day]) => day >= today - 30 && day < today)
      .map(([, counts]) => counts);
    const drawn = window.reduce((sum, counts) => sum + counts.drawn, 0);
    const explained = window.reduce((sum, counts) => sum + counts.explained, 0);
    if (drawn === 0 || 2 * explained < drawn) return;
    const oldest = [...this.#pairs.values()]
      .filter((pair) => pair.state === 'charged')
      .sort((a, b) => a.order - b.order);
    for (const pair of oldest.slice(0, days * this.#figures.renewalPerDay)) pair.state = 'forgiven';
  }

  /**
   * A lookup forgets a pair that is not charged after 13 months without use; a claim taken back later than
   * that still charges it, which only ever costs the account.
   */
  #remembered(today: number, subject: string | null): Pair | undefined {
    const pair = subject === null ? undefined : this.#pairs.get(subject);
    return pair?.state !== 'charged' && today - (pair?.lastOn ?? today) > 396 ? undefined : pair;
  }

  #capOn(today: number): number {
    return this.#figures.cap + (today < this.#openedOn + 30 ? this.#figures.opening : 0);
  }

  #unknownOn(today: number): number {
    this.#unknown = { left: Math.min(20, this.#unknown.left + 2 * (today - this.#unknown.on)), on: today };
    return this.#unknown.left;
  }

  #peopleOn(today: number): number {
    if (this.#people.on !== today) this.#people = { today: 0, on: today };
    return this.#people.today;
  }

  #triesOn(today: number, nir: string): number {
    const wrong = this.#wrong.get(nir);
    return wrong?.day === today ? wrong.tries : 0;
  }

  #claimsAndMet(today: number): number {
    const { claims, present } = this.#day(today);
    return claims + present;
  }

  #byHandThisWeek(today: number): number {
    return [...this.#days]
      .filter(([day]) => day > today - 7)
      .reduce((sum, [, counts]) => sum + counts.byHand, 0);
  }

  #day(day: number): DayCounts {
    const counts = this.#days.get(day) ?? { drawn: 0, explained: 0, claims: 0, present: 0, byHand: 0 };
    this.#days.set(day, counts);
    return counts;
  }
}

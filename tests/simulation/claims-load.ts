import type { Desk } from '../../world/desk.ts';
import { Random, spread } from '../../world/random.ts';
import { type Heard, type Sent, sendUntilHeard } from './claims-client.ts';
import { bodyOf, type House, type Town } from './claims-town.ts';

/** A claim whose sender heard that it was received. */
export type HeardClaim = { readonly claim: string; readonly account: number; readonly key: string };

/** A day's work that goes on until it is told to stop. */
export type ClaimsLoad = {
  readonly heard: readonly HeardClaim[];
  /** Numbers whose cancellation was confirmed. */
  readonly cancelled: ReadonlySet<string>;
  readonly engaged: ReadonlySet<string>;
  /** Answers that no client should have had. */
  readonly faults: readonly string[];
  readonly tally: Readonly<Record<string, number>>;
  stop(): Promise<void>;
};

export type ClaimsLoadPlan = {
  readonly seed: number;
  readonly clients: number;
  readonly town: Town;
  servers(): readonly string[];
};

type Work = 'claim' | 'other-software' | 'again' | 'batch' | 'engagement' | 'cancel' | 'read';
const works = spread<Work>([
  [8, 'claim'],
  [3, 'other-software'],
  [3, 'again'],
  [2, 'batch'],
  [4, 'engagement'],
  [4, 'cancel'],
  [3, 'read'],
]);
const prescription = { rpps: '10101010101', day: '2026-01-02' };
/** The answers each work may have, beside 429. */
const allowed: Readonly<Record<string, readonly number[]>> = {
  claims: [201],
  batch: [200],
  quote: [201],
  engagement: [201],
  // Rejected, or used: what cannot be cancelled.
  cancellation: [200, 409],
  read: [200],
};

/** Starts clients; each sends one thing after the other, and the same again until it is answered. */
export function startClaimsLoad(plan: ClaimsLoadPlan): ClaimsLoad {
  const day = new Day(plan);
  const clients = Array.from({ length: plan.clients }, (_, client) => day.work(client));
  return {
    ...{ heard: day.heard, cancelled: day.cancelled, engaged: day.engaged },
    ...{ faults: day.faults, tally: day.tally },
    async stop() {
      day.isOver = true;
      await Promise.all(clients);
    },
  };
}

type SentClaim = { readonly house: House; readonly desk: Desk; readonly key: string; readonly body: unknown };

class Day {
  readonly heard: HeardClaim[] = [];
  readonly cancelled = new Set<string>();
  readonly engaged = new Set<string>();
  readonly faults: string[] = [];
  readonly tally: Record<string, number> = {};
  isOver = false;
  readonly #plan: ClaimsLoadPlan;
  readonly #sent: SentClaim[] = [];
  readonly #ids = new Map<string, string>();
  #keys = 0;

  constructor(plan: ClaimsLoadPlan) {
    this.#plan = plan;
  }

  async work(client: number): Promise<void> {
    const random = new Random(this.#plan.seed, 0x636c61, client);
    while (!this.isOver) {
      const house = random.pick(this.#plan.town.houses);
      const desk = random.pick(house.desks);
      const work = random.pick(works);
      if (work === 'claim') await this.#claim(house, desk, this.#bodyOf(house, random));
      if (work === 'other-software') await this.#sendOther(random);
      if (work === 'again') await this.#sendAgain(random);
      if (work === 'batch') await this.#sendBatch(house, desk, random);
      if (work === 'engagement') await this.#useEngagement(random);
      if (work === 'cancel') await this.#cancel(random);
      if (work === 'read') await this.#read(random);
    }
  }

  /** Few people and few prices: the same care comes more than once, and limits are reached. */
  #bodyOf({ profession }: House, random: Random): Record<string, unknown> {
    const place = random.below(this.#plan.town.people);
    const cents = 3_000 + random.below(40);
    if (profession === 'general-practitioner') {
      const visit = { code: 'G', kind: 'consultation', priceCents: cents, baseCents: 3_000 };
      return bodyOf(place, [visit, ...(random.chance(0.3) ? [{ ...visit, code: 'V' }] : [])]);
    }
    if (profession === 'optician') return bodyOf(place, glasses(random), { prescription });
    const device = { code: 'DIV1', kind: 'device', priceCents: cents, baseCents: 0 };
    return bodyOf(place, [device], { prescription });
  }

  async #claim(house: House, desk: Desk, body: unknown, key = this.#nextKey()): Promise<void> {
    this.#sent.push({ house, desk, key, body });
    const heard = await this.#send('claims', desk, { path: '/v1/claims', body, key });
    if (heard?.status === 201) this.#received(desk, key, String(heard.body.claim));
  }

  async #sendOther(random: Random): Promise<void> {
    const sent = this.#pickSent(random);
    const other = sent?.house.desks.find((desk) => desk !== sent.desk);
    if (sent !== undefined && other !== undefined) await this.#claim(sent.house, other, sent.body);
  }

  async #sendAgain(random: Random): Promise<void> {
    const sent = this.#pickSent(random);
    if (sent !== undefined) await this.#claim(sent.house, sent.desk, sent.body, sent.key);
  }

  async #sendBatch(house: House, desk: Desk, random: Random): Promise<void> {
    const claims = Array.from({ length: random.between(2, 15) }, () => this.#bodyOf(house, random));
    const key = this.#nextKey();
    const times = random.chance(0.3) ? 2 : 1;
    for (let turn = 0; turn < times; turn += 1) {
      const heard = await this.#send('batch', desk, { path: '/v1/claim-batches', body: { claims }, key });
      const answers = (heard?.body.answers ?? []) as { claim?: string; problem?: string }[];
      for (const [place, { claim, problem }] of answers.entries()) {
        if (claim !== undefined) this.#received(desk, `${key}|${place}`, claim);
        else if (problem !== 'allowance-spent') this.faults.push(`batch: ${problem}`);
      }
    }
  }

  /** A quote of glasses, the promise, and then what may come of it, sometimes at once. */
  async #useEngagement(random: Random): Promise<void> {
    const house = this.#plan.town.houses.find(({ profession }) => profession === 'optician') as House;
    const [desk, other] = house.desks as [Desk, Desk];
    const body = bodyOf(random.below(this.#plan.town.people), glasses(random));
    const quote = await this.#send('quote', desk, { path: '/v1/quotes', body });
    const path = `/v1/quotes/${quote?.body.quote}/engagement`;
    const made = await this.#send('engagement', random.pick([desk, other]), { path });
    if (made?.status !== 201) return;
    const engagement = String(made.body.engagement);
    this.engaged.add(engagement);
    const claim = { ...body, engagement, prescription };
    const todo = [
      () => this.#claim(house, desk, claim),
      ...(random.chance(0.4) ? [() => this.#claim(house, other, claim)] : []),
      ...(random.chance(0.3) ? [() => this.#cancelEngagement(other, engagement)] : []),
    ];
    await Promise.all(todo.map((one) => one()));
  }

  async #cancelEngagement(desk: Desk, engagement: string): Promise<void> {
    const heard = await this.#send('cancellation', desk, {
      path: `/v1/engagements/${engagement}/cancellation`,
    });
    if (heard?.status === 200) this.cancelled.add(engagement);
  }

  async #cancel(random: Random): Promise<void> {
    const one = this.#pickHeard(random);
    if (one === undefined) return;
    const path = `/v1/claims/${one.claim}/cancellation`;
    const heard = await this.#send('cancellation', this.#deskOf(one.account), { path });
    if (heard?.status === 200) this.cancelled.add(one.claim);
  }

  async #read(random: Random): Promise<void> {
    const one = this.#pickHeard(random);
    if (one === undefined) return;
    const desk = this.#deskOf(one.account);
    const isCancelled = this.cancelled.has(one.claim);
    const heard = await this.#send('read', desk, { path: `/v1/claims/${one.claim}`, get: true });
    if (heard?.status !== 200) return;
    if (isCancelled && heard.body.state !== 'cancelled') {
      this.faults.push(`claim ${one.claim} was cancelled, and is ${heard.body.state}`);
    }
  }

  async #send(kind: string, desk: Desk, sent: Sent): Promise<Heard | undefined> {
    const heard = await sendUntilHeard(() => this.#plan.servers(), desk, sent);
    const name = `${kind} ${heard.status}`;
    this.tally[name] = (this.tally[name] ?? 0) + 1;
    if (heard.status === 429 || allowed[kind]?.includes(heard.status)) return heard;
    this.faults.push(`${kind}: ${heard.status} ${JSON.stringify(heard.body).slice(0, 300)}`);
    return undefined;
  }

  /** The same key has the same claim, however often it was sent and whatever died meanwhile. */
  #received({ account }: Desk, key: string, claim: string): void {
    const name = `${account}|${key}`;
    const before = this.#ids.get(name);
    if (before !== undefined && before !== claim) this.faults.push(`${name} is ${before} and ${claim}`);
    if (before === undefined) this.heard.push({ claim, account, key });
    this.#ids.set(name, claim);
  }

  /** What was sent of late: the people it is for are at the counter of others too. */
  #pickSent(random: Random): SentClaim | undefined {
    return this.#sent.at(-1 - random.below(Math.max(1, Math.min(this.#sent.length, 20))));
  }

  #pickHeard(random: Random): HeardClaim | undefined {
    return this.heard.at(-1 - random.below(Math.max(1, Math.min(this.heard.length, 60))));
  }

  #deskOf(account: number): Desk {
    const desks = this.#plan.town.houses.flatMap((house) => house.desks);
    return desks.find((desk) => desk.account === account) as Desk;
  }

  #nextKey(): string {
    this.#keys += 1;
    return `key-${this.#keys}`;
  }
}

function glasses(random: Random): object[] {
  const basket = { basket: 'free' };
  const frame = {
    code: 'MON',
    kind: 'optical-frame',
    priceCents: 9_000 + random.below(20),
    baseCents: 5,
    ...basket,
  };
  const lenses = {
    code: 'VER',
    kind: 'optical-lens',
    quantity: 2,
    priceCents: 30_000,
    baseCents: 10,
    ...basket,
  };
  return random.chance(0.5) ? [frame, lenses] : [frame];
}

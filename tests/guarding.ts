import { createHash } from 'node:crypto';
import { createOrganisation, openAccount } from '../src/modules/access/index.ts';
import { type GuardTools, startGuard } from '../src/modules/guard/index.ts';
import { insertSettings } from '../src/modules/guard/settings/store.ts';
import { createLedger, type Ledger } from '../src/modules/ledger/index.ts';
import { signalBits, withHoneyMark } from '../src/modules/ledger/signals.ts';
import { findProfession } from '../src/modules/rights/index.ts';
import { Keys } from '../src/modules/vault/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { createLog } from '../src/platform/log.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { origin } from './signing-in.ts';

/** A ledger with accounts that are robbed or honest, and guards over it that can be started and stopped. */
export class GuardBench {
  readonly keys = new Keys(Buffer.alloc(32, 7));
  readonly logged: string[] = [];
  database!: TestDatabase;
  ledger!: Ledger;
  private readonly guards: { stop(): Promise<void> }[] = [];

  async begin(lanes = 1): Promise<void> {
    this.database = await cloneDatabase();
    if (lanes > 1)
      await this.database.owner`insert into ledger.lane (lane) select generate_series(1, ${lanes - 1}::int)`;
    this.ledger = createLedger(this.database.server, { lanes, clock: systemClock });
  }

  async end(): Promise<void> {
    await this.stopGuards();
    await this.ledger.close();
    await this.database.drop();
  }

  get tools(): GuardTools {
    const log = createLog('trace', { write: (line) => void this.logged.push(line) });
    const { keys, ledger } = this;
    return { db: this.database.server, keys, ledger, site: origin, clock: systemClock, log };
  }

  /** A guard as a server starts it. */
  startGuard(): { stop(): Promise<void> } {
    const guard = startGuard(this.tools);
    this.guards.push(guard);
    return guard;
  }

  async stopGuards(): Promise<void> {
    await Promise.all(this.guards.splice(0).map((guard) => guard.stop()));
  }

  /** Watches only, or not; some detectors only. */
  async setShadow(isShadow: boolean, shadowDetectors: readonly number[] = []): Promise<void> {
    const reasonSealed = Buffer.alloc(32);
    await insertSettings(this.database.server, { isShadow, shadowDetectors, by: 0, reasonSealed });
  }

  /** Opens an account that may draw nearly as many as it likes: the guard alone stops it. */
  async open(
    some: { role?: 'security-officer' | 'organisation-administrator'; email?: string; at?: number } = {},
  ) {
    const tools = { db: this.database.server, keys: this.keys, ledger: this.ledger };
    const { role = 'professional', email } = some;
    const organisation = some.at ?? (await createOrganisation(tools, 'Cabinet des Essais'));
    const profession = role === 'professional' ? 'optician' : role;
    if (findProfession('optician') === undefined) throw new Error('no optician');
    const account = await openAccount(tools, {
      ...{ organisation, profession, role },
      holder: { name: 'Zéphyrine Témoin', ...(email === undefined ? {} : { email }) },
      figures: {
        ...{ cap: 100_000, renewalPerDay: 1, usualNewPeoplePerDay: 3, openingBalance: 0 },
        peoplePerDayMax: 100_000,
      },
    });
    return { account, organisation };
  }

  /** Opens many accounts at once, of which no more is known than their numbers. */
  async openMany(count: number): Promise<number[]> {
    const figures = { cap: 100_000, renewalPerDay: 1, usualNewPeoplePerDay: 3, openingBalance: 0 };
    const each = { ...figures, organisation: 1, peoplePerDayMax: 100_000 };
    const accounts: number[] = [];
    await this.ledger.openAccounts(Array(count).fill(each), async (_, opened) => {
      accounts.push(...opened.map(({ account }) => account));
    });
    return accounts;
  }

  /** A lookup of somebody this account never saw, who is not there; `signals` besides. */
  async draw(
    account: number,
    person: number,
    signals = 0,
    from: Partial<From> = {},
  ): Promise<{ seq: number; isTold: boolean }> {
    const subject = signals & signalBits.honey ? null : subjectOf(account, person);
    const recorded = await this.ledger.record({
      ...{ account, session: 5n, organisation: 7, client: 8, network: 9, action: 1, purpose: 1, ...from },
      ...{ nirKey: null, insurers: [1], fields: 5n, reason: 2, present: false, subject, signals },
    });
    const place = recorded.outcome === 'disclosed' ? recorded.receipt : recorded;
    return { seq: Number(place.seq), isTold: recorded.outcome === 'disclosed' };
  }

  /** A robot that walks through numbers: sorted, one after the other, a second or less apart. */
  async rob(account: number, people: number, from = 0): Promise<void> {
    const walk = signalBits.sameRun | signalBits.ascending | signalBits.hasPrevious;
    for (let person = from; person < from + people; person += 1) {
      const { isTold } = await this.draw(account, person, walk);
      if (!isTold) return;
    }
  }

  /** A number that only a walk meets: one of many. */
  meetHoney(account: number, which = 1) {
    return this.draw(account, 0, withHoneyMark(signalBits.sameRun, Buffer.of(which)));
  }

  /** A walk that meets two such numbers: suspended, whatever else is known. */
  async walkIntoHoney(account: number) {
    await this.meetHoney(account, 1);
    return this.meetHoney(account, 2);
  }

  async standingOf(account: number): Promise<number> {
    const [row] = await this.database.owner`select standing from ledger.account where account = ${account}`;
    return row?.standing;
  }

  /** Cases with their steps, without what differs from one run to the next. */
  async cases() {
    const rows = await this.database.owner`
      select c.account, c.is_shadow, c.state, c.level,
          (select array_agg(s.what || ' ' || s.to_standing order by s.id)::text from guard.case_step s
            where s.case_file = c.id) as steps
        from guard.case_file c order by c.id`;
    return rows.map((row) => ({ ...row }) as Case);
  }
}

/** Where a lookup comes from. */
type From = { session: bigint; organisation: number; client: number; network: number };
type Case = { account: number; is_shadow: boolean; state: string; level: number; steps: string };

function subjectOf(account: number, person: number): string {
  const hex = createHash('sha256').update(`${account}|${person}`).digest('hex');
  const [, one, two, three, four, five] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(hex) ?? [];
  return `${one}-${two}-4${three}-8${four}-${five}`;
}

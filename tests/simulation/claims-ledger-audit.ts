import { AllowanceModel } from '../../src/modules/ledger/allowance.model.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import { type AuditedClaim, type Books, readBooks } from './claims-audit.ts';

type Entry = {
  readonly account: number;
  readonly kind: number;
  readonly action: number;
  readonly subject: string | null;
  readonly outcome: number;
  readonly reason: number;
  readonly day: number;
};

const claimedAction = 13;
const takenBack = 4;
const [charged, explained] = [1, 2];
const accepted = 2;

/** What is wrong between claims and the ledger, once every claim that is due was told; nothing is []. */
export async function auditClaimsInLedger(books: Books): Promise<string[]> {
  const claims = await readBooks(books);
  return [
    ...(await faultsOfEntries(books, claims)),
    ...(await faultsOfPairs(books, claims)),
    ...(await faultsOfModel(books.owner)),
  ];
}

/** No claim without its entry before it, by the account that sent it. */
async function faultsOfEntries({ owner }: Books, claims: readonly AuditedClaim[]): Promise<string[]> {
  const rows = await owner`
    select c.id from claims.claim c
     where not exists (select from ledger.entry e where e.account = c.account and e.subject = c.subject
             and e.kind = 1 and e.action = ${claimedAction}::int and e.outcome = 1 and e.at <= c.received_at)`;
  const told = claims.filter(({ explainHow }) => explainHow !== null).map(({ id }) => id);
  const late = await owner`
    select claim as id from claims.to_explain where at <= now() + interval '1 minute'`;
  return [
    ...rows.map(({ id }) => `claim ${id} has no entry before it`),
    ...late.filter(({ id }) => told.includes(id)).map(({ id }) => `the ledger did not hear of ${id}`),
  ];
}

/**
 * A pair is explained by an accepted claim of its house for that person, and charged when there is none; what
 * the account's own day had no room for waits for tomorrow.
 */
async function faultsOfPairs({ owner }: Books, claims: readonly AuditedClaim[]): Promise<string[]> {
  const pairs = await owner`
    select p.account, p.subject, p.state, p.claim, a.organisation from ledger.pair p
      join ledger.account a on a.lane = p.lane and a.account = p.account`;
  const balances = await owner`
    select a.account from ledger.account a
     where a.charged <> (select count(*) from ledger.pair p
                          where p.lane = a.lane and p.account = a.account and p.state = 1)`;
  const live = claims.filter(({ state }) => state === accepted);
  return [
    ...balances.map(({ account }) => `the balance of ${account} is not its pairs`),
    ...pairs.flatMap(({ account, subject, state, claim, organisation }) => {
      const whose = `${account} and ${subject}`;
      const own = live.filter((one) => one.organisation === organisation && one.subject === subject);
      if (state === explained && claim !== null) {
        return own.some(({ id }) => id === claim)
          ? []
          : [`${whose} are explained by ${claim}, which is not accepted`];
      }
      const waits = own.some(({ explainHow }) => explainHow === 1);
      const sent = own.some((one) => one.account === account);
      return state === charged && sent && !waits ? [`${whose} are charged, and claimed for`] : [];
    }),
  ];
}

/** The ledger's entries, told to the table of the allowance: it comes to the same balance. */
async function faultsOfModel(owner: Database): Promise<string[]> {
  const accounts = await owner`
    select account, cap, renewal_per_day, usual_per_day, people_per_day_max, opening, charged,
        opened_on - date '2000-01-01' as opened from ledger.account`;
  const entries = await owner<Entry[]>`
    select account, kind, action, subject, outcome, reason,
        ledger.paris_day(at) - date '2000-01-01' as day
      from ledger.entry order by lane, seq`;
  return accounts.flatMap((row) => {
    const figures = {
      ...{ cap: row.cap, renewalPerDay: row.renewal_per_day, usual: row.usual_per_day },
      ...{ peoplePerDayMax: row.people_per_day_max, opening: row.opening },
    };
    const own = entries.filter(({ account }) => account === row.account);
    const said = replay(new AllowanceModel(figures, row.opened), own);
    const isSame = said.charged === row.charged && said.faults.length === 0;
    return isSame
      ? []
      : [`account ${row.account}: ${row.charged}, by the table ${said.charged} ${said.faults}`];
  });
}

function replay(model: AllowanceModel, entries: readonly Entry[]): { charged: number; faults: string[] } {
  const faults: string[] = [];
  const explaining = new Map<string, string>();
  for (const [place, { kind, action, subject, outcome, day }] of entries.entries()) {
    if (kind === 1) {
      const said = model.lookUp(day, { subject, nir: null, present: false });
      const words = { 1: 'disclosed', 3: 'unknown' }[outcome];
      if (words === undefined ? said === 'disclosed' : said !== words)
        faults.push(`${place}: ${outcome}, ${said}`);
    }
    if (kind !== 2 || subject === null) continue;
    const claim = explaining.get(subject) ?? `${place}`;
    const said =
      action === takenBack
        ? model.takeBack(day, subject, claim)
        : model.explain(day, subject, 'claim', `${place}`);
    if (action === takenBack) explaining.delete(subject);
    else explaining.set(subject, `${place}`);
    if (said !== (action === takenBack ? 'taken-back' : 'explained'))
      faults.push(`${place}: ${action}, ${said}`);
  }
  return { charged: model.chargedOn(entries.at(-1)?.day ?? 0), faults };
}

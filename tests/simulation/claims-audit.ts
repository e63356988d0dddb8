import type { Envelopes, Use } from '../../src/modules/claims/envelopes/envelope.ts';
import { whoseOf } from '../../src/modules/claims/envelopes/open-envelopes.ts';
import type { Shares } from '../../src/modules/claims/guarantees/care.ts';
import type { Engagement } from '../../src/modules/claims/quotes/quote.ts';
import { openCare } from '../../src/modules/claims/sealed-care.ts';
import type { ClaimDecision, SubmittedClaim } from '../../src/modules/claims/submitting/claim.ts';
import type { Keys } from '../../src/modules/vault/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';

/** Whose books are looked at. */
export type Books = { readonly owner: Database; readonly keys: Keys };

/** A claim as its owner sees it, opened. */
export type AuditedClaim = {
  readonly id: string;
  readonly account: number;
  readonly organisation: number;
  readonly subject: string;
  readonly state: number;
  readonly reason: number;
  readonly engagement: string | null;
  readonly twin: string;
  readonly explainHow: number | null;
  readonly submitted: SubmittedClaim;
  readonly decision: ClaimDecision | null;
  readonly history: readonly (readonly [state: number, reason: number])[];
};

const accepted = 2;
/** What a claim may have been, one after the other. */
const lives = ['1', '1 2', '1 3', '1 4', '1 2 4'];
const eventOf: Readonly<Record<number, string>> = {
  2: 'claim.accepted',
  3: 'claim.rejected',
  4: 'claim.cancelled',
};

/** The limits of the plan of the tests, by what they are limits of: tests/claiming.ts. */
const limits: Readonly<Record<string, { guarantee: string; acts: number; cents: number }>> = {
  'hearing-aid': { guarantee: 'Aides auditives', acts: 2, cents: Number.POSITIVE_INFINITY },
  'optical-frame': { guarantee: 'Monture', acts: 1, cents: 9997 },
  'optical-lens': { guarantee: 'Verres', acts: 2, cents: 42_000 },
  device: { guarantee: 'Médecine douce', acts: Number.POSITIVE_INFINITY, cents: 10_000 },
};

/** Reads every claim. */
export async function readBooks({ owner, keys }: Books): Promise<AuditedClaim[]> {
  const rows = await owner`
    select c.id, c.account, c.organisation, c.subject, c.state, c.reason, c.engagement, e.how as explain_how,
        encode(c.twin_mark, 'hex') as twin, c.sealed, d.sealed as decided,
        (select string_agg(h.state || ' ' || h.reason, ',' order by h.at, h.state)
           from claims.history h where h.claim = c.id) as history
      from claims.claim c left join claims.decision d on d.claim = c.id
      left join claims.to_explain e on e.claim = c.id
     order by c.received_at, c.id`;
  return rows.map(({ sealed, decided, explain_how: explainHow, history, ...row }) => ({
    ...(row as Pick<AuditedClaim, 'id' | 'account' | 'organisation' | 'subject' | 'state' | 'reason'>),
    ...{ engagement: row.engagement, twin: row.twin, explainHow },
    submitted: openCare<SubmittedClaim>(keys, sealed, { what: 'claim', id: row.id }),
    decision:
      decided === null ? null : openCare<ClaimDecision>(keys, decided, { what: 'decision', id: row.id }),
    history: String(history ?? '')
      .split(',')
      .map((line) => line.split(' ').map(Number) as [number, number]),
  }));
}

/**
 * What is wrong with claims, engagements, envelopes and events, once nothing is on its way any more; nothing
 * is []. To the cent, from what is sealed, by another way than the code that wrote it.
 */
export async function auditClaims(books: Books): Promise<string[]> {
  const claims = await readBooks(books);
  return [
    ...claims.flatMap(faultsOfLife),
    ...claims.flatMap(faultsOfAmounts),
    ...faultsOfTwins(claims),
    ...(await faultsOfEngagements(books, claims)),
    ...(await faultsOfEnvelopes(books, claims)),
    ...(await faultsOfActs(books, claims)),
    ...(await faultsOfEvents(books, claims)),
  ];
}

/** State, history and decision say the same; nothing waits. */
function faultsOfLife({ id, state, reason, history, decision }: AuditedClaim): string[] {
  const life = history.map(([one]) => one).join(' ');
  const [last] = history.slice(-1);
  const isDecided = history.some(([one]) => one === 2 || one === 3);
  return [
    ...(lives.includes(life) ? [] : [`claim ${id} lived ${life}`]),
    ...(last?.[0] === state ? [] : [`claim ${id} is ${state}, its history ends in ${last?.[0]}`]),
    ...(state === 1 ? [`claim ${id} is stuck`] : []),
    ...((state === 3) === (reason !== 0) ? [] : [`claim ${id} is ${state} for reason ${reason}`]),
    ...(isDecided === (decision !== null) ? [] : [`claim ${id} has a decision ${decision !== null}`]),
    ...(state !== 3 || history.at(-1)?.[1] === reason ? [] : [`claim ${id} has two reasons`]),
  ];
}

const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((total, item) => total + of(item), 0);
const complementary = (share: Shares) => sum(share.complementary, ({ cents }) => cents);

/** Each line of an accepted claim is paid to the cent, and nobody pays less than nothing. */
function faultsOfAmounts({ id, submitted, decision, history }: AuditedClaim): string[] {
  if (!history.some(([state]) => state === accepted)) return [];
  const shares = decision?.told.shares ?? [];
  const { acts } = submitted.care;
  if (shares.length !== acts.length) return [`claim ${id} has ${shares.length} lines for ${acts.length}`];
  return acts.flatMap((act, line) => {
    const share = shares[line] as Shares;
    const { mandatoryGross, mandatoryNet, participation, franchise, person } = share;
    const parts = [
      mandatoryGross,
      person,
      participation,
      franchise,
      ...share.complementary.map((one) => one.cents),
    ];
    const isWhole = parts.every((cents) => Number.isInteger(cents) && cents >= 0);
    const isPaid = act.price === mandatoryGross + complementary(share) + person;
    const isNet = mandatoryNet === mandatoryGross - participation - franchise;
    return isWhole && isPaid && isNet ? [] : [`claim ${id}, line ${line}: ${JSON.stringify(share)}`];
  });
}

function faultsOfTwins(claims: readonly AuditedClaim[]): string[] {
  const twins = claims.filter(({ state }) => state === accepted).map(({ twin }) => twin);
  return twins.length === new Set(twins).size ? [] : ['one care was accepted twice'];
}

/** Used by exactly one accepted claim, or open, or cancelled. */
async function faultsOfEngagements({ owner }: Books, claims: readonly AuditedClaim[]): Promise<string[]> {
  const rows = await owner`select number, state, claim, subject, organisation from claims.engagement`;
  const known = new Set(rows.map(({ number }) => number));
  const using = claims.filter(({ state, engagement }) => state === accepted && engagement !== null);
  return [
    ...using.filter(({ engagement }) => !known.has(engagement)).map(({ id }) => `claim ${id} used nothing`),
    ...rows.flatMap(({ number, state, claim, subject, organisation }) => {
      const users = using.filter(({ engagement }) => engagement === number);
      const isRight =
        state === 2
          ? users.length === 1 &&
            users[0]?.id === claim &&
            users[0]?.subject === subject &&
            users[0]?.organisation === organisation
          : users.length === 0 && claim === null;
      return isRight ? [] : [`engagement ${number} is ${state}, used by ${users.map(({ id }) => id)}`];
    }),
  ];
}

/** Uses of one claim or promise, by guarantee: what must stand in envelopes. */
type Uses = Map<string, { acts: number; cents: number }>;

function add(uses: Uses, name: string, more: { acts: number; cents: number }): void {
  if (more.acts === 0 && more.cents === 0) return;
  const { acts, cents } = uses.get(name) ?? { acts: 0, cents: 0 };
  uses.set(name, { acts: acts + more.acts, cents: cents + more.cents });
}

function usesOf({ care, told }: Pick<Engagement, 'care' | 'told'>): Uses {
  const uses: Uses = new Map();
  for (const [line, act] of care.acts.entries()) {
    const share = told.shares[line];
    const limit = limits[act.kind];
    if (share === undefined) continue;
    add(uses, 'participation', { acts: 0, cents: share.participation });
    add(uses, 'franchise', { acts: 0, cents: share.franchise });
    if (limit === undefined) continue;
    const cents = complementary(share);
    add(uses, limit.guarantee, { acts: cents > 0 ? act.quantity : 0, cents });
  }
  return uses;
}

/** Everything limits were taken from is taken by somebody, and nothing is taken that limits do not have. */
async function faultsOfEnvelopes(books: Books, claims: readonly AuditedClaim[]): Promise<string[]> {
  const { owner, keys } = books;
  const envelopes = await readEnvelopes(books);
  const engagements = await owner`select number, state, sealed from claims.engagement`;
  const expected = new Map<string, Uses>([
    ...claims
      .filter(({ state }) => state === accepted)
      .map(({ id, submitted, decision }): [string, Uses] => {
        return [id, usesOf({ care: submitted.care, told: decision?.told ?? { shares: [], payers: [] } })];
      }),
    ...engagements
      .filter(({ state }) => state === 1)
      .map(({ number, sealed }): [string, Uses] => [
        number,
        usesOf(openCare<Engagement>(keys, sealed, { what: 'engagement', id: number })),
      ]),
  ]);
  const found = new Map<string, Uses>([...expected.keys()].map((by) => [by, new Map()]));
  for (const { by, counter, acts, cents } of [...envelopes.values()].flat()) {
    const uses = found.get(by) ?? new Map();
    found.set(by, uses);
    add(uses, nameOf(counter), { acts, cents });
  }
  const text = (uses: Uses | undefined) => JSON.stringify([...(uses ?? [])].sort());
  const reopened = new Set(claims.filter(({ state }) => state === 4).map(({ engagement }) => engagement));
  return [
    ...[...found]
      // A promise that was used and given back holds what was used, which may be less.
      .filter(([by, uses]) => !reopened.has(by) || !isWithin(uses, expected.get(by)))
      .filter(([by, uses]) => text(uses) !== text(expected.get(by)))
      .map(([by, uses]) => `envelopes hold ${text(uses)} for ${by}, not ${text(expected.get(by))}`),
    ...[...envelopes].flatMap(([mark, uses]) => faultsOfLimits(mark, uses)),
    ...faultsOfPlaces(books, claims, envelopes),
  ];
}

function isWithin(uses: Uses, most: Uses | undefined): boolean {
  return [...uses].every(([name, { acts, cents }]) => {
    const limit = most?.get(name);
    return limit !== undefined && acts <= limit.acts && cents <= limit.cents;
  });
}

function nameOf(counter: string): string {
  const [, kept] = /^kept\/(participation|franchise)/.exec(counter) ?? [];
  return kept ?? counter.slice(counter.lastIndexOf('/') + 1);
}

/** Days of care of these tests lie within a year: a limit of years is one of all of them. */
function faultsOfLimits(mark: string, uses: readonly Use[]): string[] {
  return Object.values(limits).flatMap(({ guarantee, ...most }) => {
    const own = uses.filter(({ counter }) => nameOf(counter) === guarantee);
    const periods = guarantee === 'Médecine douce' ? byYear(own) : [own];
    return periods
      .filter(
        (some) => sum(some, ({ acts }) => acts) > most.acts || sum(some, ({ cents }) => cents) > most.cents,
      )
      .map(
        (some) => `${mark}: ${guarantee} paid ${sum(some, ({ cents }) => cents)}, ${JSON.stringify(some)}`,
      );
  });
}

function byYear(uses: readonly Use[]): Use[][] {
  const years = [...new Set(uses.map(({ day }) => day.slice(0, 4)))];
  return years.map((year) => uses.filter(({ day }) => day.startsWith(year)));
}

/** What a claim took lies with its own person and households, and nowhere else. */
function faultsOfPlaces(
  { keys }: Books,
  claims: readonly AuditedClaim[],
  envelopes: ReadonlyMap<string, Envelopes['person']>,
): string[] {
  const placeOf = new Map(
    claims.map(({ id, subject, decision }) => {
      const { person, households } = whoseOf(keys, subject, decision?.households ?? []);
      return [id, [person, ...households]] as const;
    }),
  );
  return [...envelopes].flatMap(([mark, uses]) =>
    uses
      .filter(({ by }) => placeOf.get(by)?.includes(mark) === false)
      .map(({ by }) => `${by} took from ${mark}`),
  );
}

async function readEnvelopes({ owner, keys }: Books): Promise<Map<string, readonly Use[]>> {
  const rows = await owner`
    select encode(mark, 'hex') as id, sealed from claims.envelope where sealed is not null`;
  return new Map(rows.map(({ id, sealed }) => [id, openCare<Use[]>(keys, sealed, { what: 'envelope', id })]));
}

async function faultsOfActs({ owner }: Books, claims: readonly AuditedClaim[]): Promise<string[]> {
  const rows = await owner`
    select claim, count(*)::int as acts, min(organisation) as organisation from claims.accepted_act group by claim`;
  const live = claims.filter(({ state }) => state === accepted);
  const expected = live.map(({ id, organisation, submitted }) => {
    const names = submitted.care.acts.map(({ code, ear }) => `${code}|${ear}`);
    return `${id} ${new Set(names).size} ${organisation}`;
  });
  const found = rows.map(({ claim, acts, organisation }) => `${claim} ${acts} ${organisation}`);
  return [
    ...expected.filter((one) => !found.includes(one)).map((one) => `acts of ${one} are missing`),
    ...found.filter((one) => !expected.includes(one)).map((one) => `acts of ${one} are nobody’s`),
  ];
}

/** Whoever asked for it is told of each change once. */
async function faultsOfEvents({ owner }: Books, claims: readonly AuditedClaim[]): Promise<string[]> {
  const endpoints = await owner`select id, account from claims.webhook_endpoint`;
  const rows = await owner`select endpoint, claim, type from claims.webhook_delivery where claim is not null`;
  const found = rows.map(({ endpoint, claim, type }) => `${endpoint} ${claim} ${type}`).sort();
  const expected = claims.flatMap(({ id, account, history }) =>
    endpoints
      .filter((endpoint) => endpoint.account === account)
      .flatMap((endpoint) => history.slice(1).map(([state]) => `${endpoint.id} ${id} ${eventOf[state]}`)),
  );
  const isSame = JSON.stringify(found) === JSON.stringify(expected.sort());
  return isSame ? [] : [`events ${found.length}, expected ${expected.length}`];
}

/** Lets every account hear of its claims; nothing is sent: their receivers rest. */
export async function listenToAll(owner: Database): Promise<void> {
  await owner`
    insert into claims.webhook_endpoint (id, account, url, secret_sealed, rests_until)
    select gen_random_uuid(), a.id, 'https://hooks.invalid/', 'x', now() + interval '1 year'
      from access.account a
     where not exists (select from claims.webhook_endpoint e where e.account = a.id)`;
}

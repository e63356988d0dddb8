import { randomUUID } from 'node:crypto';
import { careKinds } from '../../src/modules/claims/guarantees/care.ts';
import { domainsOfKind } from '../../src/modules/claims/index.ts';
import { findProfession } from '../../src/modules/rights/index.ts';
import { ask, draw, type Loot, type Stolen, type Target } from './thief.ts';

/** Kinds that are invoiced on a promise alone, where a contract says so. */
const promised = ['optical-frame', 'optical-lens', 'hearing-aid', 'dental-prosthesis'];
const prescription = { rpps: '10101010101', day: '2024-06-01' };
const batchOf = 20;
let prices = 0;

/** Care that a profession gives, at a price that nobody was invoiced before: no claim is another’s twin. */
export function inventCare(profession: string) {
  const domains = findProfession(profession)?.domains ?? [];
  const kinds = careKinds.filter((kind) => domainsOfKind[kind].some((code) => domains.includes(code)));
  const kind = kinds.find((one) => !promised.includes(one)) ?? kinds[0] ?? 'consultation';
  prices += 1;
  const price = { priceCents: 1_000 + prices, baseCents: 1_000 };
  return {
    needsPromise: promised.includes(kind),
    act: { code: 'B', kind, ...price, ...(kind === 'drug' ? { drugRate: 65 } : {}) },
  };
}

/**
 * Claims for everyone who weighs on the allowance, in one call or one by one, and whatever else claims could
 * give back: sent twice, for people whom colleagues drew, for whom renewal forgave. It is over when all of
 * them are decided, and the ledger heard.
 */
export async function forgeClaims(stolen: Stolen, loot: Loot): Promise<void> {
  const charged = await chargedTargets(stolen);
  const { needsPromise } = inventCare(stolen.profession);
  if (needsPromise) for (const target of charged) await claimOnPromise(stolen, loot, target);
  else {
    for (let from = 0; from < charged.length; from += batchOf) {
      await claimTogether(stolen, loot, charged.slice(from, from + batchOf));
    }
    // What could not be explained by today's care may be by that of another day.
    await allHeard(stolen);
    const rest = await chargedTargets(stolen);
    for (const target of rest.slice(0, batchOf)) await claim(stolen, loot, target, '2025-06-16');
  }
  await allHeard(stolen);
}

/**
 * An accepted claim is cancelled and sent again; the same care is sent once more, and for colleagues’
 * people.
 */
export async function playTricks(stolen: Stolen, loot: Loot): Promise<void> {
  const [row] = await stolen.owner`
    select id, subject from claims.claim where account = ${stolen.account}::int and state = 2
     order by decided_at desc limit 1`;
  if (row !== undefined) {
    const target = stolen.known.get(row.subject);
    await ask(stolen, loot, `/v1/claims/${row.id}/cancellation`, {});
    await ask(stolen, loot, `/v1/claims/${row.id}/cancellation`, {});
    if (target !== undefined) {
      await claim(stolen, loot, target);
      await claim(stolen, loot, target);
    }
  }
  const { owner, account, known } = stolen;
  const forgiven = await owner`
    select subject from ledger.pair where account = ${account}::int and state = 3 limit 3`;
  for (const { subject } of forgiven) {
    const target = known.get(subject);
    if (target !== undefined) await claim(stolen, loot, target);
  }
  // A colleague's person, already explained there: it costs this account one of its own, and gives back none.
  const [theirs] = await owner`
    select id, subject from claims.claim where account <> ${account}::int and state = 2
     order by decided_at desc limit 1`;
  const target = theirs === undefined ? undefined : known.get(theirs.subject);
  if (target !== undefined) {
    await draw(stolen, loot, target, { path: `/v1/claims/${theirs?.id}`, get: true });
    await claim(stolen, loot, target);
  }
  await allHeard(stolen);
}

/** One claim, which draws its person where nobody had. */
export async function claim(
  stolen: Stolen,
  loot: Loot,
  target: Target,
  careDate = stolen.today(),
): Promise<number> {
  const { act } = inventCare(stolen.profession);
  const body = { ...target, careDate, acts: [act], prescription };
  return draw(stolen, loot, target, { path: '/v1/claims', body, key: randomUUID() });
}

/** A quote, which draws its person. */
export async function quote(stolen: Stolen, loot: Loot, target: Target): Promise<number> {
  const { act } = inventCare(stolen.profession);
  const body = { ...target, careDate: stolen.today(), acts: [act] };
  return draw(stolen, loot, target, { path: '/v1/quotes', body });
}

async function claimTogether(stolen: Stolen, loot: Loot, targets: readonly Target[]): Promise<void> {
  const careDate = stolen.today();
  const claims = targets.map((target) => {
    return { ...target, careDate, acts: [inventCare(stolen.profession).act], prescription };
  });
  const body = { claims };
  const key = randomUUID();
  await ask(stolen, loot, '/v1/claim-batches', { body, key });
  // Once more: it is the same.
  await ask(stolen, loot, '/v1/claim-batches', { body, key });
}

async function claimOnPromise(stolen: Stolen, loot: Loot, target: Target): Promise<void> {
  const { act } = inventCare(stolen.profession);
  const care = { ...target, careDate: stolen.today(), acts: [act] };
  const quoted = await ask(stolen, loot, '/v1/quotes', { body: care });
  const made = await ask(stolen, loot, `/v1/quotes/${quoted.body.quote}/engagement`, {});
  const engagement = made.body.engagement === undefined ? {} : { engagement: made.body.engagement };
  const body = { ...care, ...engagement, prescription };
  await ask(stolen, loot, '/v1/claims', { body, key: randomUUID() });
}

async function chargedTargets({ owner, account, known }: Stolen): Promise<Target[]> {
  const rows = await owner`
    select subject from ledger.pair where account = ${account}::int and state = 1 order by first_at`;
  return rows.flatMap(({ subject }) => known.get(subject) ?? []);
}

/** Until every claim of the account is decided and told; what has no room today is told tomorrow. */
async function allHeard({ owner, account }: Stolen): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const [row] = await owner`
      select count(*)::int as due from claims.claim c left join claims.to_explain e on e.claim = c.id
       where c.account = ${account}::int
         and (c.state = 1 or e.at <= ledger.now() + interval '1 minute')`;
    if (row?.due === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('a claim was not decided, or the ledger did not hear of it');
}

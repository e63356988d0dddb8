import { afterEach, beforeEach, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { type CasePart, caseParts, readCasePlace } from './case-place.ts';
import { type ListedCase, listCases } from './read-cases.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await cloneDatabase();
});
afterEach(() => database?.drop());

/** Cases of three levels, many with the very same bits, which are no round numbers. */
async function add(part: CasePart, accounts: { readonly from: number; readonly count: number }) {
  const { from, count } = accounts;
  const state = part === 'ended' ? 'expired' : 'open';
  const rows = await database.owner<{ id: string }[]>`
    insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, opened_at, state,
      closed_at)
    select n, 1, 'optician', ${part === 'watching'}, 1 + n % 3, ln(2 + n % 7), now() - n * interval '1 s',
        ${state}, case when ${state} = 'open' then null else now() end
      from generate_series(${from}::int, ${from + count - 1}::int) n
    returning id::text as id`;
  return rows.map(({ id }) => id);
}

const idsOf = (cases: readonly ListedCase[]) => cases.map(({ id }) => id);

/** All pages of a part, one after the other, with what happens between two of them. */
async function walk(part: CasePart, between: (page: number) => Promise<unknown> = async () => {}) {
  const seen: ListedCase[] = [];
  const pages: number[] = [];
  let after = '';
  do {
    const { cases, next } = await listCases(database.server, { after: readCasePlace(after) });
    const own = cases.filter((one) => partOf(one) === part);
    if (after !== '') expect(own).toHaveLength(cases.length);
    seen.push(...own);
    pages.push(own.length);
    after = next[part] ?? '';
    await between(pages.length);
  } while (after !== '');
  return { seen, pages };
}

function partOf({ state, isShadow }: ListedCase): CasePart {
  if (state !== 'open') return 'ended';
  return isShadow ? 'watching' : 'open';
}

const strictness = ['open', 'challenged', 'restricted', 'suspended'];

/** As an officer expects them: the strictest first, then the strongest, then the newest. */
function isBefore(one: ListedCase, other: ListedCase): boolean {
  const [level, otherLevel] = [one, other].map(({ standing }) => strictness.indexOf(standing));
  if (level !== otherLevel) return Number(level) > Number(otherLevel);
  if (one.bits !== other.bits) return one.bits > other.bits;
  return Number(one.id) > Number(other.id);
}

test('every part has its pages: each case is on one of them, in order, whatever is equal', async () => {
  const added = {
    open: await add('open', { from: 1000, count: 450 }),
    watching: await add('watching', { from: 1000, count: 400 }),
    ended: await add('ended', { from: 1000, count: 401 }),
  };
  for (const part of caseParts) {
    const { seen, pages } = await walk(part);
    expect(pages).toEqual({ open: [200, 200, 50], watching: [200, 200], ended: [200, 200, 1] }[part]);
    expect(idsOf(seen).toSorted()).toEqual(added[part].toSorted());
    const disordered = seen.slice(1).filter((one, at) => {
      const before = seen[at];
      if (before === undefined) return true;
      return part === 'ended' ? Number(before.id) < Number(one.id) : !isBefore(before, one);
    });
    expect(disordered).toEqual([]);
  }
  const { counts } = await listCases(database.server);
  expect(counts).toEqual({ open: 450, watching: 400, ended: 401 });
});

test('what comes, grows or ends between two pages repeats no case and hides none that stays', async () => {
  const first = await add('open', { from: 1000, count: 450 });
  const { owner } = database;
  const [changed, come] = [new Set<string>(), new Set<string>()];
  const note = (ids: Set<string>, rows: readonly { readonly id: string }[]) => {
    for (const { id } of rows) ids.add(id);
  };
  const { seen } = await walk('open', async (page) => {
    // Everywhere in the order, shown or not yet: some end, and some get as strong as can be.
    note(
      changed,
      await owner<{ id: string }[]>`
        update guard.case_file set state = 'undone', closed_at = now()
         where state = 'open' and id % 11 = ${page} returning id::text as id`,
    );
    note(
      changed,
      await owner<{ id: string }[]>`
        update guard.case_file set level = 3, bits = 60 + id
         where state = 'open' and id % 13 = ${page} returning id::text as id`,
    );
    for (const id of await add('open', { from: 1000 + 1000 * page, count: 37 })) come.add(id);
  });
  const ids = idsOf(seen);
  expect(new Set(ids).size).toBe(ids.length);
  const stayed = first.filter((id) => !changed.has(id));
  expect(stayed.length).toBeGreaterThan(250);
  expect(stayed.filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.some((id) => come.has(id))).toBe(true);
  // Read from the beginning, all that is open is there: also what grew past the pages or came before them.
  const { seen: again } = await walk('open');
  const rows = await owner<{ id: string }[]>`select id::text as id from guard.case_file where state = 'open'`;
  expect(idsOf(again).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
});

test('the case that a place was taken from ends, or moves: the next page begins where it stood', async () => {
  await add('open', { from: 1000, count: 450 });
  const whole = idsOf((await walk('open')).seen);
  const { cases, next } = await listCases(database.server);
  const last = idsOf(cases).at(-1) ?? '';
  for (const change of [
    database.owner`update guard.case_file set bits = 99 where id = ${last}::text::bigint`,
    database.owner`
      update guard.case_file set state = 'expired', closed_at = now() where id = ${last}::text::bigint`,
  ]) {
    await change;
    const page = await listCases(database.server, { after: readCasePlace(String(next.open)) });
    expect(idsOf(page.cases)).toEqual(whole.slice(200, 400));
  }
});

test('of one account the pages hold its own cases alone', async () => {
  const { owner } = database;
  await owner`
    insert into guard.case_file (account, organisation, profession, is_shadow, level, bits, opened_at, state,
      closed_at)
    select 7 + n % 2, 1, 'optician', false, 1, 14, now(), 'answered', now() from generate_series(1, 450) n`;
  const first = await listCases(database.server, { account: 7 });
  expect(first.counts).toEqual({ open: 0, watching: 0, ended: 225 });
  const rest = await listCases(database.server, {
    ...{ account: 7, after: readCasePlace(String(first.next.ended)) },
  });
  expect([first.cases.length, rest.cases.length, rest.next.ended]).toEqual([200, 25, null]);
  const all = [...first.cases, ...rest.cases];
  expect(new Set(idsOf(all)).size).toBe(225);
  expect(all.every(({ account }) => account === 7)).toBe(true);
});

import type { Ledger } from '../../src/modules/ledger/index.ts';
import type { Database } from '../../src/platform/database/connect.ts';
import type { Desk } from '../../world/desk.ts';
import { claim, forgeClaims, playTricks, quote } from './forging.ts';
import { post, type Request, type Said } from './post.ts';

/** What the attacker knows of a person: everything the look-up asks for. */
export type Target = { readonly nir: string; readonly birthDate: string; readonly birthRank: number };

/** One stolen account and what its thief works with. */
export type Stolen = {
  readonly account: number;
  readonly profession: string;
  readonly headers: Desk['headers'];
  readonly servers: readonly string[];
  readonly targets: Iterator<Target>;
  readonly ownPatients: readonly Target[];
  readonly ledger: Ledger;
  readonly owner: Database;
  /** Everybody by the ledger's name: whom a pair is about, the thief remembers. */
  readonly known: ReadonlyMap<string, Target>;
  /** Whom this account was told of, strangers and patients: see `nameOf`. */
  readonly told: Set<string>;
  today(): string;
};

/** One person has one name; twins may have one number. */
export function nameOf({ nir, birthDate, birthRank }: Target): string {
  return `${nir}|${birthDate}|${birthRank}`;
}

/** What one stolen account took, by entry of the ledger. */
export type Loot = {
  strangers: number;
  ownPatients: number;
  refused: number;
  requests: number;
  entries: string[];
};

const connections = 6;

/**
 * A day's work of a thief who knows every rule: draw, refill by every trick, draw again, until nothing
 * gives any more.
 */
export async function stealForADay(stolen: Stolen): Promise<Loot> {
  const loot: Loot = { strangers: 0, ownPatients: 0, refused: 0, requests: 0, entries: [] };
  let before: number;
  await drawUntilRefused(stolen, loot);
  do {
    before = loot.strangers;
    await forgeClaims(stolen, loot);
    await forgeReasons(stolen);
    await drawUntilRefused(stolen, loot);
  } while (loot.strangers > before);
  await playTricks(stolen, loot);
  await drawUntilRefused(stolen, loot);
  await readAgain(stolen, loot);
  await guess(stolen, loot);
  return loot;
}

/** Lookups, quotes and claims for strangers in turn: each draws its person as the others do. */
async function drawUntilRefused(stolen: Stolen, loot: Loot): Promise<void> {
  let refused = false;
  await Promise.all(
    Array.from({ length: connections }, async (_none, way) => {
      while (!refused) {
        const next = stolen.targets.next();
        if (next.done === true) return;
        const status = await drawStranger(stolen, loot, { target: next.value, way });
        if (status >= 300) refused = true;
      }
    }),
  );
}

function drawStranger(stolen: Stolen, loot: Loot, { target, way }: { target: Target; way: number }) {
  if (way === 1) return quote(stolen, loot, target);
  if (way === 2) return claim(stolen, loot, target);
  // A made-up card code: as useful as none, and it must not make the lookup free.
  return lookUp(stolen, loot, { ...target, presenceCode: '000000' });
}

/** False reasons for everyone drawn, told to the ledger past every route. */
async function forgeReasons({ ledger, owner, account }: Stolen): Promise<void> {
  const charged = await owner`
      select subject from ledger.pair where account = ${account}::int and state = 1 order by first_at`;
  for (const how of ['reason', 'break-glass'] as const) {
    for (const { subject } of charged) {
      const said = await ledger.explain({ account, subject, how, by: account });
      if (said === 'limit-reached') break;
    }
  }
}

async function readAgain(stolen: Stolen, loot: Loot): Promise<void> {
  for (const patient of stolen.ownPatients) {
    if ((await lookUp(stolen, loot, patient)) === 200) loot.ownPatients += 1;
  }
}

/**
 * One wrong birth date and one unknown person a day: more would close the account's own balance of
 * unknown people.
 */
async function guess(stolen: Stolen, loot: Loot): Promise<void> {
  const [patient] = stolen.ownPatients;
  if (patient !== undefined) await lookUp(stolen, loot, { ...patient, birthDate: '1901-01-01' });
  await lookUp(stolen, loot, { nir: '199127512345681', birthDate: '1999-12-01', birthRank: 1 });
}

function lookUp(stolen: Stolen, loot: Loot, person: Target & { presenceCode?: string }): Promise<number> {
  const body = { ...person, careDate: '2026-03-02', purpose: 'TREAT' };
  return draw(stolen, loot, person, { path: '/v1/coverage-lookups', body });
}

/** Asks for a person; one whom this account was not told of before is a stranger drawn. */
export async function draw(
  stolen: Stolen,
  loot: Loot,
  target: Target,
  { path, ...request }: Request & { readonly path: string },
): Promise<number> {
  const { status, entry } = await ask(stolen, loot, path, request);
  if (status >= 300) return status;
  loot.entries.push(entry ?? 'none');
  const name = nameOf(target);
  if (!stolen.told.has(name)) loot.strangers += 1;
  stolen.told.add(name);
  return status;
}

/** Asks one of the servers in turn. */
export async function ask(stolen: Stolen, loot: Loot, path: string, request: Request): Promise<Said> {
  const server = stolen.servers[loot.requests % stolen.servers.length] ?? '';
  loot.requests += 1;
  const said = await post(`${server}${path}`, stolen.headers, request);
  const { status } = said;
  if (status >= 300) loot.refused += 1;
  if (status >= 500 || status === 401 || status === 422) {
    throw new Error(`the server answered ${status} to ${path}: ${JSON.stringify(said.body)}`);
  }
  return said;
}

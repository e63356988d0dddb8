import type { Database } from '../../../platform/database/connect.ts';
import { countSignedIn, type Live } from '../../access/index.ts';
import {
  countNewByDepartement,
  countTold,
  departementOf,
  type Ledger,
  type PastLookup,
  readPastLookups,
  readUsualPeople,
} from '../../ledger/index.ts';
import { birthDepartements } from '../../rights/index.ts';
import { usualDaysBefore, windowOf } from './case-window.ts';
import { findCase } from './find-case.ts';
import { type LookupSign, signsOf } from './lookup-signs.ts';
import * as store from './store.ts';
import { type UsualPlaces, usualPlacesOf } from './usual-places.ts';

/** One département of a case: new people of the case, and people who are usual for the account. */
export type CasePlace = {
  readonly departement: string;
  readonly people: number;
  readonly usual: number;
  readonly isUsual: boolean | null;
};

/** Where the numbers of a case's new people were given, against those of the account's usual people. */
export type CasePlaces = {
  readonly people: number;
  /** Of these, whose number tells no département. */
  readonly unplaced: number;
  readonly usualPeople: number;
  readonly isUsualKnown: boolean;
  readonly places: readonly CasePlace[];
};

/** A lookup behind the evidence of a case, in signs; nobody's name. */
export type CaseLookup = Pick<PastLookup, 'at' | 'sinceSeconds'> & {
  readonly entry: string;
  readonly departement: string | null;
  readonly signs: readonly LookupSign[];
  readonly bits: number;
  /** What each detector gained or lost by it, in bits; null where the lookup before is not kept. */
  readonly added: readonly number[] | null;
};

/** What ending a case does, in numbers of people and sessions, as they are now. */
export type CaseEffect = Live & {
  /** Different people told to the account from the day before its first step on. */
  readonly people: number;
  /** Different people it was told of on a usual day before; null when there was none. */
  readonly usualPeople: number | null;
  /** New people it may still draw. */
  readonly newPeopleLeft: number;
};

/** More than a case keeps: what stands between its points is read too. */
const lookupsMost = 5_000;

/** The places of a case's new people. */
export async function readPlaces(db: Database, id: string): Promise<CasePlaces> {
  const row = await findCase(db, id);
  const window = await windowOf(db, row);
  const usual = await readUsualPlaces(db, window.account);
  const counted = new Map(
    (await countNewByDepartement(db, window)).map(({ departement, people }) => [departement, people]),
  );
  const places = birthDepartements.flatMap((departement, index) => {
    const place = index + 1;
    const one = { departement, people: counted.get(place) ?? 0, usual: usual.countAt(place) };
    return one.people + one.usual === 0 ? [] : [{ ...one, isUsual: usual.isUsual(place) }];
  });
  return {
    people: [...counted.values()].reduce((sum, people) => sum + people, 0),
    unplaced: counted.get(0) ?? 0,
    usualPeople: usual.people,
    isUsualKnown: usual.isKnown,
    places,
  };
}

/** The lookups behind a case's evidence, in their order. */
export async function readLookups(db: Database, id: string): Promise<CaseLookup[]> {
  const row = await findCase(db, id);
  const points = await store.listPoints(db, id);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const window = await windowOf(db, row);
  const usual = await readUsualPlaces(db, window.account);
  // A date has no microseconds: the last lookup may stand within its millisecond.
  const span = { ...window, from: first.at, to: new Date(last.at.getTime() + 1) };
  const lookups = await readPastLookups(db, span, lookupsMost);
  return lookupsAt(points, lookups, usual);
}

async function readUsualPlaces(db: Database, account: number): Promise<UsualPlaces> {
  const [row] = await store.listStates(db, [account]);
  return usualPlacesOf(row?.state);
}

/** The points that have a lookup, each with what it added to the one before. */
export function lookupsAt(
  points: readonly store.PointRow[],
  lookups: readonly PastLookup[],
  usual: UsualPlaces,
): CaseLookup[] {
  const bySeq = new Map(lookups.map((lookup) => [lookup.seq, lookup]));
  return points.flatMap(({ lane, seq, at, bits, own }, index) => {
    const lookup = bySeq.get(seq);
    if (lookup === undefined) return [];
    const before = points[index - 1];
    const isNext = before !== undefined && before.seq === lookup.before;
    const added = isNext ? own.map((one, place) => one - (before.own[place] ?? 0)) : null;
    const departement = birthDepartements[departementOf(lookup.signals) - 1] ?? null;
    const { sinceSeconds } = lookup;
    const signs = signsOf(lookup, usual.isUsual);
    return [{ entry: `${lane}/${seq}`, at, sinceSeconds, departement, signs, bits, added }];
  });
}

/** What undoing or confirming a case would do now. */
export async function readEffect(
  tools: { readonly db: Database; readonly ledger: Pick<Ledger, 'readAllowance'> },
  id: string,
): Promise<CaseEffect> {
  const { db, ledger } = tools;
  const row = await findCase(db, id);
  const window = await windowOf(db, row);
  return {
    ...(await countSignedIn(db, row.account)),
    people: await countTold(db, window),
    usualPeople: await readUsualPeople(db, usualDaysBefore(window)),
    newPeopleLeft: (await ledger.readAllowance(row.account))?.left ?? 0,
  };
}

import type { Database } from '../../../platform/database/connect.ts';
import { countTold, type Standing, standingAt } from '../../ledger/index.ts';
import { type Keys, openText } from '../../vault/index.ts';
import { containedHours } from '../acting/end-cases.ts';
import { judgedLookups } from '../campaigns/group.ts';
import { findCampaignOf, listCampaignRows, listMembers } from '../campaigns/store.ts';
import { levels } from '../fold/finding.ts';
import { bitsFor } from '../fold/thresholds.ts';
import { dailyLookupsOf } from '../following/profiles.ts';
import { type CasePart, type CasePlace, caseParts, writeCasePlace } from './case-place.ts';
import { windowOf } from './case-window.ts';
import { findCase } from './find-case.ts';
import * as store from './store.ts';

/** A case in a list. */
export type ListedCase = Omit<store.CausedCaseRow, 'level'> & { readonly standing: Standing };

/** How much evidence each step asks for in a profession. */
export type Thresholds = { readonly challenge: number; readonly restrict: number; readonly suspend: number };

/**
 * A case whole: how it came about, what was done, by whom and why. Places of the ledger, and nobody's name.
 */
export type ReadCase = ListedCase & {
  readonly thresholds: Thresholds;
  /** When it ends by itself; null when it does not. */
  readonly expiresAt: Date | null;
  /** People told to the account, absent, in the day before its first step. */
  readonly peopleBefore: number;
  /** The same from its first step until now, or the end of the case. */
  readonly peopleSince: number;
  /** The campaign that its account belongs to. */
  readonly campaign: string | null;
  /** What its group is asked for, as many accounts as it has now; null where none led to the case. */
  readonly group: CaseGroup | null;
  readonly steps: readonly {
    readonly what: store.StepRow['what'];
    readonly at: Date;
    readonly from: Standing;
    readonly to: Standing;
    readonly by: number;
    readonly because: string | null;
    readonly entry: string | null;
    readonly bits: number | null;
    readonly ledBy: store.Cause | null;
    readonly why: string;
  }[];
  readonly points: readonly {
    readonly entry: string;
    readonly at: Date;
    readonly bits: number;
    readonly own: readonly number[];
  }[];
};

/** The group of a case: its accounts, and how much evidence of all together each step asks for. */
export type CaseGroup = Pick<Thresholds, 'challenge' | 'restrict'> & { readonly accounts: number };

/** So many at most are on a page of each part. */
const shownMost = 200;
/** How far back a holder is told what was done to their account: a season. */
const ownDays = 90;

/** A page of cases: of every part its beginning, or of one part what comes after a place. */
export type CasePage = {
  readonly cases: ListedCase[];
  readonly counts: store.CaseCounts;
  /** Of each part, after which place it goes on; null where nothing is left, or was not asked for. */
  readonly next: Readonly<Record<CasePart, string | null>>;
};

/**
 * Cases, what needs somebody first, and how many there are; of one account alone, when one is given. A
 * page goes on after a place, not after so many: cases that come or end meanwhile repeat nothing and hide
 * nothing. Evidence only grows while a case is open: one that was shown never comes again, and one whose
 * evidence grew past the place stands on the pages before, which tell of it when they are read again. So
 * does what came meanwhile and is stronger than the place; and what ended is among those that ended, by
 * its number.
 */
export async function listCases(
  db: Database,
  asked: { readonly account?: number | undefined; readonly after?: CasePlace | undefined } = {},
): Promise<CasePage> {
  const cases: ListedCase[] = [];
  const next: Record<CasePart, string | null> = { open: null, watching: null, ended: null };
  // In this order: a case that ends meanwhile is listed twice rather than not at all.
  for (const part of asked.after === undefined ? caseParts : [asked.after.part]) {
    const rows = await store.listCaseRows(db, { ...asked, part, most: shownMost + 1 });
    const page = rows.slice(0, shownMost);
    const last = rows.length > shownMost ? page.at(-1) : undefined;
    if (last !== undefined) next[part] = writeCasePlace({ ...last, part });
    cases.push(...page.map(listed));
  }
  return { cases, counts: await store.countCases(db, asked.account), next };
}

/** One case with all that led to it. */
export async function readCase(tools: { db: Database; keys: Keys }, id: string): Promise<ReadCase> {
  const { db, keys } = tools;
  const row = await findCase(db, id);
  const [steps, points] = [await store.listSteps(db, id), await store.listPoints(db, id)];
  const window = await windowOf(db, row);
  const { openedAt } = row;
  const campaign = await findCampaignOf(db, row.account);
  const isGroups = steps.some(({ ledBy }) => ledBy === 'group');
  return {
    ...listed(row),
    thresholds: thresholdsOf(row.profession),
    expiresAt: expiryOf(row, steps.at(-1)?.at ?? null),
    peopleBefore: await countTold(db, { ...window, to: openedAt }),
    ...{ campaign, group: campaign !== null && isGroups ? await readGroup(db, campaign) : null },
    peopleSince: await countTold(db, { ...window, from: new Date(openedAt.getTime() + 1) }),
    steps: steps.map((step) => ({
      ...{ what: step.what, at: step.at, by: step.by, bits: step.bits, ledBy: step.ledBy },
      ...{ from: standingAt(step.from), to: standingAt(step.to) },
      because: step.seq === null ? null : `${step.lane}/${step.seq}`,
      entry: step.entrySeq === null ? null : `${window.lane}/${step.entrySeq}`,
      why: step.reasonSealed === null ? '' : openText(keys, step.reasonSealed, `case|${id}`),
    })),
    points: points.map(({ lane, seq, ...point }) => ({ ...point, entry: `${lane}/${seq}` })),
  };
}

/** A group is asked for more than its accounts, for it makes all their lookups. */
async function readGroup(db: Database, campaign: string): Promise<CaseGroup> {
  const members = await listMembers(db, campaign);
  const [row] = await listCampaignRows(db, { most: 1, only: campaign });
  const dailyLookups = members.reduce((sum, { profession }) => sum + dailyLookupsOf(profession), 0);
  const judged = judgedLookups({ dailyLookups, isConfirmed: row?.state === 'confirmed' });
  const profile = { dailyLookups: judged };
  const [challenge, restrict] = [bitsFor(profile, 'challenge'), bitsFor(profile, 'restrict')];
  return { accounts: members.length, challenge, restrict };
}

/** What contains an account now, as its holder is told. */
export type OwnCase = { readonly standing: Standing; readonly expiresAt: Date | null };

/** The open case of an account; null when the guard has nothing against it. */
export async function readOwnCase(db: Database, account: number): Promise<OwnCase | null> {
  const row = await store.findOwnCase(db, account);
  if (row === undefined) return null;
  return { standing: listed(row).standing, expiresAt: expiryOf(row, await store.lastStepAt(db, row.id)) };
}

/** What the guard did to an account lately, as its holder is told: the strictest step, and how it ended. */
export type OwnPastCase = Pick<ListedCase, 'openedAt' | 'closedAt' | 'state' | 'standing'>;

/** The last cases of an account; those that only watched changed nothing, and are not told. */
export async function listOwnPast(db: Database, account: number): Promise<OwnPastCase[]> {
  const rows = await store.listOwnCases(db, { account, days: ownDays, most: 20 });
  return rows.map(listed).map(({ openedAt, closedAt, state, standing }) => {
    return { openedAt, closedAt, state, standing };
  });
}

/** The promises of a profession, as bits. */
export function thresholdsOf(profession: string): Thresholds {
  const dailyLookups = dailyLookupsOf(profession);
  const [, challenge, restrict, suspend] = levels.map((level) => bitsFor({ dailyLookups }, level));
  return { challenge: challenge ?? 0, restrict: restrict ?? 0, suspend: suspend ?? 0 };
}

function listed<Row extends store.CaseRow>({ level, ...row }: Row) {
  return { ...row, standing: standingAt(level) };
}

function expiryOf({ state, level, isShadow }: store.CaseRow, lastAt: Date | null): Date | null {
  if (state !== 'open' || lastAt === null || (level === 3 && !isShadow)) return null;
  return new Date(lastAt.getTime() + containedHours * 3_600_000);
}

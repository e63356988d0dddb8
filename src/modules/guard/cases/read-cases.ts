import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import { countLanes, countTold, type Standing, standings } from '../../ledger/index.ts';
import { findProfession } from '../../rights/index.ts';
import { type Keys, openText } from '../../vault/index.ts';
import { containedHours } from '../acting/end-cases.ts';
import { findCampaignOf } from '../campaigns/store.ts';
import { levels } from '../fold/finding.ts';
import { bitsFor } from '../fold/thresholds.ts';
import * as store from './store.ts';

/** A case in a list. */
export type ListedCase = Omit<store.CaseRow, 'level'> & { readonly standing: Standing };

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
  readonly steps: readonly {
    readonly what: store.StepRow['what'];
    readonly at: Date;
    readonly from: Standing;
    readonly to: Standing;
    readonly by: number;
    readonly because: string | null;
    readonly entry: string | null;
    readonly bits: number | null;
    readonly why: string;
  }[];
  readonly points: readonly {
    readonly entry: string;
    readonly at: Date;
    readonly bits: number;
    readonly own: readonly number[];
  }[];
};

const shownMost = 200;
const dayMs = 86_400_000;

/** Cases, what needs somebody first. */
export async function listCases(db: Database): Promise<ListedCase[]> {
  return (await store.listCaseRows(db, { most: shownMost })).map(listed);
}

/** One case with all that led to it. */
export async function readCase(tools: { db: Database; keys: Keys }, id: string): Promise<ReadCase> {
  const { db, keys } = tools;
  const [row] = await store.listCaseRows(db, { most: 1, only: id });
  if (row === undefined) throw new Failure('not-found');
  const [steps, points, lanes] = [
    await store.listSteps(db, id),
    await store.listPoints(db, id),
    await countLanes(db),
  ];
  const about = { lane: row.account % lanes, account: row.account };
  const { openedAt } = row;
  const from = new Date(openedAt.getTime() - dayMs);
  const to = row.closedAt ?? new Date(openedAt.getTime() + 365 * dayMs);
  return {
    ...listed(row),
    thresholds: thresholdsOf(row.profession),
    expiresAt: expiryOf(row, steps.at(-1)?.at ?? null),
    peopleBefore: await countTold(db, { ...about, from, to: openedAt }),
    campaign: await findCampaignOf(db, row.account),
    peopleSince: await countTold(db, { ...about, from: new Date(openedAt.getTime() + 1), to }),
    steps: steps.map((step) => ({
      ...{ what: step.what, at: step.at, by: step.by, bits: step.bits },
      ...{ from: standings[step.from] ?? 'suspended', to: standings[step.to] ?? 'suspended' },
      because: step.seq === null ? null : `${step.lane}/${step.seq}`,
      entry: step.entrySeq === null ? null : `${about.lane}/${step.entrySeq}`,
      why: step.reasonSealed === null ? '' : openText(keys, step.reasonSealed, `case|${id}`),
    })),
    points: points.map(({ lane, seq, ...point }) => ({ ...point, entry: `${lane}/${seq}` })),
  };
}

/** What contains an account now, as its holder is told. */
export type OwnCase = { readonly standing: Standing; readonly expiresAt: Date | null };

/** The open case of an account; null when the guard has nothing against it. */
export async function readOwnCase(db: Database, account: number): Promise<OwnCase | null> {
  const row = await store.findOwnCase(db, account);
  if (row === undefined) return null;
  return { standing: listed(row).standing, expiresAt: expiryOf(row, await store.lastStepAt(db, row.id)) };
}

/** The promises of a profession, as bits. */
export function thresholdsOf(profession: string): Thresholds {
  const dailyLookups = findProfession(profession)?.figures.lookupsPerDay.value ?? 0;
  const [, challenge, restrict, suspend] = levels.map((level) =>
    bitsFor({ profession, dailyLookups }, level),
  );
  return { challenge: challenge ?? 0, restrict: restrict ?? 0, suspend: suspend ?? 0 };
}

function listed({ level, ...row }: store.CaseRow): ListedCase {
  return { ...row, standing: standings[level] ?? 'suspended' };
}

function expiryOf({ state, level, isShadow }: store.CaseRow, lastAt: Date | null): Date | null {
  if (state !== 'open' || lastAt === null || (level === 3 && !isShadow)) return null;
  return new Date(lastAt.getTime() + containedHours * 3_600_000);
}

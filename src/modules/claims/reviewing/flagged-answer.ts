import { Type } from '@sinclair/typebox';
import { word } from '../../access/index.ts';
import type { Keys } from '../../vault/index.ts';
import { rejectionOf, rejectionWords } from '../adjudicating/rejections.ts';
import { claimSignals, claimSignalWords, signalsIn } from '../adjudicating/signals.ts';
import { type Act, careKinds } from '../guarantees/care.ts';
import type { HistoryRow } from '../reading/store.ts';
import { openCare } from '../sealed-care.ts';
import { type ClaimDecision, claimStateWords, type SubmittedClaim, stateWord } from '../submitting/claim.ts';
import type { ContestRow, FlaggedRow } from './store.ts';

const optional = (description: string, type: string = 'string') =>
  Type.Unsafe<string | null>({ type: [type, 'null'], description });
const centsOrNull = Type.Unsafe<number | null>({
  type: ['integer', 'null'],
  description: 'What this insurer pays of it, in cents; null when nothing was counted.',
});

/** A flagged claim in a list. */
export const listedFlagged = {
  claim: Type.String({ description: 'Number of the claim.' }),
  signals: Type.Array(
    Type.Object({
      signal: word(claimSignalWords, 'Why it should be looked at; it blocks nothing.'),
      fr: Type.String({ description: 'The reason, in French.' }),
      en: Type.String(),
    }),
  ),
  state: word(claimStateWords, 'How the claim stands.'),
  careDate: Type.String(),
  receivedAt: Type.String({ description: 'UTC, ISO 8601.' }),
  decidedAt: optional('UTC, ISO 8601.'),
  organisation: Type.Integer({ description: 'Number of the organisation that sent it.' }),
  kinds: Type.Array(word(careKinds, 'Kind of care.')),
  ownCents: centsOrNull,
  flaggedAt: Type.String({ description: 'UTC, ISO 8601.' }),
  seenAt: optional('UTC, ISO 8601; null until somebody of this insurer looked at it.'),
  seenBy: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'The account that did.' }),
};

/** One flagged claim: what this insurer pays and what it needs to judge, and nothing of another's. */
export const wholeFlagged = Type.Object({
  ...listedFlagged,
  rejection: Type.Union([Type.Null(), word(rejectionWords, 'Why it was rejected.')]),
  acts: Type.Array(
    Type.Object({
      code: Type.String(),
      kind: word(careKinds, 'Kind of care.'),
      quantity: Type.Integer(),
      basket: optional('full, moderate or free.'),
      ear: optional('left or right.'),
      priceCents: Type.Integer(),
      baseCents: Type.Integer({ description: 'What the mandatory scheme counts from.' }),
      mandatoryGrossCents: centsOrNull,
      own: Type.Array(Type.Object({ plan: Type.String(), cents: Type.Integer() }), {
        description: 'What each of this insurer’s plans pays. What others pay is not told.',
      }),
    }),
  ),
  history: Type.Array(Type.Object({ at: Type.String(), state: word(claimStateWords, 'What it became.') })),
  contests: Type.Array(
    Type.Object({
      what: word(['contest', 'withdraw'], 'Contested, or that withdrawn.'),
      why: Type.String({ description: 'The reason that was given.' }),
      at: Type.String(),
      by: Type.Integer({ description: 'The account that did.' }),
    }),
    { description: 'By this insurer alone.' },
  ),
});

/** What may be read of a claim by one of those that pay. */
export type OpenedFlagged = {
  readonly row: FlaggedRow;
  readonly insurer: number;
  readonly submitted: SubmittedClaim;
};

/** Opens a flagged claim as a list shows it. */
export function answerFlagged(keys: Keys, opened: OpenedFlagged) {
  const { row, submitted } = opened;
  const own = ownOf(keys, opened);
  const kinds = [...new Set(submitted.care.acts.map(({ kind }) => kind))];
  return {
    claim: row.id,
    signals: signalsIn(row.signals).map((signal) => {
      const { fr, en } = claimSignals[signal];
      return { signal, fr, en };
    }),
    state: stateWord(row.state),
    careDate: submitted.careDate,
    receivedAt: row.receivedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    ...{ organisation: row.organisation, kinds },
    ownCents: own.length === 0 ? null : own.flat().reduce((sum, { cents }) => sum + cents, 0),
    flaggedAt: row.flaggedAt.toISOString(),
    seenAt: row.seenAt?.toISOString() ?? null,
    seenBy: row.seenBy,
  };
}

/** Opens a flagged claim whole. */
export function answerWholeFlagged(
  keys: Keys,
  opened: OpenedFlagged,
  beside: { readonly history: readonly HistoryRow[]; readonly contests: readonly ContestRow[] },
) {
  const { row, submitted } = opened;
  const own = ownOf(keys, opened);
  const shares = decisionOf(keys, row)?.told.shares ?? [];
  return {
    ...answerFlagged(keys, opened),
    rejection: rejectionOf(row.reason),
    acts: submitted.care.acts.map((act, place) => ({
      ...tellAct(act),
      mandatoryGrossCents: shares[place]?.mandatoryGross ?? null,
      own: own[place] ?? [],
    })),
    history: beside.history.map(({ at, state }) => ({ at: at.toISOString(), state: stateWord(state) })),
    contests: beside.contests.map(({ what, whySealed, by, at }) => ({
      what: what === 1 ? ('contest' as const) : ('withdraw' as const),
      why: openCare<string>(keys, whySealed, { what: 'contest', id: row.id }),
      ...{ at: at.toISOString(), by },
    })),
  };
}

/** What an illness or a situation would tell is left out: amounts are judged without. */
function tellAct({ code, kind, quantity, basket, ear, price, base }: Act) {
  return {
    ...{ code, kind, quantity, basket: basket ?? null, ear: ear ?? null },
    ...{ priceCents: price, baseCents: base },
  };
}

/**
 * What this insurer's plans pay of each act; none when nothing was counted. What is left to the person is
 * told nowhere: with the price, it would say what other insurers pay.
 */
function ownOf(keys: Keys, { row, insurer }: OpenedFlagged) {
  const { shares = [], payers = [] } = decisionOf(keys, row)?.told ?? {};
  return shares.map(({ complementary }) =>
    complementary.flatMap(({ contract, cents }) => {
      const payer = payers.find(({ id }) => id === contract);
      return payer?.insurer === insurer ? [{ plan: payer.plan, cents }] : [];
    }),
  );
}

function decisionOf(keys: Keys, { id, decided }: FlaggedRow): ClaimDecision | null {
  return decided === null ? null : openCare<ClaimDecision>(keys, decided, { what: 'decision', id });
}

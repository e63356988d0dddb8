import type { Database } from '../../../platform/database/connect.ts';
import { Failure } from '../../../platform/errors.ts';
import type { Ledger } from '../../ledger/index.ts';
import { type ReviewReason, reviewReasons } from './review-reasons.ts';
import { insertReview, type Place, readDrawnExplanations, readReviewed } from './store.ts';

/** What reviews are made with. */
export type ReviewTools = { readonly db: Database; readonly ledger: Ledger };

/** What waits for a review: no person, and nothing that names one. */
export type WaitingReview = {
  readonly entry: Place;
  readonly account: number;
  readonly kind: 'break-glass' | 'reason';
  readonly reason: string;
  readonly at: Date;
  readonly claimFollowed: boolean;
};

/** Every break-glass, then the reasons by hand that were drawn by lot; those that nobody has reviewed. */
export async function listWaiting({ db, ledger }: ReviewTools): Promise<WaitingReview[]> {
  const broken = await ledger.readBreakGlass(await readReviewed(db));
  const drawn = await readDrawnExplanations(db);
  const followed = await ledger.findFollowed(drawn);
  return [
    ...broken.map(({ lane, seq, ...told }) => ({
      ...told,
      entry: { lane, seq },
      kind: 'break-glass' as const,
    })),
    ...drawn.map(({ lane, seq, ...told }) => ({
      ...told,
      entry: { lane, seq },
      kind: 'reason' as const,
      claimFollowed: followed.has(`${lane}/${seq}`),
    })),
  ];
}

/**
 * Gives a verdict, once. One that does not accept charges the person again: the entry of that and the verdict
 * are one transaction, so that neither stands alone and the second of two officers leaves nothing behind.
 */
export async function review(
  tools: ReviewTools,
  verdict: { readonly entry: Place; readonly why: ReviewReason; readonly by: number },
): Promise<{ readonly takenBack: Place | null; readonly isCharged: boolean }> {
  const { entry, why, by } = verdict;
  const { db, ledger } = tools;
  const asked = (await listWaiting(tools)).find((each) => isSame(each.entry, entry));
  if (asked === undefined) {
    const isDone = (await readReviewed(db)).some((each) => isSame(each, entry));
    throw new Failure(isDone ? 'already-reviewed' : 'not-found');
  }
  const { account } = asked;
  if (account === by) throw new Failure('forbidden', { detail: 'Nobody reviews their own.' });
  const isAccepted = reviewReasons[why].accepts;
  return db.begin(async (tx) => {
    const back = isAccepted ? null : await ledger.takeBackByHand(tx, { account, entry, by });
    const takenBack = back?.entry ?? null;
    const isFirst = await insertReview(tx, { entry, reviewer: by, isAccepted, why, takenBack });
    // Undoes the entry too: its lane was held until here, so its number goes to the next.
    if (!isFirst) throw new Failure('already-reviewed');
    return { takenBack, isCharged: back?.isCharged ?? false };
  });
}

const isSame = (one: Place, other: Place) => one.lane === other.lane && one.seq === other.seq;

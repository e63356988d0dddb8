import type { Database } from '../../../platform/database/connect.ts';
import type { ClaimExplanation, Ledger } from '../../ledger/index.ts';
import { explainByAnother, explainTomorrow, settleExplained, takeToExplain } from './store.ts';

/** 256 a turn: the ledger takes 64 pairs a transaction, and lookups come in between. */
const atOnce = 256;
const takesBack = 4;

/**
 * Tells the ledger of accepted claims and of those taken back, after their commit: a crash in between leaves
 * them due. Whether there may be more.
 */
export async function explainClaims(tools: {
  readonly db: Database;
  readonly ledger: Pick<Ledger, 'explainClaims'>;
}): Promise<boolean> {
  const due = await takeToExplain(tools.db, atOnce);
  if (due.length === 0) return false;
  const told = await tools.ledger.explainClaims(
    due.map(({ id, organisation, subject, how }): ClaimExplanation => {
      return {
        organisation,
        subject,
        how: how === takesBack ? 'claim-taken-back' : 'claim',
        by: 0,
        claim: id,
      };
    }),
  );
  const isLimited = (place: number) => told[place] === 'limit-reached';
  await explainByAnother(
    tools.db,
    due.filter(({ how }) => how === takesBack),
  );
  await settleExplained(
    tools.db,
    due.filter((_one, place) => !isLimited(place)),
  );
  await explainTomorrow(
    tools.db,
    due.filter((_one, place) => isLimited(place)).map(({ id }) => id),
  );
  return due.length === atOnce;
}

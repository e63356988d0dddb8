import type { Database } from '../../../platform/database/connect.ts';
import { shareStatement } from '../../../platform/database/share-statement.ts';
import { rememberedMinutes } from './profile.ts';
import { type Admitted, admitShown, type Shown } from './store.ts';

/** As many as one statement takes well. */
const batchMax = 256;

/** Says whether a signed request is the first with its proof, and who acts. */
export type Admit = (shown: Shown) => Promise<Admitted>;

/**
 * Each request costs a part of one small write. It must be a write, and a shared one: a proof that one server
 * alone remembered could be shown to another. The same statement reads whether client and session still hold,
 * so that an end holds at once.
 */
export function createAdmit(db: Database): Admit {
  return shareStatement<Shown, Admitted>({
    most: batchMax,
    // The same proof twice at once: the second waits for the next statement, which finds the first.
    nameOf: ({ once }) => once.toString('base64'),
    tell: (shown) => admitShown(db, shown, rememberedMinutes.proof),
  });
}

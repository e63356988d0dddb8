import { Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import type { DrawSubject } from '../../rights/index.ts';
import { rejectionOf } from '../adjudicating/rejections.ts';
import { resendable } from '../adjudicating/resendable.ts';
import { drawTermsAgain } from '../care/draw-terms.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { type ClaimRow, findOwnClaim } from '../reading/store.ts';
import { tellOfSubject } from '../reading/tell-of-subject.ts';
import { openCare } from '../sealed-care.ts';
import { claimStates, type SubmittedClaim } from './claim.ts';
import { type ClaimReceived, createKeepClaim } from './submit-claim.ts';
import { answerOne, type OneOfMany } from './submit-many.ts';

/** What rejected claims are sent again with. */
export type ResendTools = ClaimTools & { readonly drawSubject: DrawSubject };

/** Sends rejected claims again as they are, each for itself, in their order. */
export type ResendClaims = (caller: Caller, claims: readonly string[]) => Promise<OneOfMany[]>;

/**
 * Makes what sends rejected claims again. Nothing is typed anew: each person is drawn by the ledger's name
 * for them, recorded and charged as by their number, and what their insurers say now takes the place of what
 * they said. A claim is sent again once: asked for twice, it is answered as before.
 */
export function createResendClaims(tools: ResendTools, wake: () => void): ResendClaims {
  const keep = createKeepClaim(tools, wake);
  const resend = async (caller: Caller, id: string): Promise<ClaimReceived> => {
    const row = await findOwnClaim(tools.db, { id, organisation: caller.organisation });
    if (row === undefined) throw new Failure('not-found');
    const { subject } = row;
    const {
      terms,
      foreignActs: _none,
      careDate,
      ...asked
    } = openCare<SubmittedClaim>(tools.keys, row.sealed, { what: 'claim', id });
    if (!isResendable(row)) {
      // What became of a claim is told like the rest of it: once it is in the ledger.
      const known = { subject, terms, action: 'claimRead' as const };
      const told = await tellOfSubject(tools, caller, known, async () => null);
      if (told.outcome !== 'disclosed') return told;
      throw new Failure('claim-not-resendable');
    }
    const drawn = await drawTermsAgain(tools, caller, { subject, careDate, acts: asked.care.acts });
    if (drawn.outcome !== 'disclosed') return drawn;
    // No sender can give such a key: theirs have no space.
    const key = `resend ${id}`;
    return keep(caller, { asked: { ...asked, person: { careDate }, replaces: id }, key, drawn });
  };
  return (caller, claims) => Promise.all(claims.map((id) => answerOne(() => resend(caller, id))));
}

function isResendable({ state, reason }: ClaimRow): boolean {
  const rejection = state === claimStates.rejected ? rejectionOf(reason) : null;
  return rejection !== null && resendable.includes(rejection);
}

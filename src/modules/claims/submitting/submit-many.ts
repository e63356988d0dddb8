import { Failure, type FailureCode, type FieldProblem } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import { answerUndrawn } from '../../rights/index.ts';
import { readClaimOfMany } from './claim-body.ts';
import type { ClaimReceived, SubmitClaim } from './submit-claim.ts';

/** The answer to one claim of many. */
export type OneOfMany =
  | { readonly claim: string; readonly receivedAt: string }
  | { readonly problem: FailureCode; readonly detail?: string; readonly fields?: readonly FieldProblem[] };

/** So many are on their way at once: as many as the ledger takes in one batch. */
const atOnce = 256;

/**
 * Takes in many claims, each for itself, in their order of places: a bad one costs itself alone. Each is kept
 * under the key of all and its place, so that all sent again are answered as the first time.
 */
export async function submitMany(
  submit: SubmitClaim,
  caller: Caller,
  { claims, key }: { readonly claims: readonly unknown[]; readonly key: string },
): Promise<OneOfMany[]> {
  const answers: OneOfMany[] = new Array(claims.length);
  let next = 0;
  const work = async () => {
    for (let place = next++; place < claims.length; place = next++) {
      answers[place] = await submitOne(submit, caller, { body: claims[place], key: `${key}|${place}` });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, claims.length) }, work));
  return answers;
}

async function submitOne(
  submit: SubmitClaim,
  caller: Caller,
  { body, key }: { readonly body: unknown; readonly key: string },
): Promise<OneOfMany> {
  return answerOne(() => submit(caller, readClaimOfMany(body), key));
}

/** Tells what came of one of many; what is wrong on our side ends the call. */
export async function answerOne(send: () => Promise<ClaimReceived>): Promise<OneOfMany> {
  try {
    return tell(await send());
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, detail, fields } = error;
    // Sent again with its key, it goes on.
    if (code === 'unavailable' || code === 'ledger-unavailable' || code === 'internal') throw error;
    return {
      problem: code,
      ...(detail === undefined ? {} : { detail }),
      ...(fields === undefined ? {} : { fields }),
    };
  }
}

function tell(received: ClaimReceived): OneOfMany {
  if (received.outcome === 'received') {
    return { claim: received.claim, receivedAt: received.receivedAt.toISOString() };
  }
  const { detail } = answerUndrawn(received).body as { detail: string };
  return { problem: 'allowance-spent', detail };
}

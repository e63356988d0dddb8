import { Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { openCare } from '../sealed-care.ts';
import { type ClaimState, claimStates, type SubmittedClaim } from '../submitting/claim.ts';
import { answerListed, answerWhole } from './claim-answer.ts';
import { type ClaimRow, findOwnClaim, listOwnClaims, readHistory } from './store.ts';
import { type ToldOfSubject, tellOfSubject } from './tell-of-subject.ts';

type Listed = ReturnType<typeof answerListed>;
type Whole = ReturnType<typeof answerWhole>;

/** A page of claims: what may be told of each, and what stands in the ledger for it. */
export type ClaimPage = {
  /** Those whose person may not be told of now, by the allowance or the standing: number and state alone. */
  readonly claims: readonly (Listed | { readonly claim: string; readonly withheld: true })[];
  readonly next: string | null;
};

const pageSize = 50;

/** Reads one claim of one's own organisation. Recorded before it is told. */
export async function readClaim(
  tools: ClaimTools,
  caller: Caller,
  id: string,
): Promise<ToldOfSubject<Whole>> {
  const row = await findOwnClaim(tools.db, { id, organisation: caller.organisation });
  if (row === undefined) throw new Failure('not-found');
  return tellOfSubject(tools, caller, knownOf(tools, row), async (receipt) => {
    const history = await readHistory(tools.db, id);
    return answerWhole(tools.keys, row, { history, insurers: await tools.readInsurers(receipt.insurers) });
  });
}

/** Lists one's own claims, each through a receipt of its own: all of a page are one batch of the ledger. */
export async function readClaims(
  tools: ClaimTools,
  caller: Caller,
  asked: { readonly state?: string; readonly after?: string },
): Promise<ClaimPage> {
  const rows = await listOwnClaims(tools.db, {
    account: caller.account,
    state: asked.state === undefined ? null : claimStates[asked.state as ClaimState],
    after: readPlace(asked.after),
    most: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const claims = await Promise.all(
    page.map(async (row) => {
      const told = await tellOfSubject(tools, caller, knownOf(tools, row), async () =>
        answerListed(tools.keys, row),
      );
      return told.outcome === 'disclosed' ? told.told : { claim: row.id, withheld: true as const };
    }),
  );
  const last = page.at(-1);
  const isMore = rows.length > pageSize && last !== undefined;
  return { claims, next: isMore ? `${last.receivedUs}.${last.id}` : null };
}

function knownOf({ keys }: Pick<ClaimTools, 'keys'>, row: ClaimRow) {
  const { terms } = openCare<SubmittedClaim>(keys, row.sealed, { what: 'claim', id: row.id });
  return { subject: row.subject, terms, action: 'claimRead' as const };
}

function readPlace(text: string | undefined) {
  if (text === undefined) return null;
  const [receivedUs = '0', id = ''] = text.split('.');
  return { receivedUs, id };
}

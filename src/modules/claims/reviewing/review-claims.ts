import { Failure } from '../../../platform/errors.ts';
import type { Caller } from '../../access/index.ts';
import type { ClaimTools } from '../claim-tools.ts';
import { readHistory } from '../reading/store.ts';
import { type ToldOfSubject, tellOfSubject } from '../reading/tell-of-subject.ts';
import { openCare } from '../sealed-care.ts';
import type { SubmittedClaim } from '../submitting/claim.ts';
import { answerFlagged, answerWholeFlagged, type OpenedFlagged } from './flagged-answer.ts';
import * as store from './store.ts';

/** An account of an insurer that reviews its claims. */
export type Reviewer = { readonly caller: Caller; readonly insurer: number };

type Listed = ReturnType<typeof answerFlagged>;
type Whole = ReturnType<typeof answerWholeFlagged>;

/** A page of flagged claims. */
export type FlaggedPage = {
  /** `told` is null for a person who may not be told of now, by the allowance or the standing. */
  readonly claims: readonly { readonly claim: string; readonly told: Listed | null }[];
  readonly next: string | null;
  /** New people that may still be told of; null when nobody was asked for. */
  readonly left: number | null;
};

/** Half of what an account may draw: a page that is opened by mistake leaves the other half. */
const pageSize = 20;

/** Lists claims that this insurer has a reason to look at, each through a receipt of its own. */
export async function readFlaggedClaims(
  tools: ClaimTools,
  reviewer: Reviewer,
  after: string | undefined,
): Promise<FlaggedPage> {
  const { insurer } = reviewer;
  const place = readPlace(after);
  const rows = await store.listFlagged(tools.db, { insurer, after: place, most: pageSize + 1 });
  const page = rows.slice(0, pageSize);
  const answers = await Promise.all(
    page.map((row) => tellOwn(tools, reviewer, row, async (opened) => answerFlagged(tools.keys, opened))),
  );
  const claims = page.map(({ id }, at) => {
    const answer = answers[at];
    return { claim: id, told: answer?.outcome === 'disclosed' ? answer.told : null };
  });
  const left = answers.flatMap((answer) => answer?.allowance.people ?? []);
  const last = rows.length > pageSize ? page.at(-1) : undefined;
  return {
    ...{ claims, left: left.length === 0 ? null : Math.min(...left) },
    next: last === undefined ? null : writePlace(last),
  };
}

/** Reads one of them whole. Recorded before it is told. */
export async function readFlaggedClaim(
  tools: ClaimTools,
  reviewer: Reviewer,
  claim: string,
): Promise<ToldOfSubject<Whole>> {
  const { insurer } = reviewer;
  const row = await store.findFlagged(tools.db, { claim, insurer });
  if (row === undefined) throw new Failure('not-found');
  const told = await tellOwn(tools, reviewer, row, async (opened) => {
    const contests = await store.readContests(tools.db, { claim, insurer });
    return answerWholeFlagged(tools.keys, opened, { history: await readHistory(tools.db, claim), contests });
  });
  if (told === null) throw new Failure('not-found');
  return told;
}

/**
 * Notes that a flagged claim was looked at, which gives its person back to the account's allowance: a
 * review is to an agent what a claim is to a professional, and no more come back a day than an agent looks
 * at.
 */
export async function markClaimSeen(
  { db, ledger }: ClaimTools,
  { caller: { account }, insurer }: Reviewer,
  claim: string,
): Promise<void> {
  const seen = await store.markSeen(db, { claim, insurer, by: account });
  if (seen === undefined) throw new Failure('not-found');
  if (seen.subject === null) return;
  await ledger.explain({ account, subject: seen.subject, how: 'claim', by: account, claim });
}

/** Tells of a claim with this insurer's contracts alone; null when its person was erased. */
async function tellOwn<Told>(
  tools: ClaimTools,
  { caller, insurer }: Reviewer,
  row: store.FlaggedRow,
  tell: (opened: OpenedFlagged) => Promise<Told>,
): Promise<ToldOfSubject<Told> | null> {
  const { id, subject } = row;
  if (subject === null) return null;
  const submitted = openCare<SubmittedClaim>(tools.keys, row.sealed, { what: 'claim', id });
  const { contracts, ...rest } = submitted.terms;
  const terms = { ...rest, contracts: contracts.filter((contract) => contract.insurer === insurer) };
  const known = { subject, terms, action: 'claimReviewed' as const };
  return tellOfSubject(tools, caller, known, () => tell({ row, insurer, submitted }));
}

function writePlace({ id, place, seenAt }: store.FlaggedRow): string {
  return `${seenAt === null ? 0 : 1}.${place}.${id}`;
}

function readPlace(text: string | undefined): store.FlaggedPlace | null {
  if (text === undefined) return null;
  const [seen, place = '', claim = ''] = text.split('.');
  return { isSeen: seen === '1', place, claim };
}

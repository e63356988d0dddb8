import type { Transaction } from '../../../platform/database/binary-copy.ts';
import { Failure } from '../../../platform/errors.ts';
import { noteStanding, noteToTell, shutOut } from '../../access/index.ts';
import { standingReasons } from '../../ledger/index.ts';
import { type Keys, sealText } from '../../vault/index.ts';
import type { FollowedEntry } from '../fold/followed-entry.ts';
import { insertSweep } from '../sweeps/store.ts';
import { insertEvent } from '../telling/store.ts';
import { type Ending, endCase, findCaseBefore, type HeldCase, holdKnownCase, listOverdue } from './store.ts';
import type { ActTools } from './take-step.ts';

/**
 * How long a challenge or a restriction that nobody confirmed holds. Assumed, no source gives a figure:
 * longer than a thief's session lives, and over by the same hour of the next working day.
 */
export const containedHours = 24;

/** How far back the ledger is searched once a case is confirmed. */
const sweptDays = 90;

/** A person's word about a case, with the reason in their words. */
export type Verdict = { readonly caseFile: string; readonly by: number; readonly why: string };

/** What a verdict did: whether it changed what the account may do. */
export type VerdictOutcome = { readonly account: number; readonly isChanged: boolean };

/**
 * Undoes what the guard did: the account is open again, unless somebody changed its standing since, and the
 * case counts as a false alarm.
 */
export async function undoCase(tools: ActTools, verdict: Verdict): Promise<VerdictOutcome> {
  const { by, why } = verdict;
  return tools.db.begin(async (tx) => {
    const held = await holdOpen(tx, verdict);
    const reasonSealed = sealReason(tools.keys, verdict);
    const { account, entrySeq } = held;
    const isLive = !held.isShadow && entrySeq !== null;
    if (isLive) await noteStanding(tx, tools.keys, { account, standing: 'open', why, by });
    const seq = isLive
      ? await tools.ledger.takeBackStanding(tx, { account, by, reason: 'operator', ofSeq: BigInt(entrySeq) })
      : null;
    // Somebody else's suspension stands: the holder must not be told that the account is open.
    if (isLive && seq === null) throw new Failure('forbidden', { detail: changedSince });
    await endAndTell(tx, held, { what: 'undone', to: 0, by, entrySeq: seq, reasonSealed });
    return { account, isChanged: seq !== null };
  });
}

const changedSince =
  'The standing of this account was changed since: confirm the case, or open the account from its own page.';

/** Confirms that the account was stolen: it is suspended from now on, if it was not, and stays so. */
export async function confirmCase(tools: ActTools, verdict: Verdict): Promise<VerdictOutcome> {
  return tools.db.begin((tx) => confirmHeld(tx, tools, verdict));
}

/** The same, in the transaction of what it belongs to; a search of the past begins with it. */
export async function confirmHeld(
  tx: Transaction,
  tools: ActTools,
  verdict: Verdict,
): Promise<VerdictOutcome> {
  const { by, why } = verdict;
  const held = await holdOpen(tx, verdict);
  const { account, id: caseFile } = held;
  await shutOut(tx, account, by);
  // Noted also when the guard suspended it: whoever confirmed has a hand in it, and does not reinstate
  // alone.
  await noteStanding(tx, tools.keys, { account, standing: 'suspended', why, by });
  await insertSweep(tx, { caseFile, account, days: sweptDays });
  const suspended = await tools.ledger.raiseStanding(tx, {
    ...{ account, standing: 'suspended', by, reason: 'operator', ofSeq: lastOfAll },
  });
  const reasonSealed = sealReason(tools.keys, verdict);
  const entrySeq = suspended?.seq ?? null;
  await endAndTell(tx, held, { what: 'confirmed', to: 3, by, entrySeq, reasonSealed });
  return { account, isChanged: suspended !== null };
}

/** A person decides now, whatever was decided before. */
const lastOfAll = 2n ** 62n;

/**
 * Ends what nobody confirmed in time, as an entry of the ledger; how many cases. One that cannot be ended
 * holds up no other, and is tried the next time.
 */
export async function expireCases(
  tools: ActTools,
  onError: (error: unknown, caseFile: string) => void,
): Promise<number> {
  let ended = 0;
  for (const id of await listOverdue(tools.db, containedHours)) {
    try {
      await expireCase(tools, id);
      ended += 1;
    } catch (error) {
      onError(error, id);
    }
  }
  return ended;
}

async function expireCase(tools: ActTools, id: string): Promise<void> {
  await tools.db.begin(async (tx) => {
    const held = await holdKnownCase(tx, id);
    if (held?.state !== 'open') return;
    const { account, entrySeq } = held;
    const isLive = !held.isShadow && entrySeq !== null;
    const seq = isLive
      ? await tools.ledger.takeBackStanding(tx, { account, by: 0, reason: 'guard', ofSeq: BigInt(entrySeq) })
      : null;
    if (seq !== null) await noteToTell(tx, { account, what: 'guard-expired', by: 0 });
    await endAndTell(tx, held, { what: 'expired', to: 0, by: 0, entrySeq: seq });
  });
}

/** Ends the case of an account that was opened elsewhere: by its holder's passkey, or by a person. */
export async function followOpened(tools: ActTools, entry: FollowedEntry): Promise<void> {
  const { account, by, reason } = entry;
  const id = await findCaseBefore(tools.db, entry);
  if (id === undefined) return;
  const what = reason === standingReasons.holder || by === account ? 'answered' : 'undone';
  await tools.db.begin(async (tx) => {
    const held = await holdKnownCase(tx, id);
    if (held?.state !== 'open') return;
    await endAndTell(tx, held, { what, to: 0, by, entrySeq: BigInt(entry.seq) });
  });
}

/** Ends a case; the outside hears of it if and only if it is so. */
async function endAndTell(tx: Transaction, held: HeldCase, end: Ending): Promise<void> {
  await endCase(tx, held, end);
  const { id, account, organisation, isShadow: shadow } = held;
  const data = { case: id, account, organisation, shadow, by: end.by };
  await insertEvent(tx, { type: `guard.case.${end.what}`, data });
}

async function holdOpen(tx: Transaction, verdict: Verdict): Promise<HeldCase> {
  const held = await holdKnownCase(tx, verdict.caseFile);
  if (held === undefined) throw new Failure('not-found');
  if (held.state !== 'open') throw new Failure('already-reviewed');
  if (held.account === verdict.by) throw new Failure('forbidden', { detail: 'Nobody judges their own.' });
  return held;
}

function sealReason(keys: Keys, { caseFile, why }: Verdict): Buffer {
  return sealText(keys, why, `case|${caseFile}`);
}

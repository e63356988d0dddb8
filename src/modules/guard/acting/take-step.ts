import type { Transaction } from '../../../platform/database/binary-copy.ts';
import type { Database } from '../../../platform/database/connect.ts';
import { noteToTell, shutOut } from '../../access/index.ts';
import { type Ledger, standingAt } from '../../ledger/index.ts';
import { tellAdministrators, tellOfficers, type WritingTools } from '../../messages/index.ts';
import { type Finding, tellsHoney } from '../fold/finding.ts';
import type { KnownAccount } from '../following/profiles.ts';
import { insertEvent } from '../telling/store.ts';
import type { ChosenStep } from './choose-steps.ts';
import { administratorLetter, officerLetter } from './contained-letter.ts';
import { openedEvent, stepEvent } from './step-events.ts';
import { type EvidencePoint, holdCase, insertStep, keepEvidence, noteEntry } from './store.ts';

/** What the guard acts with. */
export type ActTools = WritingTools & {
  readonly db: Database;
  readonly ledger: Pick<Ledger, 'raiseStanding' | 'takeBackStanding' | 'noteNetwork'>;
};

/** A step, and what led to it. */
export type AskedStep = ChosenStep & {
  readonly finding: Finding;
  readonly known: KnownAccount;
  /** The account's standing as far as it was folded. */
  readonly from: number;
  /** How the evidence came about. */
  readonly points: readonly EvidencePoint[];
};

/**
 * What became of a step. `done`: now. `before`: the same entry led to it already. `decided-since`: a person
 * decided about the account after that entry, or it is contained as strictly; nothing was written.
 */
export type StepOutcome = {
  readonly came: 'done' | 'before' | 'decided-since';
  readonly caseFile: string | null;
};

/**
 * Takes a step: the case, the step, the change of standing, the end of sessions and the letters are one
 * transaction. A crash leaves all of it or nothing, and the entry is folded again.
 */
export async function takeStep(tools: ActTools, asked: AskedStep): Promise<StepOutcome> {
  try {
    const caseFile = await writeStep(tools, asked);
    return { came: 'done', caseFile };
  } catch (error) {
    if (error === alreadyDone) return { came: 'before', caseFile: null };
    if (error === decidedSince) return { came: 'decided-since', caseFile: null };
    throw error;
  }
}

/** They undo the transaction, and are caught right outside it. */
const alreadyDone = new Error('this entry led to this step before');
const decidedSince = new Error('somebody decided since');

async function writeStep(tools: ActTools, asked: AskedStep): Promise<string> {
  const { finding, known, from, to, isShadow, points } = asked;
  const { account } = finding;
  return tools.db.begin(async (tx) => {
    const { organisation, profession } = known;
    const about = { account, organisation, profession, isShadow };
    const { id: caseFile, isNew } = await holdCase(tx, about, { finding, to });
    const step = await insertStep(tx, { caseFile, finding, from, to });
    if (step === undefined) throw alreadyDone;
    const events = [...(isNew ? [openedEvent(caseFile, asked)] : []), stepEvent(caseFile, asked)];
    // One way to the database for all of them.
    await Promise.all([keepEvidence(tx, caseFile, points), ...events.map((event) => insertEvent(tx, event))]);
    if (isShadow) return caseFile;
    if (to === 3) await shutOut(tx, account, 0);
    await tell(tx, tools, asked, caseFile);
    // Last: it holds the lane until the commit.
    const raised = await tools.ledger.raiseStanding(tx, {
      ...{ account, standing: standingAt(to), by: 0, reason: 'guard' },
      ofSeq: BigInt(finding.seq),
    });
    if (raised === null) throw decidedSince;
    await noteEntry(tx, step, raised.seq);
    return caseFile;
  });
}

/** A challenge is seen by its holder at the next lookup, and answered there: no mail is as quick. */
async function tell(
  tx: Transaction,
  tools: WritingTools,
  { finding, known, to }: AskedStep,
  caseFile: string,
): Promise<void> {
  if (to < 2) return;
  const { account, bits, lane, level, seq } = finding;
  const isHoney = tellsHoney(finding);
  const isHeldBack = to === 2 && level === 'suspend';
  const told = { account, caseFile, to, isHoney, isHeldBack, bits, entry: `${lane}/${seq}` };
  await noteToTell(tx, { account, what: to === 3 ? 'guard-suspended' : 'guard-restricted', by: 0 });
  const { organisation } = known;
  await tellAdministrators(tx, tools, { organisation, what: 'guard', letter: administratorLetter(told) });
  // What would be suspended, and one honey person, is restricted for a day only: somebody is to look at it.
  if (to === 3 || isHoney || isHeldBack)
    await tellOfficers(tx, tools, { what: 'guard', letter: officerLetter(told) });
}

import type { Day } from '../../platform/clock.ts';
import { Failure } from '../../platform/errors.ts';
import { type Caller, signInSignals } from '../access/index.ts';
import { purposes } from '../ledger/index.ts';
import { findSubject, hold } from '../vault/index.ts';
import { coverageRule } from './coverage.ts';
import type { DomainCode } from './domains.ts';
import {
  asSoftware,
  type DrawFor,
  type Drawn,
  type DrawTools,
  drawnOf,
  nothing,
  reasonCodes,
} from './draw-person.ts';
import { fieldSet } from './fields.ts';
import { readSealed } from './store.ts';

/** Somebody whom this house knows by the ledger's name: it has a claim of theirs. */
export type AskedSubject = {
  readonly subject: string;
  readonly careDate: Day;
  readonly careDomains: readonly DomainCode[];
};

/** Draws somebody without their number: held, decided on and recorded as whoever is asked for by it. */
export type DrawSubject = (caller: Caller, asked: AskedSubject, use: DrawFor) => Promise<Drawn>;

/**
 * The way back to a person whom a caller was told of before, and by nothing else than the ledger's name for
 * them. Whoever was erased is unknown, and costs what unknown people cost.
 */
export function createDrawSubject(tools: Omit<DrawTools, 'lenient'>): DrawSubject {
  const { keys, ledger } = tools;
  return async (caller, asked, use) => {
    const found = await readSubject(tools, asked.subject);
    const held = found === null ? null : hold(keys, found.found, found.sealed);
    const { careDate, careDomains: domains } = asked;
    const question = { careDate, domains, profession: caller.profession };
    const decision = held?.decide(coverageRule, question) ?? nothing;
    // No number was asked: there is nothing to notice of one.
    const recorded = await ledger.record({
      ...caller,
      ...{ action: use.action, purpose: purposes.HPAYMT, nirKey: null, present: false },
      signals: signInSignals(caller),
      insurers: decision.insurers,
      fields: fieldSet(use.fields(decision)),
      subject: held === null ? null : asked.subject,
      reason: held === null ? 0 : reasonCodes[decision.reason],
    });
    const known = held === null ? null : { held, decision, presence: 'not-given' as const };
    return asSoftware(caller, drawnOf(recorded, known, tools.clock));
  };
}

async function readSubject({ db }: Pick<DrawTools, 'db'>, subject: string) {
  try {
    const found = await findSubject(db, subject);
    return found === null ? null : { found, sealed: await readSealed(db, [subject]) };
  } catch (error) {
    throw new Failure('unavailable', { privateCause: error });
  }
}

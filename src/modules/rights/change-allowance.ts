import { Failure } from '../../platform/errors.ts';
import { type AccountTools, type Managed, noteFigures, reachAccount } from '../access/index.ts';
import type { DrawFigures } from '../ledger/index.ts';
import { figuresOf } from './agent-figures.ts';
import { allowanceFigures, type Figures } from './figures.ts';

/** The most that one person's decision may make of a profession's cap: README's maximum grows with it. */
export const capFactorMax = 2;

/**
 * The figures that go with a cap: renewal and what claims give back follow it; the people of a day, known
 * ones included, only grow, since a smaller allowance must not close the counter to people already served.
 */
export function figuresFor(profession: Figures, cap: number): DrawFigures {
  const usual = allowanceFigures(profession);
  const factor = cap / usual.cap;
  return {
    cap,
    renewalPerDay: Math.floor(usual.renewalPerDay * factor),
    usualNewPeoplePerDay: Math.floor(usual.usualNewPeoplePerDay * factor),
    peoplePerDayMax: Math.ceil(usual.peoplePerDayMax * Math.max(1, factor)),
  };
}

/** Changes what a professional's or an insurer's agent's account may draw, from its next record on. */
export async function changeAllowance(
  tools: AccountTools,
  managed: Managed,
  asked: { readonly cap: number; readonly why: string },
): Promise<{ lane: number; seq: bigint }> {
  const { caller, account } = managed;
  const house = await reachAccount(tools, managed);
  const usual = figuresOf(house.profession);
  if (usual === undefined) throw new Failure('forbidden', { detail: 'This account looks nobody up.' });
  const most = capFactorMax * usual.cap.value;
  if (asked.cap > most) {
    const says = `must be at most ${most}, twice the profession’s figure`;
    throw new Failure('invalid-field', { fields: [{ field: 'cap', says }] });
  }
  await noteFigures(tools, { account, cap: asked.cap, why: asked.why, by: caller.account });
  const figures = figuresFor(usual, asked.cap);
  return tools.ledger.setFigures({ account, figures, by: caller.account });
}

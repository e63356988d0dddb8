import { assumed, completeFigures, type Figures } from './figures.ts';
import { findProfession } from './professions.ts';

/** The role, and the profession in its account, of who reviews an insurer's claims. */
export const agentProfession = 'insurer-agent';

const volumes = completeFigures({
  people: assumed(20, 'claims that one agent looks at on a day; no published figure'),
  lookupsPerPerson: assumed(2, 'seen in a list, then read'),
  neverSeen: assumed(1, 'each claim is of somebody else'),
  presence: assumed(0, 'nobody stands before an insurer’s agent'),
});

/**
 * What an insurer's agent may draw: people whose claims have a reason to be looked at, and nobody else. A
 * stolen account is bounded as a professional's is; what gives back is having looked at the claim, 20 a
 * day.
 */
export const agentFigures: Figures = Object.freeze({
  ...volumes,
  openingBalance: assumed(0, 'no claim comes back later: looking gives back at once'),
});

/** The figures that an account of this profession was opened with; undefined for whoever draws nobody. */
export function figuresOf(profession: string): Figures | undefined {
  return profession === agentProfession ? agentFigures : findProfession(profession)?.figures;
}

import type { Act } from '../guarantees/care.ts';

/** What an insurer should look at, by its bit. It is shown as a reason, and blocks nothing. */
export const claimSignals = {
  'care-after-death': { bit: 1, fr: 'Soin après le décès', en: 'Care after death' },
  'care-outside-cover': { bit: 2, fr: 'Soin hors des droits', en: 'Care outside cover' },
  'impossible-combination': { bit: 4, fr: 'Combinaison impossible', en: 'Impossible combination' },
  'paid-elsewhere': {
    bit: 8,
    fr: 'Même acte payé à une autre structure ce jour-là',
    en: 'The same act was paid to another organisation that day',
  },
} as const;
export type ClaimSignal = keyof typeof claimSignals;
/** The words of the list. */
export const claimSignalWords = Object.keys(claimSignals) as ClaimSignal[];

/** The words of a set. */
export function signalsIn(set: number): ClaimSignal[] {
  return claimSignalWords.filter((word) => (set & claimSignals[word].bit) !== 0);
}

/** A set of signals as a number. */
export function signalSet(words: readonly ClaimSignal[]): number {
  return words.reduce((set, word) => set | claimSignals[word].bit, 0);
}

type Combination = { readonly says: string; readonly is: (acts: readonly Act[]) => boolean };

const units = (acts: readonly Act[], kind: Act['kind']) =>
  acts.filter((act) => act.kind === kind).reduce((sum, { quantity }) => sum + quantity, 0);
const ears = (acts: readonly Act[], ear: Act['ear']) =>
  acts.filter((act) => act.kind === 'hearing-aid' && act.ear === ear).length;

/** What one person cannot have had on one day; assumed, one row each. */
export const impossibleCombinations: readonly Combination[] = [
  { says: 'more than two consultations', is: (acts) => units(acts, 'consultation') > 2 },
  { says: 'two aids for one ear', is: (acts) => ears(acts, 'left') > 1 || ears(acts, 'right') > 1 },
  {
    says: 'more than two lenses a frame',
    is: (acts) => units(acts, 'optical-lens') > 2 * Math.max(1, units(acts, 'optical-frame')),
  },
  {
    says: 'daily charges without a stay of as many days',
    is: (acts) => units(acts, 'daily-hospital-charge') > 366 || units(acts, 'private-room') > 366,
  },
  {
    says: 'a stay and care in town',
    is: (acts) => units(acts, 'hospital-stay') > 0 && acts.some(({ kind }) => kind === 'drug'),
  },
];

/** Whether acts of one claim cannot belong together. */
export function isImpossible(acts: readonly Act[]): boolean {
  return impossibleCombinations.some(({ is }) => is(acts));
}

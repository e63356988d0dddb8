import { spokenBits } from '../../../src/modules/guard/fold/finding.ts';
import type { Api } from '../api/types.d.ts';

export type Case = Api['GET /v1/guard/cases/{case}']['answer'];
export type Detector = Api['GET /v1/guard/settings']['answer']['detectors'][number];
export type CaseLookup = Api['GET /v1/guard/cases/{case}/lookups']['answer']['lookups'][number];

/** A detector, its place in lists of bits, and how much it said. */
export type Loud = { readonly place: number; readonly detector: Detector; readonly most: number };

/** So many lines can be told apart. */
const shownMost = 3;
/** Less than this is not worth a word. */
const addedLeast = 0.05;

/** The detectors whose evidence was strongest at its highest, loudest first. */
export function loudestOf(points: Case['points'], detectors: readonly Detector[]): Loud[] {
  return detectors
    .map((detector, place) => ({
      place,
      detector,
      most: Math.max(0, ...points.map(({ own }) => own[place] ?? 0)),
    }))
    .filter(({ most }) => most >= spokenBits)
    .sort((one, other) => other.most - one.most)
    .slice(0, shownMost);
}

/** What one lookup added and took away, the most first. */
export function movedBy(lookup: CaseLookup, detectors: readonly Detector[]): Loud[] {
  return detectors
    .map((detector, place) => ({ place, detector, most: lookup.added?.[place] ?? 0 }))
    .filter(({ most }) => Math.abs(most) >= addedLeast)
    .sort((one, other) => other.most - one.most);
}

/** Whether a detector spoke up at a lookup. */
export function spokeAt(lookup: CaseLookup, place: number): boolean {
  return (lookup.added?.[place] ?? 0) >= addedLeast;
}

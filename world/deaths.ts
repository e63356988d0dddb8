import type { DemoPerson } from './people.ts';
import { mix } from './random.ts';

/** Which household of which country, and the year that its contracts stand in. */
export type DeathsOf = { readonly seed: number; readonly household: number; readonly year: number };

/** One adult in so many died in the year before the contracts', and is still listed as the others are. */
const oneIn = 2_000;
const lastAdultBirthYear = 2007;
/** So that a day of death tells nothing of the other draws. */
const path = 0x64656164;

/** The people of a household, some with a day of death; drawn apart, so that all else stays as it was. */
export function withDeaths(people: readonly DemoPerson[], of: DeathsOf): readonly DemoPerson[] {
  return people.map((person, place) => {
    if (Number(person.birthDate.slice(0, 4)) > lastAdultBirthYear) return person;
    const drawn = mix(mix(mix(of.seed ^ path) ^ of.household) ^ place);
    return drawn % oneIn === 0 ? { ...person, deathDate: dayOf(of.year - 1, mix(drawn)) } : person;
  });
}

// The year alone decides the day, as it does for contracts: the same country on each of its days.
function dayOf(year: number, drawn: number): string {
  return new Date(Date.UTC(year, 0, 1 + (drawn % 365))).toISOString().slice(0, 10);
}

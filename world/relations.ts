import type { ProfessionCode } from '../src/modules/rights/index.ts';
import type { DemoHousehold, DemoPerson } from './people.ts';
import type { Area } from './places.ts';
import { type DemoProfessional, professionalsOf } from './professionals.ts';
import { Random } from './random.ts';

/** A person and the professionals who already know them. */
export type Patient = { readonly person: DemoPerson; readonly known: readonly DemoProfessional[] };

type Visit = {
  readonly profession: ProfessionCode;
  /** Of a hundred children (under 16), adults, and people of 65 and more: how many go there. */
  readonly child: number;
  readonly adult: number;
  readonly old: number;
  /** A household goes to one place. */
  readonly isShared?: true;
};

// Assumed: nobody publishes who knows whom. Four or five professionals a person.
// biome-ignore format: a table to read in columns
const visits: readonly Visit[] = [
  { profession: 'general-practitioner', child: 85, adult: 80, old: 95, isShared: true },
  { profession: 'pharmacist', child: 70, adult: 80, old: 95, isShared: true },
  { profession: 'dentist', child: 45, adult: 55, old: 50, isShared: true },
  { profession: 'specialist', child: 20, adult: 40, old: 65 },
  { profession: 'optician', child: 20, adult: 40, old: 60, isShared: true },
  { profession: 'laboratory', child: 15, adult: 35, old: 70, isShared: true },
  { profession: 'radiologist', child: 8, adult: 20, old: 35 },
  { profession: 'nurse', child: 5, adult: 10, old: 40, isShared: true },
  { profession: 'physiotherapist', child: 5, adult: 18, old: 25 },
  { profession: 'midwife', child: 0, adult: 5, old: 0 },
  { profession: 'allied-professional', child: 15, adult: 6, old: 10 },
  { profession: 'audiologist', child: 0, adult: 1, old: 15 },
  { profession: 'hospital-admission', child: 6, adult: 12, old: 22 },
  { profession: 'emergency-admission', child: 15, adult: 12, old: 15 },
  { profession: 'health-centre', child: 6, adult: 6, old: 6 },
  { profession: 'medical-transport', child: 1, adult: 2, old: 10 },
  { profession: 'medical-supplier', child: 1, adult: 3, old: 10 },
  { profession: 'thermal-spa', child: 0, adult: 1, old: 4 },
];

const childAge = 16;
const oldAge = 65;
/** Of a hundred choices: in their own commune when somebody works there, and farther than their own area. */
const inCommune = 80;
const farAway = 3;

type Staff = {
  readonly all: readonly DemoProfessional[];
  readonly byCommune: ReadonlyMap<string, readonly DemoProfessional[]>;
};

/** Knows who works where people are: in their area, and in the one before it, where a few still go. */
export class Patients {
  readonly #seed: number;
  #area: Area | undefined;
  #here: ReadonlyMap<ProfessionCode, Staff> = new Map();
  #far: ReadonlyMap<ProfessionCode, Staff> = new Map();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The professionals of the households' area, in the order of the country. */
  enter(area: Area): readonly DemoProfessional[] {
    const staff = professionalsOf(this.#seed, area);
    this.#far = this.#here;
    this.#here = gather(staff);
    this.#area = area;
    return staff;
  }

  /** Who of a household is known to whom; households come in their order, after their area was entered. */
  of(household: DemoHousehold, year: number): readonly Patient[] {
    if (household.area.number !== this.#area?.number) throw new Error('the area was not entered');
    // A path of its own: the people do not depend on who knows them.
    const random = new Random(this.#seed, 0x72656c, household.number);
    const shared = new Map<ProfessionCode, DemoProfessional | undefined>();
    return household.people.map((person) => {
      const age = year - Number(person.birthDate.slice(0, 4));
      const known: DemoProfessional[] = [];
      for (const visit of visits) {
        const share = age < childAge ? visit.child : age < oldAge ? visit.adult : visit.old;
        if (random.below(100) >= share) continue;
        const { profession } = visit;
        if (visit.isShared && !shared.has(profession))
          shared.set(profession, this.#choose(random, profession, household.commune.code));
        const one = visit.isShared
          ? shared.get(profession)
          : this.#choose(random, profession, household.commune.code);
        if (one !== undefined) known.push(one);
      }
      return { person, known };
    });
  }

  #choose(random: Random, profession: ProfessionCode, commune: string): DemoProfessional | undefined {
    const drawn = random.below(100);
    const far = this.#far.get(profession);
    if (drawn < farAway && far !== undefined) return random.pick(far.all);
    const here = this.#here.get(profession);
    const near = drawn < farAway + inCommune ? here?.byCommune.get(commune) : undefined;
    const among = near ?? here?.all ?? [];
    return among.length === 0 ? undefined : random.pick(among);
  }
}

function gather(staff: readonly DemoProfessional[]): ReadonlyMap<ProfessionCode, Staff> {
  type Growing = { readonly all: DemoProfessional[]; readonly byCommune: Map<string, DemoProfessional[]> };
  const gathered = new Map<ProfessionCode, Growing>();
  for (const one of staff) {
    const those: Growing = gathered.get(one.profession) ?? { all: [], byCommune: new Map() };
    gathered.set(one.profession, those);
    those.all.push(one);
    const { code } = one.organisation.commune;
    const there = those.byCommune.get(code) ?? [];
    there.push(one);
    those.byCommune.set(code, there);
  }
  return gathered;
}

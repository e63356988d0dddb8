import type { ProfessionCode } from '../src/modules/rights/index.ts';
import { luhnDigit } from '../src/modules/rights/index.ts';
import { familyName, givenName } from './names.ts';
import { mix, Random, spread } from './random.ts';

/** A practice or an establishment of the invented country. */
export type DemoOrganisation = {
  /** From 1, in the order they appear. */
  readonly number: number;
  readonly name: string;
  readonly finess: string;
  readonly department: string;
};

/** A health professional; several may work in one organisation. */
export type DemoProfessional = {
  readonly profession: ProfessionCode;
  readonly rpps: string;
  readonly finess: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string;
  readonly organisation: DemoOrganisation;
};

type Place = { readonly of: string; readonly most: number };

// How many of each profession, roughly as they are in the country.
const shares = spread<ProfessionCode>([
  [12, 'pharmacist'],
  [5, 'optician'],
  [20, 'general-practitioner'],
  [12, 'specialist'],
  [10, 'dentist'],
  [2, 'audiologist'],
  [14, 'nurse'],
  [11, 'physiotherapist'],
  [2, 'midwife'],
  [3, 'allied-professional'],
  [2, 'laboratory'],
  [1, 'radiologist'],
  [1, 'health-centre'],
  [1, 'hospital-admission'],
  [1, 'emergency-admission'],
  [1, 'medical-transport'],
  [1, 'medical-supplier'],
  [1, 'thermal-spa'],
]);

const places: Readonly<Record<ProfessionCode, Place>> = {
  pharmacist: { of: 'Pharmacie', most: 4 },
  optician: { of: 'Optique', most: 3 },
  'general-practitioner': { of: 'Cabinet médical', most: 3 },
  specialist: { of: 'Cabinet de spécialistes', most: 3 },
  dentist: { of: 'Cabinet dentaire', most: 3 },
  audiologist: { of: 'Audition', most: 2 },
  nurse: { of: 'Cabinet infirmier', most: 4 },
  physiotherapist: { of: 'Cabinet de kinésithérapie', most: 3 },
  midwife: { of: 'Maison des naissances', most: 2 },
  'allied-professional': { of: 'Cabinet paramédical', most: 2 },
  laboratory: { of: 'Laboratoire', most: 4 },
  radiologist: { of: "Centre d'imagerie", most: 4 },
  'health-centre': { of: 'Centre de santé', most: 5 },
  'hospital-admission': { of: 'Centre hospitalier', most: 6 },
  'emergency-admission': { of: 'Urgences', most: 4 },
  'medical-transport': { of: 'Ambulances', most: 2 },
  'medical-supplier': { of: 'Matériel médical', most: 2 },
  'thermal-spa': { of: 'Thermes', most: 3 },
};

// biome-ignore format: names, not code
const sights = [
  'du Vieux Pont', 'des Tilleuls', 'de la Fontaine', 'du Marché', 'des Remparts', 'de la Gare', 'du Port',
  'des Quatre Vents', 'du Clocher', 'de la Source', 'des Ormes', 'du Moulin', 'de la Halle', 'du Belvédère',
  'des Cordeliers', 'de la Citadelle', 'du Lavoir', 'des Glycines', 'de la Plage', 'du Beffroi',
];

const departments = [
  '13',
  '31',
  '33',
  '34',
  '35',
  '38',
  '44',
  '59',
  '62',
  '67',
  '69',
  '75',
  '76',
  '77',
  '92',
];

/** The first professionals of a seeded country: any count begins with the same ones. */
export function* professionals(seed: number, count: number): Generator<DemoProfessional> {
  let given = 0;
  for (let number = 1; given < count; number += 1) {
    // A path of its own: adding professionals changes no person.
    const random = new Random(seed, 0x70726f, number);
    const profession = random.pick(shares);
    const organisation = drawOrganisation(random, seed, { number, profession });
    const staff = random.between(1, places[profession].most);
    for (let place = 0; place < staff && given < count; place += 1) {
      given += 1;
      yield drawProfessional(random, seed, { ordinal: given, profession, organisation });
    }
  }
}

function drawOrganisation(
  random: Random,
  seed: number,
  is: { number: number; profession: ProfessionCode },
): DemoOrganisation {
  const department = random.pick(departments);
  const serial = ((mix(seed) % 500_000) + is.number * 7) % 1_000_000;
  const digits = department + String(serial).padStart(6, '0');
  const name = `${places[is.profession].of} ${random.pick(sights)}`;
  return { number: is.number, name, finess: digits + luhnDigit(digits), department };
}

function drawProfessional(
  random: Random,
  seed: number,
  is: { ordinal: number; profession: ProfessionCode; organisation: DemoOrganisation },
): DemoProfessional {
  const family = familyName(random);
  const given = givenName(random, random.chance(0.55) ? 2 : 1);
  const serial = ((mix(seed) % 90_000_000) + is.ordinal * 13) % 100_000_000;
  const digits = `10${String(serial).padStart(8, '0')}`;
  return {
    profession: is.profession,
    rpps: digits + luhnDigit(digits),
    finess: is.organisation.finess,
    familyName: family,
    givenName: given,
    // `.example` belongs to nobody: no message can ever reach a real person.
    email: `${plain(given)}.${plain(family)}.${is.ordinal}@sante.example`,
    organisation: is.organisation,
  };
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

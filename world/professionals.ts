import type { ProfessionCode } from '../src/modules/rights/index.ts';
import { luhnDigit } from '../src/modules/rights/index.ts';
import { familyName, givenName, type Sex } from './names.ts';
import { type Area, areaOf, type Commune, drawByPopulation } from './places.ts';
import { type Kind, kinds } from './practices.ts';
import { mix, Random } from './random.ts';

/** A practice or an establishment of the invented country. */
export type DemoOrganisation = {
  /** Its own in the country. */
  readonly number: number;
  readonly name: string;
  readonly finess: string;
  /** Two characters, as in its FINESS number. */
  readonly department: string;
  readonly commune: Commune;
};

/** A health professional; several may work in one organisation. */
export type DemoProfessional = {
  readonly profession: ProfessionCode;
  readonly rpps: string;
  readonly finess: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: Sex;
  readonly email: string;
  readonly organisation: DemoOrganisation;
};

/** The size of an area's numbers: organisations and professionals of one area never reach the next one's. */
const organisationsOfArea = 128;
const professionalsOfAreaMost = 1_024;

// biome-ignore format: names, not code
const sights = [
  'du Vieux Pont', 'des Tilleuls', 'de la Fontaine', 'du Marché', 'des Remparts', 'de la Gare', 'du Port',
  'des Quatre Vents', 'du Clocher', 'de la Source', 'des Ormes', 'du Moulin', 'de la Halle', 'du Belvédère',
  'des Cordeliers', 'de la Citadelle', 'du Lavoir', 'des Glycines', 'de la Poste', 'du Beffroi',
  'Saint-Roch', 'de la Mairie', 'des Lilas', 'du Parc', 'de la République', 'du Canal', 'des Écoles',
];

/** The first professionals of a seeded country: any count begins with the same ones, area after area. */
export function* professionals(seed: number, count: number): Generator<DemoProfessional> {
  let given = 0;
  for (let number = 0; given < count; number += 1) {
    for (const one of professionalsOf(seed, areaOf(seed, number))) {
      if (given === count) return;
      given += 1;
      yield one;
    }
  }
}

/** Everybody who works in an area; in the first one, every profession does. */
export function professionalsOf(seed: number, area: Area): readonly DemoProfessional[] {
  // A path of its own: adding professionals changes no person.
  const random = new Random(seed, 0x70726f, area.number);
  const drawCommune = drawByPopulation(area.communes);
  const largest = area.communes.reduce((one, other) => (other.population > one.population ? other : one));
  const drawn: DemoProfessional[] = [];
  let place = 0;
  for (const kind of kinds) {
    const usual = Math.floor(kind.ofArea) + (random.chance(kind.ofArea % 1) ? 1 : 0);
    const count = area.number === 0 ? Math.max(1, usual) : usual;
    for (let index = 0; index < count; index += 1) {
      const drawnCommune = drawCommune(random);
      const number = area.number * organisationsOfArea + place;
      place += 1;
      const organisation = drawOrganisation(random, seed, {
        number,
        name: kind.name,
        commune: kind.isCentral === true ? largest : drawnCommune,
      });
      const isFirst = area.number === 0 && index === 0;
      drawn.push(...drawStaff(random, seed, { area, kind, organisation, isFirst, from: drawn.length }));
    }
  }
  if (place > organisationsOfArea || drawn.length > professionalsOfAreaMost)
    throw new Error('an area has more professionals than numbers for them');
  return drawn;
}

function drawStaff(
  random: Random,
  seed: number,
  of: { area: Area; kind: Kind; organisation: DemoOrganisation; isFirst: boolean; from: number },
): DemoProfessional[] {
  const { area, kind, organisation, isFirst } = of;
  return kind.staff.flatMap(({ profession, least, most, first }) => {
    const size = random.between(least, most);
    return Array.from({ length: isFirst ? (first ?? size) : size }, () => {
      const ordinal = area.number * professionalsOfAreaMost + of.from;
      of.from += 1;
      return drawProfessional(random, seed, { ordinal, profession, organisation });
    });
  });
}

function drawOrganisation(
  random: Random,
  seed: number,
  is: { number: number; name: string; commune: Commune },
): DemoOrganisation {
  const { number, commune } = is;
  const department = commune.departement.slice(0, 2);
  // Real numbers are given in order from 0 after the département: none has come to 9.
  const serial = (mix(seed) + number * 7) % 100_000;
  const digits = `${department}9${String(serial).padStart(5, '0')}`;
  const finess = digits + luhnDigit(digits.replace(/[AB]/, '0'));
  const name = is.name.includes('…')
    ? is.name.replace('…', ofCommune(commune.name))
    : `${is.name} ${random.pick(sights)}`;
  return { number, name, finess, department, commune };
}

function drawProfessional(
  random: Random,
  seed: number,
  is: { ordinal: number; profession: ProfessionCode; organisation: DemoOrganisation },
): DemoProfessional {
  const sex: Sex = random.chance(0.55) ? 2 : 1;
  const family = familyName(random);
  const given = givenName(random, sex, random.between(1960, 1998));
  const serial = (mix(seed) + is.ordinal * 13) % 100_000_000;
  // Real numbers begin with 1: these are nobody's.
  const digits = `99${String(serial).padStart(8, '0')}`;
  return {
    profession: is.profession,
    rpps: digits + luhnDigit(digits),
    finess: is.organisation.finess,
    familyName: family,
    givenName: given,
    sex,
    // `.example` belongs to nobody: no message can ever reach a real person.
    email: `${plain(given)}.${plain(family)}.${is.ordinal}@sante.example`,
    organisation: is.organisation,
  };
}

function ofCommune(name: string): string {
  if (/^Les? /.test(name)) return name.replace(/^Le(s?) /, (_, many) => (many === 's' ? 'des ' : 'du '));
  return /^[aeiouyéèêîœh]/i.test(name) ? `d'${name}` : `de ${name}`;
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f']/g, '')
    .replaceAll(' ', '-')
    .toLowerCase();
}

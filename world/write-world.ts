import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directoryHeader, directoryLine } from './directory-line.ts';
import { asBytes, FileSink } from './file-sink.ts';
import { insurers } from './insurers.ts';
import { households } from './people.ts';
import { countRows, dashed, peopleHeader, writePersonRows } from './person-rows.ts';
import { type Patient, Patients } from './relations.ts';
import { worldReadme } from './world-readme.ts';
import { writePlans } from './write-plans.ts';

/** Which country to write, and where. */
export type WorldAsked = {
  readonly people: number;
  readonly seed: number;
  /** The year that contracts are drawn for. */
  readonly year: number;
  readonly folder: string;
  readonly onProgress?: (people: number) => void;
};

/** What was written, as world.json tells it. */
export type WorldWritten = {
  readonly people: number;
  readonly seed: number;
  readonly year: number;
  readonly households: number;
  readonly withoutCover: number;
  readonly underSeveralNumbers: number;
  /** Listed with a day of death. */
  readonly died: number;
  readonly organisations: number;
  readonly professionals: Readonly<Record<string, number>>;
  readonly relations: number;
  readonly insurers: readonly {
    readonly amcCode: string;
    readonly name: string;
    readonly people: number;
    readonly rows: number;
  }[];
};

const householdsBetweenWaits = 1_024;

/** The folder cannot be written into; the message says what to do. */
export class FolderProblem extends Error {}

/** Writes the country as files that `vigie import` reads. The same people, seed and year: the same bytes. */
export async function writeWorld(asked: WorldAsked): Promise<WorldWritten> {
  const { people, seed, year, folder } = asked;
  await openFolder(folder);
  const writer = await WorldWriter.create(folder);
  const patients = new Patients(seed);
  let area = -1;
  let given = 0;
  for (const household of households(seed, people, `${year}-01-01`)) {
    if (household.area.number !== area) {
      area = household.area.number;
      writer.addProfessionals(patients.enter(household.area));
    }
    writer.addHousehold(patients.of(household, year));
    given += household.people.length;
    if ((household.number + 1) % householdsBetweenWaits !== 0) continue;
    await writer.settle();
    asked.onProgress?.(given);
  }
  const written = { people: given, seed, year, ...(await writer.end()) };
  await writeFile(join(folder, 'README.txt'), worldReadme(written));
  // Last: where it stands, every other file is complete.
  await writeFile(join(folder, 'world.json'), `${JSON.stringify(written, null, 2)}\n`);
  return written;
}

async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new FolderProblem(`${folder} is not empty. Choose another folder, or empty this one.`);
}

type InsurerFile = { readonly sink: FileSink; people: number; rows: number };

class WorldWriter {
  readonly #byInsurer: ReadonlyMap<number, InsurerFile>;
  readonly #professionals: FileSink;
  readonly #relations: FileSink;
  readonly #staff: Record<string, number> = {};
  readonly #counts = {
    households: 0,
    withoutCover: 0,
    underSeveralNumbers: 0,
    died: 0,
    organisations: 0,
    relations: 0,
  };

  private constructor(
    byInsurer: ReadonlyMap<number, InsurerFile>,
    others: { professionals: FileSink; relations: FileSink },
  ) {
    this.#byInsurer = byInsurer;
    this.#professionals = others.professionals;
    this.#relations = others.relations;
  }

  static async create(folder: string): Promise<WorldWriter> {
    const begin = async (name: string, header: string) => {
      const sink = await FileSink.create(join(folder, name));
      sink.write(asBytes(header));
      return sink;
    };
    const list = insurers.map(
      ({ amcCode, name, conventions }) => `${amcCode};${name};${conventions.join(' ')}\n`,
    );
    await writeFile(join(folder, 'insurers.csv'), `amcCode;name;conventionTypes\n${list.join('')}`);
    await writePlans(folder);
    const byInsurer = new Map<number, InsurerFile>();
    for (const { id, amcCode } of insurers) {
      const sink = await begin(`people-${amcCode}.csv`, peopleHeader);
      byInsurer.set(id, { sink, people: 0, rows: 0 });
    }
    const professionals = await begin('professionals.txt', directoryHeader);
    const relations = await begin('relations.csv', 'account;rpps;finess;nir;birthDate;birthRank\n');
    return new WorldWriter(byInsurer, { professionals, relations });
  }

  addProfessionals(staff: ReturnType<Patients['enter']>): void {
    const organisations = new Set<number>();
    for (const one of staff) {
      this.#professionals.write(asBytes(directoryLine(one)));
      this.#staff[one.profession] = (this.#staff[one.profession] ?? 0) + 1;
      organisations.add(one.organisation.number);
    }
    this.#counts.organisations += organisations.size;
  }

  addHousehold(patients: readonly Patient[]): void {
    this.#counts.households += 1;
    for (const patient of patients) {
      const { person } = patient;
      if (person.otherNirs.length > 0) this.#counts.underSeveralNumbers += 1;
      this.#addPerson(person);
      // Whom no insurer covers is in no file of people: a relation to them could not be loaded.
      if (person.contracts.length === 0) {
        this.#counts.withoutCover += 1;
        continue;
      }
      if (person.deathDate !== null) this.#counts.died += 1;
      this.#addRelations(patient);
    }
  }

  /** Waits until what was made is written: a fast maker does not fill the memory. */
  async settle(): Promise<void> {
    for (const sink of this.#sinks()) await sink.settle();
  }

  async end() {
    for (const sink of this.#sinks()) await sink.close();
    const byInsurer = insurers.map(({ id, amcCode, name }) => {
      const { people = 0, rows = 0 } = this.#byInsurer.get(id) ?? {};
      return { amcCode, name, people, rows };
    });
    return { ...this.#counts, professionals: this.#staff, insurers: byInsurer };
  }

  #sinks(): readonly FileSink[] {
    const people = [...this.#byInsurer.values()].map(({ sink }) => sink);
    return [...people, this.#professionals, this.#relations];
  }

  #addPerson(person: Patient['person']): void {
    let last = 0;
    for (const contract of person.contracts) {
      const to = this.#byInsurer.get(contract.insurer);
      if (to === undefined) throw new Error(`there is no insurer ${contract.insurer}`);
      writePersonRows(to.sink, person, contract);
      to.rows += countRows(person, contract);
      // Two contracts of one insurer stand together, and are one person's.
      if (contract.insurer !== last) to.people += 1;
      last = contract.insurer;
    }
  }

  #addRelations({ person, known }: Patient): void {
    if (known.length === 0) return;
    const whom = `;${person.nir};${dashed(person.birthDate)};${person.birthRank}\n`;
    let rows = '';
    for (const { rpps, finess } of known) rows += `;${rpps};${finess}${whom}`;
    this.#relations.write(rows);
    this.#counts.relations += known.length;
  }
}

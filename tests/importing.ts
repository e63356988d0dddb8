import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { mintReceipt } from '../src/modules/ledger/receipt.ts';
import { coverageRule } from '../src/modules/rights/coverage.ts';
import { type ImportCounts, keepImport, noCounts } from '../src/modules/rights/imports/keep-import.ts';
import { controlKey } from '../src/modules/rights/nir.ts';
import { importPeople } from '../src/modules/rights/people/import-people.ts';
import {
  type PeopleColumn,
  peopleColumns,
  peopleColumnsBesides,
} from '../src/modules/rights/people/people-file.ts';
import { readListedPeople } from '../src/modules/rights/people/read-listed.ts';
import { addInsurers, readSealed } from '../src/modules/rights/store.ts';
import { enrolInsurers, findSubjects, hold, Keys, lookupKeys, release } from '../src/modules/vault/index.ts';
import { parisDay, systemClock } from '../src/platform/clock.ts';
import { type BadRow, openRows } from '../src/platform/files/index.ts';
import type { TestDatabase } from './database.ts';

/** Two insurers of the tests. */
export const ponant = { id: 1, amcCode: '0099500029', name: 'Prévoyance du Ponant' };
export const levant = { id: 2, amcCode: '0099500037', name: 'Mutuelle du Levant' };

/** A line as tests write it: what is left out is as on everybody's line. */
export type Line = Partial<Record<PeopleColumn, string>>;

const allFields = (1n << 62n) - 1n;

const usual: Line = {
  nir: nirOf('1840577288123'),
  birthDate: '1984-05-17',
  birthRank: '1',
  lastName: 'Kerbrat',
  firstName: 'Anaïs',
  sex: '2',
  departement: '29',
  contractNumber: 'C1',
  memberNumber: 'M1',
  conventionType: 'VB',
  csr: '20205',
  responsible: 'true',
  startsOn: '2020-01-01',
  endsOn: '2026-12-31',
  endsOnlineOn: '',
  domain: 'PHAR',
  level: '100%',
};

/** Thirteen characters with their control key. */
export function nirOf(nir13: string): string {
  return nir13 + controlKey(nir13);
}

/** Lines as a file, without the columns that a file may lack and that no line has. */
export function fileOf(lines: readonly Line[]): string {
  const besides = peopleColumnsBesides.filter((name) => lines.some((line) => name in line));
  const columns = [...peopleColumns, ...besides];
  const rows = lines.map((line) => columns.map((name) => ({ ...usual, ...line })[name] ?? '').join(';'));
  return `${[columns.join(';'), ...rows].join('\n')}\n`;
}

/** How a file of a test is imported. */
export type How = {
  readonly insurer?: typeof ponant;
  readonly complete?: boolean;
  readonly confirmClosures?: boolean;
  readonly dryRun?: boolean;
  readonly check?: () => void;
};

/** What came of it. */
export type Imported = {
  readonly counts: ImportCounts;
  readonly bad: readonly BadRow[];
  readonly remarks: readonly string[];
};

/** A database with the two insurers, and what tests do with it. */
export class ImportBench {
  readonly keys = new Keys(randomBytes(32));
  readonly #database: TestDatabase;

  constructor(database: TestDatabase) {
    this.#database = database;
  }

  async enrol(): Promise<void> {
    await addInsurers(this.#database.server, [ponant, levant]);
    await enrolInsurers(this.#database.server, this.keys, [ponant.id, levant.id]);
  }

  /** Imports a text as a file. */
  async import(text: string | Buffer, how: How = {}): Promise<Imported> {
    const { insurer = ponant, complete = false, confirmClosures = false, dryRun = false } = how;
    const db = this.#database.server;
    const counts = noCounts();
    const bad: BadRow[] = [];
    const start = { kind: 'people', insurer: insurer.id, complete, dryRun, fileName: 'test' } as const;
    const kept = dryRun ? null : await keepImport(db, start);
    const source = Readable.from([Buffer.from(text)]);
    const file = await openRows(source, { required: peopleColumns, optional: peopleColumnsBesides });
    const rules = { today: parisDay(systemClock.now()), lenient: false, amcCode: insurer.amcCode };
    const people = readListedPeople(file, rules, {
      reject: (row) => {
        bad.push(row);
        counts.rejected += 1;
      },
      onLines: (lines) => {
        counts.lines += lines;
      },
    });
    const tools = { db, keys: this.keys, clock: systemClock };
    const number = Number(kept?.id ?? 0);
    const check = how.check ?? (() => {});
    const options = { insurer, number, complete, confirmClosures, dryRun, counts, check };
    const { remarks } = await importPeople(tools, people, options);
    await kept?.end('done', counts);
    return { counts, bad, remarks };
  }

  /** Who a number leads to, or null. */
  async subject(is: { nir?: string; birthDate?: string; birthRank?: number } = {}): Promise<string | null> {
    return (await this.#find(is))?.subject ?? null;
  }

  /** Everything that insurers say of a person, as `field/contract: value` lines of each insurer. */
  async facts(is: { nir?: string; birthDate?: string; birthRank?: number } = {}) {
    const held = await this.#hold(is);
    if (held === null) return null;
    const { subject } = held;
    const place = { lane: 0, seq: 1n, at: 0n, account: 1 };
    const entry = { ...place, subject, fields: allFields, insurers: [1, 2] };
    const receipt = mintReceipt(entry, { sentAt: 0, present: false });
    return release(receipt, held).map(({ insurer, field, contract, value }) => ({
      insurer,
      field,
      contract,
      value,
    }));
  }

  /** The reason that a pharmacist is told on a day. */
  async covered(careDate: string, is: { nir?: string; birthDate?: string; birthRank?: number } = {}) {
    const held = await this.#hold(is);
    return (
      held?.decide(coverageRule, { careDate, domains: ['PHAR'], profession: 'pharmacist' }).reason ?? null
    );
  }

  async #find(is: { nir?: string; birthDate?: string; birthRank?: number }) {
    const identity = {
      nir13: (is.nir ?? usual.nir ?? '').slice(0, 13),
      birthDate: (is.birthDate ?? usual.birthDate ?? '').replaceAll('-', ''),
      birthRank: is.birthRank ?? 1,
    };
    const [found] = await findSubjects(this.#database.server, [lookupKeys(this.keys, identity)]);
    return found ?? null;
  }

  async #hold(is: { nir?: string; birthDate?: string; birthRank?: number }) {
    const found = await this.#find(is);
    if (found === null) return null;
    return hold(this.keys, found, await readSealed(this.#database.server, [found.subject]));
  }
}

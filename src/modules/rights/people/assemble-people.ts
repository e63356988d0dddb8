import { type BadRow, isBadRow, type Row, valueClass } from '../../../platform/files/index.ts';
import { DomainReader, joinDomains, type TailPath, tailsOf } from './listed-domains.ts';
import type { ListedContract, ListedDomain, ListedPerson, RightDays } from './listed-person.ts';
import {
  type PeopleColumn,
  type PeopleFileRules,
  peoplePlace as place,
  type ReadValue,
  readPeople as read,
  type ValueProblem,
} from './people-file.ts';

type ContractHead = Omit<ListedContract, 'convention' | 'days' | 'domains'>;
type OpenContract = {
  readonly head: ContractHead;
  /** The days of its last line, and of each line once two differ. */
  days: RightDays | null;
  ownDays: RightDays[] | null;
  lines: number;
  path: TailPath;
};
type OpenPerson = Omit<ListedPerson, 'lines' | 'contracts'> & {
  /** The texts that name the person: a line with others is of somebody else. */
  readonly named: string;
  readonly lines: number[];
  readonly contracts: OpenContract[];
  badLine: number | null;
};

/**
 * Puts the lines of a file together into people. A person whose lines cannot all be read is left out whole:
 * half of somebody's rights would be a wrong answer at a counter.
 */
export class PeopleAssembler {
  readonly #rules: PeopleFileRules;
  readonly #reject: (bad: BadRow) => void;
  readonly #domains = new DomainReader();
  #open: OpenPerson | null = null;
  /** A line just read that nothing can be said of: it is the person's if lines of theirs stand around it. */
  #unreadable: number | null = null;

  constructor(rules: PeopleFileRules, reject: (bad: BadRow) => void) {
    this.#rules = rules;
    this.#reject = reject;
  }

  /** Takes one line; gives the person it ends, if it begins another. */
  push(row: Row | BadRow): ListedPerson | null {
    if (isBadRow(row)) {
      this.#unreadable = row.line;
      this.#reject(row);
      return null;
    }
    const open = this.#open;
    const repeats = this.#unreadable === null && row.same >= place.domain;
    if (open !== null && repeats && open.badLine === null && repeatsBesides(open, row)) {
      this.#addDomain(open, row, open.contracts.at(-1)?.days ?? undefined);
      return null;
    }
    if (open !== null && open.named === namedIn(row)) {
      open.badLine ??= this.#unreadable;
      this.#unreadable = null;
      this.#addLine(open, row);
      return null;
    }
    const ended = this.end();
    this.#open = this.#begin(row);
    return ended;
  }

  /** Ends the person whose lines were last read. */
  end(): ListedPerson | null {
    const open = this.#open;
    this.#open = null;
    this.#unreadable = null;
    if (open === null) return null;
    const contracts = open.badLine === null ? this.#closeContracts(open) : null;
    if (contracts !== null) {
      const { named: _, badLine: __, ...person } = open;
      return { ...person, contracts };
    }
    for (const line of open.lines) {
      const reason = `another-line-of-this-person:${open.badLine}`;
      if (line !== open.badLine) this.#reject({ line, column: null, valueClass: '', reason });
    }
    return null;
  }

  #begin(row: Row): OpenPerson | null {
    const nir13 = this.#value(row, 'nir', read.nir);
    const birthDate = this.#value(row, 'birthDate', read.birthDate);
    const birthRank = this.#value(row, 'birthRank', read.birthRank);
    // Nobody can be named: this line alone is refused.
    if (nir13 === null || birthDate === null || birthRank === null) return null;
    const open: OpenPerson = {
      named: namedIn(row),
      identity: { nir13, birthDate, birthRank },
      lastName: row.values[place.lastName] ?? '',
      firstName: row.values[place.firstName] ?? '',
      sex: row.values[place.sex] ?? '',
      departement: row.values[place.departement] ?? '',
      deathDate: row.values[place.deathDate] ?? null,
      lines: [],
      contracts: [],
      badLine: null,
    };
    const isPerson =
      this.#value(row, 'lastName', read.name) !== null &&
      this.#value(row, 'firstName', read.name) !== null &&
      this.#value(row, 'sex', read.sex) !== null &&
      this.#value(row, 'departement', read.departement) !== null &&
      this.#value(row, 'deathDate', read.deathDate) !== null;
    if (isPerson) this.#addLine(open, row);
    else open.badLine = row.line;
    return open;
  }

  #addLine(open: OpenPerson, row: Row): void {
    for (const column of ['lastName', 'firstName', 'sex', 'departement', 'deathDate'] as const) {
      if ((row.values[place[column]] ?? null) === open[column]) continue;
      this.#spoil(open, row, { column, reason: 'not-as-on-the-line-before' });
      return;
    }
    const contract = this.#readContract(row);
    const days = this.#readDays(row);
    if (contract === null || days === null) {
      open.badLine ??= row.line;
      return;
    }
    const known = open.contracts.findIndex((each) => isOfContract(each, contract));
    const current = open.contracts[known] ?? contract;
    if (!isSameContract(current.head, contract.head)) {
      this.#spoil(open, row, { column: 'contractNumber', reason: 'not-as-on-the-line-before' });
      return;
    }
    // Last is the one that following lines repeat.
    if (known >= 0) open.contracts.splice(known, 1);
    open.contracts.push(current);
    this.#addDomain(open, row, days);
  }

  #addDomain(open: OpenPerson, row: Row, days: RightDays | undefined): void {
    const domain = row.values[place.domain] ?? '';
    const level = row.values[place.level] ?? '';
    const insurer = row.values[place.insurer] ?? '';
    const convention = row.values[place.conventionType] ?? '';
    const tail = this.#domains.readTail(convention, domain, level);
    const contract = open.contracts.at(-1);
    if ('problem' in tail) {
      this.#spoil(open, row, { column: tail.column, reason: tail.problem });
    } else if (insurer !== '' && insurer !== this.#rules.amcCode) {
      this.#spoil(open, row, { column: 'insurer', reason: 'other-insurer' });
    } else if (contract !== undefined && days !== undefined) {
      addDays(contract, days);
      contract.path = this.#domains.follow(contract.path, tail.domains);
      open.lines.push(row.line);
    }
  }

  #readContract(row: Row): OpenContract | null {
    const contractNumber = this.#value(row, 'contractNumber', read.reference);
    const memberNumber = this.#value(row, 'memberNumber', read.reference);
    const csr = this.#value(row, 'csr', read.csr);
    const responsible = this.#value(row, 'responsible', read.truth);
    const plan = this.#value(row, 'plan', read.plan);
    if (contractNumber === null || memberNumber === null) return null;
    if (csr === null || responsible === null || plan === null) return null;
    const head = { contractNumber, memberNumber, csr, responsible, plan: row.values[place.plan] ?? null };
    return { head, days: null, ownDays: null, lines: 0, path: this.#domains.start };
  }

  #readDays(row: Row): RightDays | null {
    const start = this.#value(row, 'startsOn', read.day);
    const printedEnd = this.#value(row, 'endsOn', read.dayOrNone);
    const onlineEnd = this.#value(row, 'endsOnlineOn', read.dayOrNone);
    if (start === null || printedEnd === null || onlineEnd === null) return null;
    const ends = { printedEnd: printedEnd || null, onlineEnd: onlineEnd || null };
    if (ends.printedEnd === null || ends.printedEnd >= start) return { start, ...ends };
    this.#refuse(row, 'endsOn', 'ends-before-start');
    return null;
  }

  #closeContracts(open: OpenPerson): readonly ListedContract[] | null {
    const closed: ListedContract[] = [];
    for (const { head, days, ownDays, path } of open.contracts) {
      if (days === null) continue;
      const whole = ownDays === null ? days : widest(ownDays);
      const joined =
        ownDays === null ? this.#domains.join(path) : joinDomains(withDays(tailsOf(path), ownDays));
      if ('contradicts' in joined) {
        const line = open.lines.at(-1) ?? 0;
        open.badLine = line;
        this.#reject({ line, column: 'domain', valueClass: joined.contradicts, reason: 'listed-twice' });
        return null;
      }
      const convention = joined.domains.map((domain) => domain.convention).reduce(firstOf);
      closed.push({ ...head, convention, days: whole, domains: joined.domains });
    }
    return closed.sort((a, b) => (a.contractNumber < b.contractNumber ? -1 : 1));
  }

  #value<T>(row: Row, column: PeopleColumn, reader: Reader<T>): T | null {
    const found = reader(row.values[place[column]] ?? '', this.#rules);
    if ('value' in found) return found.value;
    this.#refuse(row, column, found.problem);
    return null;
  }

  #spoil(open: OpenPerson, row: Row, why: { column: PeopleColumn; reason: Reason }): void {
    open.badLine ??= row.line;
    this.#refuse(row, why.column, why.reason);
  }

  #refuse(row: Row, column: PeopleColumn, reason: Reason): void {
    const text = row.values[place[column]] ?? '';
    this.#reject({ line: row.line, column, valueClass: valueClass(text), reason });
  }
}

const noDays: RightDays = { start: '', printedEnd: null, onlineEnd: null };

function firstOf(one: string, other: string): string {
  return one < other ? one : other;
}

type Reader<T> = (text: string, rules: PeopleFileRules) => ReadValue<T>;
type Reason = ValueProblem | 'not-as-on-the-line-before' | 'listed-twice';

function namedIn(row: Row): string {
  return `${row.values[place.nir]}|${row.values[place.birthDate]}|${row.values[place.birthRank]}`;
}

function isOfContract({ head }: OpenContract, other: OpenContract): boolean {
  return head.contractNumber === other.head.contractNumber;
}

/** Whether a line says the plan and the day of death that the one before said: both may stand last. */
function repeatsBesides({ deathDate, contracts }: OpenPerson, { values }: Row): boolean {
  const plan = contracts.at(-1)?.head.plan;
  return (values[place.plan] ?? null) === plan && (values[place.deathDate] ?? null) === deathDate;
}

function addDays(contract: OpenContract, days: RightDays): void {
  const { days: last, lines } = contract;
  if (contract.ownDays !== null) contract.ownDays.push(days);
  else if (last !== null && !isSameDays(last, days)) {
    contract.ownDays = [...Array.from({ length: lines }, () => last), days];
  }
  contract.days = days;
  contract.lines += 1;
}

function isSameContract(one: ContractHead, other: ContractHead): boolean {
  const { memberNumber, csr, responsible, plan } = other;
  return (
    one.memberNumber === memberNumber &&
    one.csr === csr &&
    one.responsible === responsible &&
    one.plan === plan
  );
}

function isSameDays(one: RightDays, other: RightDays): boolean {
  return (
    one === other ||
    (one.start === other.start && one.printedEnd === other.printedEnd && one.onlineEnd === other.onlineEnd)
  );
}

function withDays(
  tails: readonly (readonly ListedDomain[])[],
  days: readonly RightDays[],
): readonly ListedDomain[] {
  return tails.flatMap((tail, line) => tail.map((domain) => ({ ...domain, days: days[line] ?? noDays })));
}

/**
 * The days of a contract whose domains differ: the widest, so that each domain's own can only narrow them.
 */
function widest(days: readonly RightDays[]): RightDays {
  const latest = (ends: readonly (string | null)[]) =>
    ends.includes(null) ? null : ends.reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b));
  return {
    start: days.map(({ start }) => start).reduce(firstOf),
    printedEnd: latest(days.map(({ printedEnd }) => printedEnd)),
    onlineEnd: latest(days.map(({ onlineEnd }) => onlineEnd)),
  };
}

import { type DomainCode, findDomain } from '../domains.ts';
import type { ListedDomain } from './listed-person.ts';
import { readPeople, type ValueProblem } from './people-file.ts';

/** What the last two columns of a line say, or which of them cannot be read. */
export type ReadTail =
  | { readonly domains: readonly ListedDomain[] }
  | { readonly problem: ValueProblem; readonly column: 'domain' | 'level' };

/** The domains of a contract in their order, or the place of one that contradicts an earlier one. */
export type JoinedDomains =
  | { readonly domains: readonly ListedDomain[] }
  | { readonly contradicts: DomainCode };

// What is kept for its repetition; a file in which nothing repeats must not fill the memory.
const keptMax = 20_000;

/**
 * Reads what lines say of domains. An insurer has few formulas and many people: each text is read once, and
 * everyone under a formula shares one frozen list.
 */
export class DomainReader {
  readonly #tails = new Map<string, Map<string, ReadTail>>();
  readonly #lists = new Map<string, JoinedDomains>();
  #tailCount = 0;

  /** One line's domain and level; a card's label stands for several domains. */
  readTail(domain: string, level: string): ReadTail {
    let levels = this.#tails.get(domain);
    if (levels === undefined || this.#tailCount >= keptMax) {
      if (this.#tailCount >= keptMax) this.#tails.clear();
      levels = new Map();
      this.#tails.set(ownText(domain), levels);
    }
    const known = levels.get(level);
    if (known !== undefined) return known;
    const read = readTail(ownText(domain), ownText(level));
    this.#tailCount = this.#tailCount >= keptMax ? 1 : this.#tailCount + 1;
    levels.set(ownText(level), read);
    return read;
  }

  /** All the lines of a contract whose days are the contract's; `key` is the text of their tails. */
  joinTails(key: string, tails: readonly (readonly ListedDomain[])[]): JoinedDomains {
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    if (this.#lists.size >= keptMax) this.#lists.clear();
    const joined = joinDomains(tails.flat());
    this.#lists.set(ownText(key), joined);
    return joined;
  }
}

/** Puts domains in the order of their fields; one listed twice must say the same twice. */
export function joinDomains(listed: readonly ListedDomain[]): JoinedDomains {
  const byCode = new Map<DomainCode, ListedDomain>();
  for (const domain of listed) {
    const other = byCode.get(domain.code);
    if (other !== undefined && !saysTheSame(other, domain)) return { contradicts: domain.code };
    byCode.set(domain.code, domain);
  }
  const sorted = [...byCode.values()].sort((a, b) => place(a) - place(b));
  return { domains: Object.freeze(sorted) };
}

function readTail(domain: string, level: string): ReadTail {
  const codes = readPeople.domain(domain);
  if ('problem' in codes) return { problem: codes.problem, column: 'domain' };
  const text = readPeople.level(level);
  if ('problem' in text) return { problem: text.problem, column: 'level' };
  return { domains: codes.value.map((code) => Object.freeze({ code, level: text.value })) };
}

function saysTheSame(one: ListedDomain, other: ListedDomain): boolean {
  return one.level === other.level && JSON.stringify(one.days) === JSON.stringify(other.days);
}

function place(domain: ListedDomain): number {
  return findDomain(domain.code)?.field ?? 0;
}

// A value of a line is a slice of a block of the file: kept as it is, it would keep the whole block.
function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

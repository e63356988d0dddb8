import { type DomainCode, findDomain } from '../domains.ts';
import type { ListedDomain } from './listed-person.ts';
import { readPeople, type ValueProblem } from './people-file.ts';

/** What a line says of a domain: convention, code and level, or which of them cannot be read. */
export type ReadTail =
  | { readonly domains: readonly ListedDomain[] }
  | { readonly problem: ValueProblem; readonly column: 'conventionType' | 'domain' | 'level' };

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
  readonly #tails = new Map<string, Map<string, Map<string, ReadTail>>>();
  #root: TailPath = newPath(null, null);
  #tailCount = 0;
  #pathCount = 0;

  /** One line's convention, domain and level; a card's label stands for several domains. */
  readTail(convention: string, domain: string, level: string): ReadTail {
    const known = this.#tails.get(convention)?.get(domain)?.get(level);
    if (known !== undefined) return known;
    if (this.#tailCount >= keptMax) {
      this.#tails.clear();
      this.#tailCount = 0;
    }
    this.#tailCount += 1;
    const own = { convention: ownText(convention), domain: ownText(domain), level: ownText(level) };
    const read = readTail(own);
    const domains = this.#tails.get(convention) ?? new Map<string, Map<string, ReadTail>>();
    this.#tails.set(own.convention, domains);
    const levels = domains.get(domain) ?? new Map<string, ReadTail>();
    domains.set(own.domain, levels);
    levels.set(own.level, read);
    return read;
  }

  /** Where the lines of a contract begin. */
  get start(): TailPath {
    return this.#root;
  }

  /** One line more: the same lines lead to the same place, whoever they are of. */
  follow(path: TailPath, tail: readonly ListedDomain[]): TailPath {
    const known = path.next.get(tail);
    if (known !== undefined) return known;
    if (this.#pathCount >= keptMax) {
      this.#pathCount = 0;
      this.#root = newPath(null, null);
    }
    this.#pathCount += 1;
    const next = newPath(path, tail);
    path.next.set(tail, next);
    return next;
  }

  /** All the lines of a contract whose days are the contract's. */
  join(path: TailPath): JoinedDomains {
    path.joined ??= joinDomains(tailsOf(path).flat());
    return path.joined;
  }
}

/** What the lines of a contract said so far, in their order: a place in a tree that everybody shares. */
export type TailPath = {
  readonly before: TailPath | null;
  readonly tail: readonly ListedDomain[] | null;
  readonly next: Map<readonly ListedDomain[], TailPath>;
  joined: JoinedDomains | null;
};

/** The lines that lead to a place, first to last. */
export function tailsOf(path: TailPath): readonly (readonly ListedDomain[])[] {
  const tails: (readonly ListedDomain[])[] = [];
  for (let at: TailPath | null = path; at !== null; at = at.before) if (at.tail !== null) tails.push(at.tail);
  return tails.reverse();
}

function newPath(before: TailPath | null, tail: readonly ListedDomain[] | null): TailPath {
  return { before, tail, next: new Map(), joined: null };
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

function readTail(of: { convention: string; domain: string; level: string }): ReadTail {
  const convention = readPeople.convention(of.convention);
  if ('problem' in convention) return { problem: convention.problem, column: 'conventionType' };
  const codes = readPeople.domain(of.domain);
  if ('problem' in codes) return { problem: codes.problem, column: 'domain' };
  const text = readPeople.level(of.level);
  if ('problem' in text) return { problem: text.problem, column: 'level' };
  return {
    domains: codes.value.map((code) =>
      Object.freeze({ code, level: text.value, convention: convention.value }),
    ),
  };
}

function saysTheSame(one: ListedDomain, other: ListedDomain): boolean {
  const isSame = one.level === other.level && one.convention === other.convention;
  return isSame && JSON.stringify(one.days) === JSON.stringify(other.days);
}

function place(domain: ListedDomain): number {
  return findDomain(domain.code)?.field ?? 0;
}

// A value of a line is a slice of a block of the file: kept as it is, it would keep the whole block.
function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

import { type AccessReceipt, isReceipt } from '../ledger/index.ts';
import { openFacts } from './facts.ts';
import type { Keys } from './keys.ts';
import { applyRule, type Fact, type Rule } from './rule.ts';

/** The wrapped key of one (person, insurer), with the wrapped key of the insurer that opens it. */
export type WrappedKey = {
  readonly insurer: number;
  readonly wrapped: Buffer;
  readonly insurerWrapped: Buffer;
};

/** A person found by a lookup key: a subject, and keys that open nothing by themselves. */
export type FoundSubject = { readonly subject: string; readonly keys: readonly WrappedKey[] };

/** What one insurer says of one person, as it lies in the database. */
export type SealedFacts = {
  readonly subject: string;
  readonly insurer: number;
  readonly ciphertext: Buffer;
};

/** One contract of one insurer, as rules name it: a number, not a member number. */
export type ContractName = { readonly insurer: number; readonly contract: number };

let factsOf: (held: Held) => readonly Fact[];

/** A person's facts in a closed hand: rules may decide on them, only a receipt releases them. */
export class Held {
  readonly #subject: string;
  readonly #facts: readonly Fact[];

  static {
    factsOf = (held) => held.#facts;
  }

  constructor(subject: string, facts: readonly Fact[]) {
    this.#subject = subject;
    this.#facts = Object.freeze([...facts]);
    Object.freeze(this);
  }

  /** The ledger's name for the person. */
  get subject(): string {
    return this.#subject;
  }

  /** Lets a declared rule decide; its answer is codes, small numbers and booleans, checked each time. */
  decide<Question, Answer>(rule: Rule<Question, Answer>, question: Question): Answer {
    return applyRule(rule, this.#facts, question);
  }

  toJSON(): string {
    return '[held]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[held]';
  }
}

/** Opens a person's sealed facts into a Held; facts of an insurer whose key is gone are gone with it. */
export function hold(keys: Keys, found: FoundSubject, sealed: readonly SealedFacts[]): Held {
  const facts: Fact[] = [];
  for (const row of sealed) {
    if (row.subject !== found.subject) throw new Error('sealed facts of another person');
    const key = found.keys.find((each) => each.insurer === row.insurer);
    if (key === undefined) continue;
    const insurerKey = keys.insurerKey(row.insurer, key.insurerWrapped);
    facts.push(...openFacts(insurerKey, row, { wrapped: key.wrapped, ciphertext: row.ciphertext }));
  }
  return new Held(found.subject, facts);
}

/**
 * The only way out of a Held: gives the facts whose field and insurer the durable entry names, of the
 * contracts asked. Asking for more than the receipt covers is a fault of the program and throws.
 */
export function release(
  receipt: AccessReceipt,
  held: Held,
  contracts?: readonly ContractName[],
  fields?: bigint,
): Fact[] {
  if (!isReceipt(receipt)) throw new Error('a Held is released to a receipt of the ledger only');
  const facts = factsOf(held);
  if (receipt.subject !== held.subject) throw new Error('the receipt is for another person');
  if (fields !== undefined && (fields & ~receipt.fields) !== 0n) {
    throw new Error('fields were asked that the entry does not name');
  }
  const insurers = new Set(receipt.insurers);
  if (contracts?.some((each) => !insurers.has(each.insurer))) {
    throw new Error('an insurer was asked that the entry does not name');
  }
  const open = fields ?? receipt.fields;
  return facts.filter(
    (fact) =>
      ((open >> BigInt(fact.field)) & 1n) === 1n && insurers.has(fact.insurer) && isAsked(fact, contracts),
  );
}

/**
 * The keyed name of one fact, for what belongs together without being told: an envelope that a family shares,
 * say. Null when there is no such fact. It opens nothing, and is the same only under the same key.
 */
export function markOf(
  keys: Keys,
  held: Held,
  fact: ContractName & { readonly field: number },
): Buffer | null {
  const found = factsOf(held).find(
    ({ field, insurer, contract }) =>
      field === fact.field && insurer === fact.insurer && contract === fact.contract,
  );
  if (found === undefined || found.value === '') return null;
  return keys.mac('claim-mark', `fact|${fact.insurer}|${fact.field}|${found.value}`);
}

function isAsked(fact: Fact, contracts: readonly ContractName[] | undefined): boolean {
  if (contracts === undefined) return true;
  return contracts.some((each) => each.insurer === fact.insurer && each.contract === fact.contract);
}

/** One thing an insurer says of a person: a field code, and which of the insurer's contracts says it. */
export type Fact = {
  readonly field: number;
  readonly insurer: number;
  readonly contract: number;
  readonly value: string;
};

declare const ruleBrand: unique symbol;

/** A rule that may decide on content it may not repeat. Only `declareRule` makes one. */
export type Rule<Question, Answer> = {
  readonly name: string;
  readonly [ruleBrand]: (question: Question) => Answer;
};

type Declared = {
  readonly decide: (facts: readonly Fact[], question: unknown) => unknown;
  readonly codes: ReadonlySet<string>;
};

// The function lives here and not on the rule: nobody can build or alter a rule by writing an object.
const declared = new WeakMap<object, Declared>();

const largestNumber = 999_999;
const wordPattern = /^[a-z][A-Za-z]{0,23}$/;

/**
 * Declares a pure rule and the closed list of codes it may answer with, beside small numbers and
 * booleans.
 */
export function declareRule<Question, Answer>(
  name: string,
  decide: (facts: readonly Fact[], question: Question) => Answer,
  codes: readonly string[],
): Rule<Question, Answer> {
  const rule = Object.freeze({ name }) as Rule<Question, Answer>;
  declared.set(rule, { decide: decide as Declared['decide'], codes: new Set(codes) });
  return rule;
}

/** Applies a declared rule to facts, and refuses an answer that says anything but codes. */
export function applyRule<Question, Answer>(
  rule: Rule<Question, Answer>,
  facts: readonly Fact[],
  question: Question,
): Answer {
  const known = declared.get(rule);
  if (known === undefined) throw new Error('a Held can be decided on by declared rules only');
  const answer = known.decide(facts, question);
  const values = new Set(facts.map((fact) => fact.value));
  if (!isCodes(answer, known.codes, values)) {
    // The offending part may be content: the fault names the rule, never what it said.
    throw new Error(`rule ${rule.name} answered something else than codes`);
  }
  return answer as Answer;
}

function isCodes(part: unknown, codes: ReadonlySet<string>, values: ReadonlySet<string>): boolean {
  if (part === null || part === undefined || typeof part === 'boolean') return true;
  if (typeof part === 'string') return codes.has(part);
  if (typeof part === 'number') return Number.isInteger(part) && part >= 0 && part <= largestNumber;
  if (typeof part !== 'object') return false;
  if (Array.isArray(part)) return part.every((item) => isCodes(item, codes, values));
  if (Object.getPrototypeOf(part) !== Object.prototype) return false;
  return Reflect.ownKeys(part).every((name) => {
    if (typeof name !== 'string' || !isPlainName(name, codes, values)) return false;
    return isCodes((part as Record<string, unknown>)[name], codes, values);
  });
}

// A name is a way out too: it is a code or a word of the code base, never a value of the record.
function isPlainName(name: string, codes: ReadonlySet<string>, values: ReadonlySet<string>): boolean {
  return codes.has(name) || (wordPattern.test(name) && !values.has(name));
}

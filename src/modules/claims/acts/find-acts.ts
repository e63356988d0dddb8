import type { Cents } from '../guarantees/care.ts';
import type { Rule } from '../guarantees/rules.ts';
import { acts } from './act-catalogue.ts';
import type { CatalogueAct } from './catalogue-act.ts';
import type { DomainCode } from './domain-codes.ts';

/** A figure without days was found for care of 2026: for a day before, it is not known. */
const undatedFrom = '2026-01-01';

/** Who searches, and for when. */
export type ActSearch = {
  readonly domains: readonly DomainCode[];
  /** The day of care, YYYY-MM-DD: what could not be invoiced yet is not found. */
  readonly day: string;
  readonly most: number;
};

const entries = acts.map((act) => ({
  act,
  code: wordsOf(act.code).join(''),
  words: wordsOf(`${act.code} ${act.fr} ${act.en}`),
}));

/**
 * The acts that a text may mean: those whose code it begins, then those in which each of its words begins a
 * word, in French or English. Accents and capitals make no difference; nothing typed finds nothing.
 */
export function findActs(text: string, { domains, day, most }: ActSearch): readonly CatalogueAct[] {
  const typed = wordsOf(text);
  if (typed.length === 0) return [];
  const code = typed.join('');
  const allowed = entries.filter(
    ({ act }) => (act.since ?? '') <= day && act.domains.some((domain) => domains.includes(domain)),
  );
  const byCode = allowed.filter((entry) => entry.code.startsWith(code));
  const byWords = allowed.filter(
    (entry) =>
      !byCode.includes(entry) && typed.every((word) => entry.words.some((other) => other.startsWith(word))),
  );
  return [...byCode, ...byWords].slice(0, Math.max(0, most)).map(({ act }) => act);
}

/** What the mandatory scheme counts one of an act from on a day; null when it is not known. */
export function baseOn({ bases, baseCents }: CatalogueAct, day: string): Cents | null {
  return figureOn(bases, baseCents, day);
}

/** What is usually invoiced for one of an act on a day; null when it is not known. */
export function priceOn({ prices, usualPriceCents }: CatalogueAct, day: string): Cents | null {
  return figureOn(prices, usualPriceCents, day);
}

function figureOn(rows: readonly Rule[] | undefined, undated: Cents | null, day: string): Cents | null {
  if (rows === undefined) return day < undatedFrom ? null : undated;
  return rows.findLast(({ from }) => from <= day)?.value ?? null;
}

/** Without accents and capitals, and with the point that codes have instead of the comma of French. */
function plain(text: string): string {
  const letters = text.toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae').replaceAll(',', '.');
  return letters.normalize('NFD').replace(/\p{M}/gu, '');
}

/** A point belongs to a word only before a digit: AMI 1.5. */
function wordsOf(text: string): string[] {
  return plain(text)
    .split(/(?:[^\p{L}\p{N}.]|\.(?!\p{N}))+/u)
    .filter((word) => word !== '');
}

import { type DomainCode, domainCodes, findDomain } from '../domains.ts';

/** One domain that a card covers; its own convention and days where they differ from the card's. */
export type CardDomain = {
  readonly domain: DomainCode;
  readonly level: string;
  readonly conventions: readonly string[];
  readonly from: string;
  readonly to: string;
};

/**
 * What a card says: the five identifiers that cards print, and its domains. It has no place for a number of
 * social security, a birth date or a name: who holds it is for the eye, or for the code, to say.
 */
export type Card = {
  readonly insurer: string | null;
  readonly amcCode: string | null;
  readonly convention: string | null;
  readonly csr: string | null;
  readonly memberNumber: string | null;
  /** Its first and its last day, both included, in Paris. */
  readonly from: string;
  readonly to: string;
  readonly domains: readonly CardDomain[];
};

/** Of the shape below: a reader that does not know it says so instead of guessing. */
const version = 1;
const textMax = 120;

/** Names of one or two letters: every character makes the QR harder to read. */
const names = {
  insurer: 'n',
  amcCode: 'a',
  convention: 'c',
  csr: 'r',
  memberNumber: 'm',
} as const;
type Named = keyof typeof names;
const textNames = Object.keys(names) as Named[];

/** Domains alike: their level, codes separated by spaces, conventions by `/`, first and last day. */
type Group = readonly [string, string, string, string, string];

/** A card as the text that is signed. Domains with the same level share it: that halves the text. */
export function writeCard(card: Card): string {
  const texts = textNames.flatMap((name) => (card[name] === null ? [] : [[names[name], card[name]]]));
  const groups = new Map<string, { codes: string[]; group: Group }>();
  for (const { domain, level, conventions, from, to } of card.domains) {
    const own = conventions.join('/');
    const days = [from === card.from ? '' : from, to === card.to ? '' : to] as const;
    const group: Group = [level, '', own === card.convention ? '' : own, ...days];
    const key = JSON.stringify(group);
    const known = groups.get(key) ?? { codes: [], group };
    known.codes.push(domain);
    groups.set(key, known);
  }
  const d = [...groups.values()].map(({ codes, group: [level, , ...rest] }) =>
    withoutEmptyEnd([level, codes.join(' '), ...rest]),
  );
  return JSON.stringify({ v: version, ...Object.fromEntries(texts), f: card.from, t: card.to, d });
}

/** Reads a signed text strictly: anything that this version does not know is no card of it. */
export function readCard(text: string): Card | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(read) || read.v !== version || !Array.isArray(read.d)) return null;
  const known = ['v', 'f', 't', 'd', ...Object.values(names)];
  if (Object.keys(read).some((name) => !known.includes(name))) return null;
  const { f: from, t: to } = read;
  if (!isDay(from) || !isDay(to) || to < from) return null;
  const texts: Partial<Record<Named, string | null>> = {};
  for (const name of textNames) {
    const value = read[names[name]] ?? null;
    if (value !== null && !isText(value)) return null;
    texts[name] = value;
  }
  const identifiers = texts as Record<Named, string | null>;
  const card = { ...identifiers, from, to };
  const groups = read.d.map((group) => readGroup(group, card));
  if (groups.includes(null)) return null;
  const domains = groups.flatMap((group) => group ?? []);
  return { ...card, domains: domains.sort((one, other) => placeOf(one) - placeOf(other)) };
}

function readGroup(group: unknown, card: Omit<Card, 'domains'>): CardDomain[] | null {
  if (!Array.isArray(group) || group.length < 2 || group.length > 5 || !group.every(isText)) return null;
  const [level = '', codes = '', conventions = '', from = '', to = ''] = group;
  if (![from, to].every((day) => day === '' || isDay(day))) return null;
  const domains = codes.split(' ').map((code) => findDomain(code)?.code);
  const own = conventions === '' ? card.convention : conventions;
  const shared = {
    level,
    conventions: own === null ? [] : own.split('/'),
    from: from === '' ? card.from : from,
    to: to === '' ? card.to : to,
  };
  return domains.includes(undefined)
    ? null
    : domains.flatMap((domain) => (domain === undefined ? [] : [{ domain, ...shared }]));
}

function placeOf({ domain }: CardDomain): number {
  return domainCodes.indexOf(domain);
}

function withoutEmptyEnd(parts: readonly string[]): readonly string[] {
  return parts.slice(0, parts.findLastIndex((part) => part !== '') + 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= textMax;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

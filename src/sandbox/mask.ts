import type { TSchema } from '@sinclair/typebox';
import type { Route } from '../modules/access/index.ts';

/** What stands in the place of something that is not shown. */
export const masked = '•••';

/** A person whose identity is printed in the documentation: it needs no mask. */
export type KnownPerson = { readonly nir: string; readonly birthDate: string };

/** Of a person: shown of those who are known to be invented, and of nobody else. */
const personal = ['nir', 'birthDate', 'birthRank', 'memberNumber'];
/** Shown of nobody: each lets somebody in, or proves something. */
const secret = ['presenceCode', 'access_token', 'refresh_token', 'client_assertion', 'code_verifier', 'link'];
/** Of the token endpoint and of failures; every other name is declared by a route. */
const besides = ['type', 'title', 'status', 'detail', 'requestId', 'fields', 'field', 'says', 'error'];

const uuid = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i;
/** Thirteen characters of a number, however they are set apart; Corsica's département has a letter. */
const gap = '[\\s\\u00a0.,_/-]{0,3}';
const digits = (count: string) => `(?:${gap}\\d)${count}`;
const number = new RegExp(`\\d${digits('{4}')}${gap}\\d${gap}[\\dABab]${digits('{6,}')}`, 'g');

/** Masks what calls say, so that nobody is named by what is kept of them. */
export type Mask = {
  /** A text in which a number may stand. */
  text(text: string): string;
  /** The address of a request: no day stands in one, and only declared names of a query are shown. */
  address(url: string): string;
  /** The content of a body; `shows` when it is about a person who is known. */
  content(content: unknown, shows: boolean): unknown;
  /** Whether what is sent is about a person who is known. */
  isAboutKnown(content: unknown): boolean;
};

/** Makes the mask of a server: names that none of its routes declares hide what stands under them. */
export function createMask(routes: readonly Route[], known: readonly KnownPerson[]): Mask {
  const names = new Set([...besides, ...routes.flatMap(namesOf)]);
  const birthDates = new Map(known.map(({ nir, birthDate }) => [nir.slice(0, 13), birthDate]));
  const content = (value: unknown, shows: boolean): unknown => {
    if (Array.isArray(value)) return value.map((each) => content(each, shows));
    if (typeof value === 'object' && value !== null) {
      const isShown = shows || isAboutKnown(value);
      const shown = Object.entries(value).map(([name, part]) => [
        names.has(name) ? name : masked,
        isHidden(name, isShown) ? masked : isShown && name === 'nir' ? part : content(part, isShown),
      ]);
      return Object.fromEntries(shown);
    }
    if (typeof value === 'string') return text(value);
    return typeof value === 'number' && text(String(value)) !== String(value) ? masked : value;
  };
  const isHidden = (name: string, isShown: boolean) =>
    !names.has(name) || secret.includes(name) || (personal.includes(name) && !isShown);
  const isAboutKnown = (value: unknown): boolean => {
    const { nir, birthDate } = (value ?? {}) as Record<string, unknown>;
    if (typeof nir !== 'string') return false;
    const nir13 = nir.replaceAll(' ', '').slice(0, 13);
    return birthDates.has(nir13) && birthDates.get(nir13) === birthDate;
  };
  const address = (url: string): string => {
    const [path = '', query] = url.split('?');
    const shown = text(readPath(path).replaceAll(/\d{4}-\d{2}-\d{2}(?!\d)/g, masked));
    if (query === undefined) return shown;
    const asked = [...new URLSearchParams(query)].map(([name, value]) =>
      names.has(name) ? `${name}=${isHidden(name, false) ? masked : text(value)}` : masked,
    );
    return `${shown}?${asked.join('&')}`;
  };
  return { text, address, content, isAboutKnown };
}

/** What is written with percent signs is read first, and what still has one is cut: no number hides there. */
function readPath(path: string): string {
  try {
    return decodeURIComponent(path).split('%')[0] ?? '';
  } catch {
    return path.split('%')[0] ?? '';
  }
}

/** Numbers of our own making stay: a claim's may have thirteen digits in a row by chance. */
function text(whole: string): string {
  const parts = whole.split(uuid);
  return parts.map((part, place) => (place % 2 === 1 ? part : part.replaceAll(number, masked))).join('');
}

/** Every name that a route declares for what comes in and what goes out. */
function namesOf({ body, query, answers }: Route): string[] {
  return [body, query ?? null, ...Object.values(answers).map(({ schema }) => schema)].flatMap(namesIn);
}

function namesIn(schema: TSchema | null): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const {
    properties = {},
    items,
    anyOf = [],
    allOf = [],
  } = schema as Record<string, unknown> & {
    properties?: Record<string, TSchema>;
    items?: TSchema | readonly TSchema[];
    anyOf?: readonly TSchema[];
    allOf?: readonly TSchema[];
  };
  const parts = [...Object.values(properties), ...[items ?? []].flat(), ...anyOf, ...allOf];
  return [...Object.keys(properties), ...parts.flatMap(namesIn)];
}

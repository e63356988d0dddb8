import type { Readable } from 'node:stream';
import { type Static, type TObject, type TSchema, Type } from '@sinclair/typebox';
import type { FailureCode } from '../../platform/errors.ts';
import type { Caller } from './caller.ts';
import type { Permission } from './roles.ts';

/** One request, once the pipeline has identified its caller and read its body. */
export type Exchange<Body> = {
  readonly caller: Caller;
  readonly body: Body;
  /** What stands in the address: the parts of its path and its query, as declared. */
  readonly address: Readonly<Record<string, string>>;
  /** The declared headers that came, by their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The file as it arrives, within its limits of size and pace; null unless the route takes one. */
  readonly stream: Readable | null;
};

/** A body that is a file, read as it arrives and never held whole. */
export type StreamBody = {
  readonly says: string;
  readonly media: readonly string[];
  readonly bytesMax: number;
  /** The beginning of such a file. */
  readonly example: string;
};

/** What a handler gives back; the pipeline cuts it to the declaration before it leaves. */
export type Answer = {
  readonly status: number;
  readonly body: unknown;
  /** Several of one name only for Set-Cookie. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
};

/** One declared answer: when it is given, its shape, and its media type when that is not JSON. */
export type DeclaredAnswer = {
  readonly says: string;
  readonly schema: TSchema;
  /** Headers a caller may rely on, and what each says. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly media?:
    | 'application/problem+json'
    | 'text/html; charset=utf-8'
    | 'text/csv; charset=utf-8'
    | 'application/yaml';
  readonly example?: unknown;
};

/** The declaration of one route: everything the pipeline, the OpenAPI document and the tests need to know. */
export type Route<Body extends TSchema = TSchema> = {
  readonly method: 'GET' | 'POST';
  /** `/v1/things/{id}`: what stands in braces is declared in `pathPart`. */
  readonly path: string;
  readonly pathPart?: TObject;
  readonly query?: TObject;
  /** Headers the handler reads, and what each says. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly says: string;
  readonly permission: Permission;
  /** The purposes a caller may state, or null when no personal data is asked for. */
  readonly purpose: readonly string[] | null;
  readonly body: Body | null;
  /** For a body that holds many things: larger than others may be. */
  readonly bodyBytesMax?: number;
  /** The body comes as a form, as OAuth has it, and not as JSON. */
  readonly form?: true;
  readonly stream?: StreamBody;
  readonly example?: Static<Body>;
  readonly answers: Readonly<Record<number, DeclaredAnswer>>;
  readonly failures: readonly FailureCode[];
  /**
   * Where a browser that opens this address without being signed in, or not just now, signs in first; null
   * for nowhere. Whoever is no browser hears 401.
   */
  readonly signInBefore?: (address: string) => string | null;
  /** A personal answer is never kept by a cache. */
  readonly personal: boolean;
  handle(exchange: Exchange<Static<Body>>): Promise<Answer>;
};

/** Declares a route; the body's type follows from its schema. */
export function declareRoute<Body extends TSchema>(route: Route<Body>): Route {
  return Object.freeze(route) as unknown as Route;
}

/** A closed list of words, checked in a body. */
export function choice<const Words extends readonly string[]>(words: Words, description: string) {
  return Type.Unsafe<Words[number]>(
    Type.Union(
      words.map((word) => Type.Literal(word)),
      { description },
    ),
  );
}

/** A closed list of words in an answer: written as it is, since our own code chose it. */
export function word<const Words extends readonly string[]>(words: Words, description: string) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], description });
}

import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { FailureCode } from '../../platform/errors.ts';
import type { Caller, Permission } from './caller.ts';

/** One request, once the pipeline has identified its caller and read its body. */
export type Exchange<Body> = { readonly caller: Caller; readonly body: Body };

/** What a handler gives back; the pipeline cuts it to the declaration before it leaves. */
export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One declared answer: when it is given, its shape, and its media type when that is not JSON. */
export type DeclaredAnswer = {
  readonly says: string;
  readonly schema: TSchema;
  /** Headers a caller may rely on, and what each says. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly media?: 'application/problem+json' | 'text/html; charset=utf-8';
};

/** The declaration of one route: everything the pipeline, the OpenAPI document and the tests need to know. */
export type Route<Body extends TSchema = TSchema> = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly says: string;
  readonly permission: Permission;
  /** The purposes a caller may state, or null when no personal data is asked for. */
  readonly purpose: readonly string[] | null;
  readonly body: Body | null;
  readonly example?: Static<Body>;
  readonly answers: Readonly<Record<number, DeclaredAnswer>>;
  readonly failures: readonly FailureCode[];
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

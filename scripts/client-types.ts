import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { Route } from '../src/modules/access/index.ts';

/** The types that the pages call the API by: one property an operation, written from the declarations. */
export async function clientTypes(routes: readonly Route[]): Promise<string> {
  const called = routes.filter(({ path, stream }) => path.startsWith('/v1/') && stream === undefined);
  const api = objectOf(
    Object.fromEntries(called.map((route) => [`${route.method} ${route.path}`, describe(route)])),
  );
  return compile(api, 'Api', {
    additionalProperties: false,
    bannerComment: '/** Written by `npm run reference` from the declarations of the routes. */',
    style: { singleQuote: true, printWidth: 110 },
  });
}

function describe({ pathPart, query, body, answers }: Route): JSONSchema {
  const nothing = { type: 'null' } as JSONSchema;
  const plain = (schema: unknown) => (schema ? withoutWords(schema) : nothing) as JSONSchema;
  return objectOf({
    path: plain(pathPart),
    query: plain(query),
    body: plain(body),
    answer: plain(answers[200]?.schema ?? answers[201]?.schema ?? answers[202]?.schema),
  });
}

function objectOf(properties: Record<string, JSONSchema>): JSONSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** Only what makes a type: words and limits are for the documentation and for the server. */
function withoutWords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutWords);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name]) => !/^(description|pattern|m(in|ax)\w+)$/.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutWords(value)]));
}

import { asksStanding, type Route } from '../modules/access/index.ts';
import { type FailureCode, failures } from '../platform/errors.ts';

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: 'Where this failure is explained.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(failures) },
    requestId: { type: 'string', description: 'Also in X-Request-Id: quote it when asking for help.' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'says'],
        properties: { field: { type: 'string' }, says: { type: 'string' } },
      },
    },
  },
};

/** The failures a route can answer with: its own, and those of the steps it passes. */
export function failuresOf(route: Route): FailureCode[] {
  const codes = new Set<FailureCode>([...route.failures, 'internal', 'unavailable', 'request-timeout']);
  if (route.permission !== 'none') codes.add('unauthenticated').add('passkey-needed').add('forbidden');
  if (asksStanding(route.permission)) codes.add('account-suspended');
  if (route.method === 'POST') codes.add('other-site');
  if (route.body !== null) {
    codes.add('malformed-request').add('invalid-field');
    codes.add('body-too-large').add('unsupported-media-type');
  }
  if (route.stream !== undefined) {
    codes.add('malformed-request').add('body-too-large').add('unsupported-media-type');
  }
  if (route.query !== undefined) codes.add('invalid-field');
  if (route.pathPart !== undefined) codes.add('not-found');
  return [...codes].sort((a, b) => failures[a].status - failures[b].status || a.localeCompare(b));
}

/** The OpenAPI 3.1 document of a list of routes: written from the declarations that the pipeline enforces. */
export function describeApi(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vigie',
      version,
      description:
        'Third-party payment for health insurance. Every disclosure is recorded before it happens.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-vigie' },
        software: {
          type: 'http',
          scheme: 'dpop',
          description: 'A token of /oauth/token, with a DPoP proof for each request (RFC 9449).',
        },
      },
    },
  };
}

function describeRoute(route: Route): Record<string, unknown> {
  const content = describeBody(route);
  const parameters = describeParameters(route);
  return {
    operationId: operationOf(route),
    summary: route.says,
    ...(route.permission === 'none'
      ? {}
      : { security: [{ bearer: [] }, { session: [] }, { software: [] }], 'x-permission': route.permission }),
    ...(route.purpose === null ? {} : { 'x-purpose': route.purpose }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(content === null ? {} : { requestBody: { required: true, ...content } }),
    responses: { ...describeFailures(route), ...describeAnswers(route) },
  };
}

function describeBody(route: Route): Record<string, unknown> | null {
  const { body, stream } = route;
  const media = route.form ? 'application/x-www-form-urlencoded' : 'application/json';
  if (body !== null) return { content: { [media]: { schema: body, ...exampleOf(route) } } };
  if (stream === undefined) return null;
  const file = { schema: { type: 'string', format: 'binary' } };
  const [first, ...others] = stream.media;
  const shown = first === undefined ? [] : [[first, { ...file, example: stream.example }]];
  return {
    description: stream.says,
    content: Object.fromEntries([...shown, ...others.map((media) => [media, file])]),
  };
}

function describeParameters({ pathPart, query, requestHeaders = {} }: Route): Record<string, unknown>[] {
  const declared = [
    { place: 'path', schema: pathPart },
    { place: 'query', schema: query },
  ].flatMap(({ place, schema }) =>
    Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
      name,
      in: place,
      required: schema?.required?.includes(name) ?? false,
      description: property.description ?? '',
      schema: property,
    })),
  );
  const headers = Object.entries(requestHeaders).map(([name, description]) => {
    return { name, in: 'header', required: false, description, schema: { type: 'string' } };
  });
  return [...declared, ...headers];
}

/** `POST /v1/coverage-lookups` becomes `postV1CoverageLookups`. */
function operationOf({ method, path }: Route): string {
  const words = path.split(/[^a-z0-9]+/i).filter((part) => part !== '');
  const capital = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);
  return method.toLowerCase() + words.map(capital).join('');
}

function exampleOf(route: Route): { example?: unknown } {
  return route.example === undefined ? {} : { example: route.example };
}

function describeAnswers(route: Route): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, { says, schema, media, headers, example }]) => [
      status,
      {
        description: says,
        ...(headers === undefined ? {} : { headers: describeHeaders(headers) }),
        content: {
          [media?.split(';')[0] ?? 'application/json']: {
            schema,
            ...(example === undefined ? {} : { example }),
          },
        },
      },
    ]),
  );
}

function describeHeaders(headers: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

function describeFailures(route: Route): Record<string, unknown> {
  const byStatus = new Map<number, string[]>();
  for (const code of failuresOf(route)) {
    const { status, says } = failures[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${code}: ${says}`]);
  }
  const schema = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [
      status,
      { description: lines.join(' '), content: { 'application/problem+json': { schema } } },
    ]),
  );
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type Answer,
  asksStanding,
  type Caller,
  type IdentifyCaller,
  nobody,
} from '../modules/access/index.ts';
import { checkBody } from '../platform/check-body.ts';
import { assert, Failure, failures } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { decodeForm, decodeJson } from './body.ts';
import type { CompiledRoute } from './compiled-route.ts';
import { type FileStream, letGo, openFileStream, refuseByHeaders } from './file-stream.ts';
import { failureOf, problemMedia, problemOf, troubleOf } from './problem.ts';

/** The largest body of a request, unless its route says else; files come as streams. */
export const bodyBytesMax = 64 * 1024;

/** What the steps need from the server they run in. */
export type House = {
  readonly log: Log;
  readonly identify: IdentifyCaller;
  /** Where the pages are: what a browser says a page of another site sent is refused. */
  readonly origin: string;
  /** How long a part of a file may take to arrive. */
  readonly filePaceMs: number;
  isStopping(): boolean;
  /** Whether an account is contained in no way. */
  isOpen(account: number): Promise<boolean>;
};

/** One request on its way: each step reads it and may fill what the next one needs. */
export type Work = {
  readonly house: House;
  readonly route: CompiledRoute;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  caller: Caller;
  body: unknown;
  address: Readonly<Record<string, string>>;
  file: FileStream | null;
  answer: Answer | null;
};

/** One step. `headers` steps run before the body is read, so that nobody sends one for nothing. */
export type Step = {
  readonly name: string;
  readonly at: 'headers' | 'body' | 'trouble';
  readonly says: string;
  readonly run: (work: Work, trouble?: unknown) => Promise<void> | void;
};

/** Every request passes these steps, in this order. */
export const pipeline: readonly Step[] = [
  {
    name: 'limitBody',
    at: 'headers',
    says: 'Refuses what is too large, or of a type the route does not take, by its headers.',
    run: limitBody,
  },
  {
    name: 'refuseOtherSites',
    at: 'headers',
    says: 'What a page of another site sends with a user’s cookie is refused.',
    run: refuseOtherSites,
  },
  { name: 'identify', at: 'headers', says: 'Says who is calling, or 401.', run: identify },
  { name: 'authorize', at: 'headers', says: 'The permission of the route, or 403.', run: authorize },
  { name: 'readAddress', at: 'headers', says: 'The declared parts of the address.', run: readAddress },
  {
    name: 'lookAgain',
    at: 'body',
    says: 'What was ended while the body arrived is refused; whoever is contained manages nobody.',
    run: lookAgain,
  },
  {
    name: 'readBody',
    at: 'body',
    says: 'Strict UTF-8, strict JSON or a form, declared fields only.',
    run: readBody,
  },
  {
    name: 'openFile',
    at: 'body',
    says: 'A file is handed on as it arrives, within its limits of size and pace.',
    run: openFile,
  },
  { name: 'handle', at: 'body', says: 'The one call of the route.', run: handle },
  {
    name: 'keepDeclaredAnswer',
    at: 'body',
    says: 'Sends what was declared, nothing else.',
    run: keepDeclaredAnswer,
  },
  {
    name: 'translateFailure',
    at: 'trouble',
    says: 'Any failure becomes problem+json.',
    run: translateFailure,
  },
];

const jsonMedia = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const formMedia = /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i;

function limitBody({ house, request, reply, route }: Work): void {
  // What was accepted before the stop is finished; what comes after is refused and may go to another server.
  if (house.isStopping()) throw closing('unavailable', reply);
  if (route.stream !== undefined) refuseByHeaders(route.stream, request.headers);
  if (route.body === null) return;
  const most = route.bodyBytesMax ?? bodyBytesMax;
  if (Number(request.headers['content-length'] ?? 0) > most) throw closing('body-too-large', reply);
  const type = request.headers['content-type'] ?? '';
  const media = route.form ? formMedia : jsonMedia;
  if (!media.test(type)) throw new Failure('unsupported-media-type');
}

function refuseOtherSites({ house, route, request }: Work): void {
  if (route.method === 'GET') return;
  const { origin, cookie, authorization } = request.headers;
  // No page of another site knows a token: what carries one was not forged by a browser.
  if (authorization !== undefined) return;
  // Browsers send the origin with every POST: a cookie without one comes from no browser we know.
  if (origin === undefined ? cookie !== undefined : origin !== house.origin) throw new Failure('other-site');
}

async function identify(work: Work): Promise<void> {
  const { headers, ip: address, method, url } = work.request;
  const { authorization, cookie, 'user-agent': userAgent } = headers;
  const needs = work.route.permission === 'none' ? 'nothing' : 'account';
  const dpop = [headers.dpop].flat().join(', ') || undefined;
  const path = url.split('?')[0] ?? '';
  const arrival = { authorization, cookie, userAgent, address, dpop, method, path };
  work.caller = await work.house.identify(arrival, needs);
}

function authorize({ route, caller }: Work): void {
  if (!caller.permissions.has(route.permission)) throw new Failure('forbidden');
}

function readAddress(work: Work): void {
  const { route, request } = work;
  // What cannot be the name of anything is told like what is not there.
  if (route.checkedPathPart !== null && !route.checkedPathPart.Check(request.params)) {
    throw new Failure('not-found');
  }
  if (route.checkedQuery !== null) checkBody(route.checkedQuery, request.query);
  const query = route.checkedQuery === null ? {} : (request.query as Record<string, string>);
  work.address = { ...query, ...(request.params as Record<string, string>) };
}

/** A body may be held back for seconds: a session that ended meanwhile holds for nothing. */
async function lookAgain(work: Work): Promise<void> {
  const { route, caller, house } = work;
  const hasSession = caller.provenSecondsAgo !== null;
  if (hasSession && (route.body !== null || route.stream !== undefined)) await identify(work);
  if (!asksStanding(route.permission)) return;
  if (!(await house.isOpen(caller.account))) throw new Failure('account-suspended');
}

function readBody(work: Work): void {
  const { route, request } = work;
  if (route.body === null) return;
  const decoded = route.form ? decodeForm(request.body) : decodeJson(request.body);
  work.body = checkBody(route.checkedBody, decoded);
}

function openFile(work: Work): void {
  const { route, request, house } = work;
  if (route.stream === undefined) return;
  const limits = { bytesMax: route.stream.bytesMax, paceMs: house.filePaceMs };
  work.file = openFileStream(request.raw, limits);
}

async function handle(work: Work): Promise<void> {
  const { route, caller, body, address, file, request } = work;
  const told = Object.keys(route.requestHeaders ?? {}).flatMap((name) => {
    const text = request.headers[name.toLowerCase()];
    return typeof text === 'string' ? [[name.toLowerCase(), text] as const] : [];
  });
  const headers = Object.fromEntries(told);
  try {
    work.answer = await route.handle({ caller, body, address, headers, stream: file?.bytes ?? null });
  } finally {
    file?.close();
  }
}

function keepDeclaredAnswer({ route, reply, answer, house, request }: Work): void {
  assert(answer !== null, 'a handler gave no answer');
  const declared = route.answers[answer.status];
  if (declared === undefined) {
    house.log.error(
      { id: request.id, route: route.path, status: answer.status },
      'an undeclared answer was held back',
    );
    throw new Failure('internal');
  }
  const media = declared.media ?? 'application/json; charset=utf-8';
  const { body, status } = answer;
  // The compiled serializer writes the declared properties and drops every other.
  const write = reply.getSerializationFunction(String(status));
  // RFC 9512 gives YAML no name under text/.
  const isText = media.startsWith('text/') || media === 'application/yaml';
  const text = isText ? body : write?.(body as Record<string, unknown>);
  reply.code(answer.status).header('content-type', media);
  if (answer.headers !== undefined) reply.headers(answer.headers);
  // Bytes beyond a length that was too short must not be taken for another request.
  if (route.stream !== undefined && request.raw.complete) reply.header('connection', 'close');
  reply.send(text);
}

/** Codes any route may answer with, because a step of the pipeline throws them. */
export const pipelineFailures = [
  'malformed-request',
  'invalid-field',
  'unauthenticated',
  'passkey-needed',
  'network-blocked',
  'forbidden',
  'other-site',
  'not-found',
  'request-timeout',
  'body-too-large',
  'unsupported-media-type',
  'unavailable',
  'internal',
] as const;

function translateFailure({ house, request, reply, route }: Work, trouble: unknown): void {
  if (route.stream !== undefined) letGo(request.raw);
  let failure = failureOf(trouble);
  const standing = asksStanding(route.permission) ? ['account-suspended'] : [];
  const declared: readonly string[] = [...pipelineFailures, ...standing, ...route.failures];
  if (!declared.includes(failure.code)) {
    house.log.error(
      { id: request.id, route: route.path, code: failure.code },
      'an undeclared failure was held back',
    );
    failure = new Failure('internal', { privateCause: trouble });
  }
  const door = signInDoor(route, request, failure);
  if (door !== null) {
    const headers = { location: door, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
    reply.code(303).headers(headers).serializer(String).send('');
    return;
  }
  if (failures[failure.code].status >= 500) {
    house.log.error({ id: request.id, route: route.path, ...troubleOf(failure) }, 'a request failed');
  }
  sendProblem(reply, request.id, failure);
}

/** The sign-in page, for a browser that came to an address of ours too early; null for everybody else. */
function signInDoor(
  { signInBefore }: CompiledRoute,
  request: FastifyRequest,
  { code }: Failure,
): string | null {
  if (signInBefore === undefined || (code !== 'unauthenticated' && code !== 'passkey-needed')) return null;
  const { accept = '', authorization } = request.headers;
  return accept.includes('text/html') && authorization === undefined ? signInBefore(request.url) : null;
}

/** Sends a failure as problem+json. */
export function sendProblem(reply: FastifyReply, requestId: string, failure: Failure): void {
  const problem = problemOf(failure, requestId);
  if (failure.headers !== undefined) reply.headers(failure.headers);
  if (problem.status === 503) reply.header('retry-after', '1');
  reply.header('cache-control', 'no-store');
  reply.code(problem.status).header('content-type', problemMedia);
  // Serialized here: the declared answers of a route must not cut its failures.
  reply.serializer((text) => text as string).send(JSON.stringify(problem));
}

/** A request as it enters the pipeline. */
export function startWork(
  house: House,
  route: CompiledRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Work {
  return {
    house,
    route,
    request,
    reply,
    caller: nobody,
    body: undefined,
    address: {},
    file: null,
    answer: null,
  };
}

function closing(code: 'unavailable' | 'body-too-large', reply: FastifyReply): Failure {
  reply.header('connection', 'close');
  return new Failure(code);
}

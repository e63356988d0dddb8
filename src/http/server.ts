import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import type { IdentifyCaller, Route } from '../modules/access/index.ts';
import { Failure } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { type CompiledRoute, compileRoute, isPathOf, routerPath } from './compiled-route.ts';
import { isPatient } from './file-stream.ts';
import type { Metrics } from './metrics.ts';
import { addPages, type Pages } from './pages.ts';
import { bodyBytesMax, type House, pipeline, sendProblem, startWork, type Work } from './pipeline.ts';
import { failureOf, problemMedia, rawProblem, troubleOf } from './problem.ts';
import { type WatchCalls, watchCalls } from './watch-calls.ts';

/** What an HTTP server is made of. */
export type HttpParts = {
  readonly routes: readonly Route[];
  readonly identify: IdentifyCaller;
  /** Where browsers reach this server, such as https://vigie.example. */
  readonly origin: string;
  /** Whether an account is contained in no way. */
  readonly isOpen: (account: number) => Promise<boolean>;
  /** Addresses of proxies whose word on who calls is believed. */
  readonly trustedProxies?: string | undefined;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The built pages, when there are any. */
  readonly pages?: Pages | undefined;
  /** How long a request may take to arrive; tests shorten it. */
  readonly requestTimeoutMs?: number;
  /** Hears of every answer; only a sandbox has it. */
  readonly watch?: WatchCalls | undefined;
};

export type HttpServer = {
  readonly app: FastifyInstance;
  listen(at: { host: string; port: number }): Promise<string>;
  /** Finishes what was accepted, refuses the rest, and cuts what takes longer. */
  stop(): Promise<void>;
};

const stopPatienceMs = 7000;
const requestTimeoutMs = 10_000;

const works = new WeakMap<FastifyRequest, Work>();

/** Builds the server: each declared route behind the pipeline, and nothing else. */
export function createHttpServer(parts: HttpParts): HttpServer {
  let stopping = false;
  const filePaceMs = 3 * (parts.requestTimeoutMs ?? requestTimeoutMs);
  const house: House = {
    log: parts.log,
    identify: parts.identify,
    origin: parts.origin,
    filePaceMs,
    isStopping: () => stopping,
    isOpen: parts.isOpen,
  };
  const app = createApp(parts);
  addRoutes(app, house, parts.routes);
  addPages(app, parts.pages, { origin: parts.origin, isSandbox: parts.watch !== undefined });
  refuseTheRest(app, parts);
  if (parts.watch !== undefined) watchCalls(app, parts.watch);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    if (stopping) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)';
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    parts.metrics.observe({ route, method, status, seconds: elapsedTime / 1000 });
    parts.log.debug({ id: request.id, route, method, status, ms: Math.round(elapsedTime) }, 'answered');
  });
  return {
    app,
    listen: (at) => app.listen(at),
    async stop() {
      stopping = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), stopPatienceMs);
      await app.close().finally(() => clearTimeout(cut));
    },
  };
}

function createApp(parts: HttpParts): FastifyInstance {
  const requestTimeout = parts.requestTimeoutMs ?? requestTimeoutMs;
  const http = { connectionsCheckingInterval: Math.min(1000, requestTimeout / 2), maxHeaderSize: 16 * 1024 };
  return fastify({
    logger: false,
    bodyLimit: bodyBytesMax,
    trustProxy: parts.trustedProxies ?? false,
    // The longest part of an address we make: a credential id.
    routerOptions: { maxParamLength: 1400 },
    requestTimeout,
    keepAliveTimeout: 30_000,
    http: { ...http, headersTimeout: Math.min(5000, requestTimeout) },
    return503OnClosing: false,
    // Always our own: an id from outside could carry a person's number into the log.
    genReqId: () => randomUUID(),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket),
    frameworkErrors: (error, request, reply) => sendProblem(reply, request.id, failureOf(error)),
  }) as unknown as FastifyInstance;
}

function addRoutes(app: FastifyInstance, house: House, routes: readonly Route[]): void {
  app.removeAllContentTypeParsers();
  // Raw bytes: whether they are UTF-8 and JSON is for the pipeline to say.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // Who waits to be asked for the body is asked once the headers were accepted, and not before.
  app.server.on('checkContinue', (request, response) => app.server.emit('request', request, response));
  app.addHook('preParsing', async (request, reply) => {
    if (request.headers.expect?.toLowerCase() === '100-continue') reply.raw.writeContinue();
  });
  for (const route of routes) if (route.stream === undefined) addRoute(app, house, compileRoute(route));
  void app.register(async (files) => {
    files.removeAllContentTypeParsers();
    // Nothing is read here: the pipeline hands the bytes on as they arrive.
    files.addContentTypeParser('*', (_request, _body, done) => done(null));
    for (const route of routes) if (route.stream !== undefined) addRoute(files, house, compileRoute(route));
  });
}

function addRoute(app: FastifyInstance, house: House, route: CompiledRoute): void {
  const response = Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => [status, plainSchema(answer.schema)]),
  );
  const [onHeaders, onBody] = [pipeline.filter(at('headers')), pipeline.filter(at('body'))];
  const onTrouble = pipeline.filter(at('trouble'));
  app.route({
    method: route.method,
    url: routerPath(route),
    bodyLimit: route.bodyBytesMax ?? bodyBytesMax,
    schema: { response },
    onRequest: async (request, reply) => {
      const work = startWork(house, route, request, reply);
      works.set(request, work);
      if (route.personal || route.permission !== 'none') reply.header('cache-control', 'no-store');
      for (const step of onHeaders) await step.run(work);
    },
    handler: async (request, reply) => {
      const work = works.get(request) ?? startWork(house, route, request, reply);
      for (const step of onBody) await step.run(work);
      return reply;
    },
    errorHandler: (error, request, reply) => {
      const work = works.get(request) ?? startWork(house, route, request, reply);
      for (const step of onTrouble) void step.run(work, error);
    },
  });
}

function refuseTheRest(app: FastifyInstance, parts: HttpParts): void {
  app.setNotFoundHandler((request, reply) => {
    const asked = request.url.split('?')[0] ?? '';
    const allowed = parts.routes.filter((route) => isPathOf(route, asked)).map(({ method }) => method);
    const failure =
      allowed.length === 0
        ? new Failure('not-found')
        : new Failure('method-not-allowed', { headers: { allow: allowed.join(', ') } });
    sendProblem(reply, request.id, failure);
  });
  app.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error);
    if (failure.status >= 500) parts.log.error({ id: request.id, ...troubleOf(failure) }, 'a request failed');
    sendProblem(reply, request.id, failure);
  });
}

/** Answers a connection whose request Node could not read: too slow, not HTTP, or headers too large. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isPatient(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const id = randomUUID();
  const { status, text } = rawProblem(error, id);
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: ${problemMedia}\r\nx-request-id: ${id}\r\n` +
      `connection: close\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

function at(when: 'headers' | 'body' | 'trouble') {
  return (step: { at: string }): boolean => step.at === when;
}

/** The schema as plain JSON: the declaration's symbols would be taken for keywords. */
function plainSchema(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema));
}

import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A request that was answered, with everything that was said: whoever watches keeps none of it as it is. */
export type SeenCall = {
  readonly at: Date;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly ms: number;
  readonly sent: IncomingHttpHeaders;
  /** Null when it was not read: refused by its headers, or a file. */
  readonly body: Buffer | null;
  readonly answered: OutgoingHttpHeaders;
  /** Null when it is no text. */
  readonly answer: string | null;
};

/** Hears of every answer, once it left. */
export type WatchCalls = (call: SeenCall) => void;

/** Lets somebody watch what is asked and answered. Only a sandbox does: nobody else adds these hooks. */
export function watchCalls(app: FastifyInstance, watch: WatchCalls): void {
  const answers = new WeakMap<FastifyRequest, string>();
  app.addHook('onSend', async (request, _reply, payload) => {
    if (typeof payload === 'string') answers.set(request, payload);
  });
  app.addHook('onResponse', async (request, reply) => {
    watch({
      at: new Date(),
      method: request.method,
      url: request.url,
      status: reply.statusCode,
      ms: reply.elapsedTime,
      sent: request.headers,
      body: Buffer.isBuffer(request.body) ? request.body : null,
      answered: reply.getHeaders() as OutgoingHttpHeaders,
      answer: answers.get(request) ?? null,
    });
  });
}

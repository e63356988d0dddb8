import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** One server's figures; each server of a process has its own. */
export type Metrics = {
  observe(request: { route: string; method: string; status: number; seconds: number }): void;
  text(): Promise<string>;
};

/** Counts and durations of requests by declared route and status: no label ever holds what a caller sent. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'vigie_' });
  const requests = new Counter({
    name: 'vigie_http_requests_total',
    help: 'Requests answered, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'vigie_http_request_seconds',
    help: 'Time from the first byte of a request to the end of its answer.',
    labelNames: ['route'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return {
    observe(request) {
      const { route, method, status } = request;
      requests.inc({ route, method, status });
      seconds.observe({ route }, request.seconds);
    },
    text: () => registry.metrics(),
  };
}

/** Serves the metrics on a port of their own, which need not be open to those who use the API. */
export async function serveMetrics(
  metrics: Metrics,
  at: { host: string; port: number },
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at.port, at.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${at.host}:${port}/metrics`, stop: () => stopServer(server) };
}

function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

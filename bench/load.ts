import autocannon from 'autocannon';
import type { Country } from './country.ts';

/** What one run of load showed. Only answered and empty lookups count as throughput; refusals do not. */
export type Load = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly served: number;
  readonly unknown: number;
  readonly refused: number;
  readonly failed: number;
};

/** One lookup as it is sent. */
export type Sent = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** What is sent from a session: the next of the mix. */
export function fromSession(country: Country): () => Sent {
  return () => {
    const { desk, body } = country.nextLookup();
    return { headers: desk.headers, body };
  };
}

/** Sends the mix for some seconds, or so many times, over kept-alive connections. */
export async function runLoad(
  url: string,
  next: () => Sent,
  options: { connections: number } & ({ seconds: number } | { amount: number }),
): Promise<Load> {
  const times: number[] = [];
  const counts = { served: 0, unknown: 0, refused: 0, failed: 0 };
  const finished = new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: `${url}/v1/coverage-lookups`,
        connections: options.connections,
        ...('seconds' in options ? { duration: options.seconds } : { amount: options.amount }),
        requests: [
          {
            method: 'POST',
            setupRequest: (request) => {
              const { headers: own, body } = next();
              const headers = { ...own, 'content-type': 'application/json' };
              return { ...request, headers, body };
            },
          },
        ],
      },
      (error: unknown, result: autocannon.Result) => (error ? reject(error) : resolve(result)),
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      times.push(milliseconds);
      if (status === 200) counts.served += 1;
      else if (status === 404) counts.unknown += 1;
      else if (status === 403 || status === 429) counts.refused += 1;
      else counts.failed += 1;
    });
  });
  const result = await finished;
  const perSecond = (counts.served + counts.unknown) / result.duration;
  const sorted = Float64Array.from(times).sort();
  const p95 = sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN;
  return { perSecond, p50: result.latency.p50, p95, p99: result.latency.p99, ...counts };
}

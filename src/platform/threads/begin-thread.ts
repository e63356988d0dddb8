import { type ResourceLimits, Worker } from 'node:worker_threads';

/** What a thread finds in its `workerData`. */
export type ThreadData<Start> = { readonly module: string; readonly start: Start };

/** Begins a thread that runs one of the project's modules; `start` is all that it knows. */
export function beginThread<Start>(
  module: URL,
  start: Start,
  options: { readonly name: string; readonly resourceLimits: ResourceLimits },
): Worker {
  return new Worker(new URL('begin.mjs', import.meta.url), {
    ...options,
    workerData: { module: module.href, start } satisfies ThreadData<Start>,
    execArgv: [],
  });
}

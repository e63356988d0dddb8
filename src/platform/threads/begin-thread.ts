import { type ResourceLimits, Worker, workerData } from 'node:worker_threads';

type ThreadData<Start> = { readonly module: string; readonly start: Start };

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

/** What this thread was begun with. */
export function threadStart<Start>(): Start {
  return (workerData as ThreadData<Start>).start;
}

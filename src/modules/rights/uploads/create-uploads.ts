import type { Route } from '../../access/index.ts';
import { importRoutes } from './import-routes.ts';
import { createReceiveImport } from './receive-import.ts';
import { type ImportRunner, type RunnerTools, startImportRunner } from './run-imports.ts';
import { Spool } from './spool.ts';

/** Files of insurers over HTTP: the routes they come by, and what reads them once it was started. */
export type Uploads = {
  readonly routes: readonly Route[];
  start(): void;
  /** Stops between two batches; what was being read goes on at the next start. */
  stop(): Promise<void>;
};

/** Puts the way in for files together with what reads them. */
export function createUploads(use: Omit<RunnerTools, 'spool'>): Uploads {
  const { db, keys, bytesMax } = use;
  const spool = new Spool(use.spoolFolder);
  let runner: ImportRunner | undefined;
  const receive = createReceiveImport({ db, keys, spool, onQueued: () => runner?.wake() });
  return {
    routes: importRoutes({ db, receive, bytesMax }),
    start() {
      runner ??= startImportRunner({ ...use, spool });
    },
    stop: async () => runner?.stop(),
  };
}

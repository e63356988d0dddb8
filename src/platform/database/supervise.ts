import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, clearOrphan, startPostmaster, stopPostmaster } from './postmaster.ts';

/** PostgreSQL kept running on one port until it is told to stop. */
export type Supervised = { readonly port: number; pid(): number | undefined; stop(): Promise<void> };

type Say = (line: string) => void;

/** Starts PostgreSQL on a free port and, if it dies, again on the same one, so that pools find it back. */
export async function supervise(cluster: Cluster, say: Say): Promise<Supervised> {
  const { port, child: first } = await startOnFreePort(cluster, say);
  let child: ChildProcess = first;
  let isStopping = false;
  let restart: Promise<void> = Promise.resolve();
  const watch = (watched: ChildProcess) => {
    watched.once('exit', () => {
      if (!isStopping) restart = startAgain();
    });
    // It may have died between its start and this line.
    if (!isStopping && watched.exitCode !== null) restart = startAgain();
  };
  const startAgain = async () => {
    say('The database stopped by itself; it is being started again.');
    for (let pause = 50; !isStopping; pause = Math.min(pause * 2, 2_000)) {
      try {
        await clearOrphan(cluster, say);
        child = await startPostmaster(cluster, port, say);
        say('The database runs again.');
        return watch(child);
      } catch (error) {
        // The backends of a killed PostgreSQL hold its memory for a moment, so the first tries may fail.
        if (pause > 500) say(error instanceof Error ? error.message : String(error));
        await sleep(pause);
      }
    }
  };
  watch(child);
  // The last resort when the process leaves without stop(): a signal is all that fits there.
  const leave = () => child.kill('SIGINT');
  process.once('exit', leave);
  const stop = async () => {
    isStopping = true;
    await restart;
    process.off('exit', leave);
    await stopPostmaster(child);
  };
  return { port, pid: () => child.pid, stop };
}

/** A free port can be taken between our look and PostgreSQL's start: then another one. */
async function startOnFreePort(cluster: Cluster, say: Say) {
  for (let attempt = 0; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, child: await startPostmaster(cluster, port, say) };
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      const isPassing = /could not create any TCP|shared memory block|lock file/.test(message);
      if (!isPassing || attempt >= 20) throw error;
      await sleep(100);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((found, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => found(port));
    });
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { processEnvironment } from '../../src/platform/config.ts';
import { deskOrigin } from '../../world/desk.ts';
import type { OwnDatabase } from './own-database.ts';

/** The real server in a process of its own, which can be killed. */
export type ServerProcess = {
  readonly url: string;
  /** What it wrote until now: the errors it noted, for whoever asks why a test failed. */
  said(): string;
  kill(): Promise<void>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** As `npm start` does it: every file of the sources is read and translated anew. */
export const fromSources = ['--import', 'tsx', 'src/main.ts'] as const;

/** Starts the server on a database that is there, bundled unless told; returns once it answers. */
export async function spawnServer(
  { folder, embedded, keysFolder }: OwnDatabase,
  program: readonly string[] = [inject('programs')['src/main.ts']],
): Promise<ServerProcess> {
  const { PATH } = processEnvironment();
  const env = {
    PATH,
    VIGIE_DATABASE_URL: embedded.serverUrl,
    VIGIE_KEYS_FOLDER: keysFolder,
    // Where files of insurers wait: not among the files of whoever runs the tests.
    VIGIE_DATA_FOLDER: folder,
    VIGIE_PORT: '0',
    VIGIE_PUBLIC_URL: deskOrigin,
    // They ask as no honest house asks.
    VIGIE_GUARD: 'off',
    VIGIE_METRICS_PORT: '0',
    VIGIE_LOG_LEVEL: 'error',
    VIGIE_ENV: 'test',
  };
  const child = spawn(process.execPath, program, { cwd: root, env });
  const gone = once(child, 'exit');
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (words: Buffer) => {
      said += words;
      const found = /answers at (http:\S+)/.exec(said)?.[1];
      // The name may lead to IPv6 first, where nobody listens.
      if (found !== undefined) resolve(found.replace('localhost', '127.0.0.1'));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    gone.then(() => reject(new Error(`The server ended while it started.\n${said}`)));
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  return { url, said: () => said, kill };
}

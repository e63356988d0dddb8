import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
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

/** Starts `src/main.ts` as `npm start` does, on a database that is there; returns once it answers. */
export async function spawnServer({ folder, embedded, keysFolder }: OwnDatabase): Promise<ServerProcess> {
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
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], { cwd: root, env });
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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dispatch } from '../src/cli/command.ts';
import { commands } from '../src/cli/commands.ts';
import { type Keys, openKeys } from '../src/modules/vault/index.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';

/** What a command said, and its exit code. */
export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** A database of a test's own with its keys and a folder for files, and commands that work beside it. */
export type BesideDatabase = TestDatabase & {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly keys: Keys;
  file(name: string, content: string | Buffer): string;
  /** What commands said on their way, as they said it. */
  readonly heard: string[];
  run(...argv: readonly string[]): Promise<Said>;
};

/** Makes one; `drop` removes it with its folder. */
export async function besideDatabase(): Promise<BesideDatabase> {
  const database = await cloneDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'vigie-beside-'));
  const keysFolder = join(folder, 'keys');
  const env = { VIGIE_DATABASE_URL: database.serverUrl, VIGIE_KEYS_FOLDER: keysFolder };
  const keys = await openKeys(database.owner, { folder: keysFolder });
  const heard: string[] = [];
  const run = async (...argv: readonly string[]): Promise<Said> => {
    const out: string[] = [];
    const err: string[] = [];
    const io = {
      env,
      out: (text: string) => void out.push(text),
      err: (text: string) => {
        err.push(text);
        heard.push(text);
      },
    };
    const code = await dispatch(argv, io, commands);
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const drop = async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...database, folder, env, keys, heard, file, run, drop };
}

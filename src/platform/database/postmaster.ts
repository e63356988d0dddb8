import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fchownSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries, SystemUser } from './binaries.ts';

/** What it takes to run PostgreSQL on one data folder. */
export type Cluster = {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: SystemUser | undefined;
  readonly settings: Readonly<Record<string, string>>;
};

/** What postmaster.pid tells: who runs, on which port, and whether it accepts connections. */
export type PostmasterFile = { readonly pid: number; readonly port: number; readonly ready: boolean };

const logBytesMax = 10_000_000;

/** Starts PostgreSQL and returns once it accepts connections, or throws with the end of its log. */
export async function startPostmaster(cluster: Cluster, port: number, say: (line: string) => void) {
  const log = openLog(cluster);
  const from = fstatSync(log).size;
  const child = spawn(cluster.binaries.postgres, postgresArguments(cluster, port), {
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
    // Its own process group: Ctrl-C in a terminal must reach the server first, which then stops it in order.
    detached: true,
    ...identity(cluster.user),
  });
  closeSync(log);
  let spawnProblem: Error | undefined;
  child.once('error', (error) => {
    spawnProblem = error;
  });
  const started = performance.now();
  for (let told = 0; ; await sleep(15)) {
    if (spawnProblem !== undefined) throw new Error(`PostgreSQL cannot run here: ${spawnProblem.message}`);
    if (hasEnded(child)) throw new Error(`PostgreSQL stopped while starting.\n${endOfLog(cluster, from)}`);
    const file = readPostmasterFile(cluster.folder);
    if (file?.pid === child.pid && file?.ready) return child;
    const seconds = Math.floor((performance.now() - started) / 1000);
    if (seconds > told) say(`  the database is starting or recovering (${seconds} s)`);
    told = Math.max(told, seconds);
  }
}

/** Ends a PostgreSQL we started: fast first, then at once if its last checkpoint takes too long. */
export async function stopPostmaster(child: ChildProcess, patienceMilliseconds = 8_000): Promise<void> {
  child.kill('SIGINT');
  const deadline = performance.now() + patienceMilliseconds;
  while (!hasEnded(child) && performance.now() < deadline) await sleep(10);
  // Immediate: nothing committed is lost, the next start replays its log.
  if (!hasEnded(child)) child.kill('SIGQUIT');
  while (!hasEnded(child)) await sleep(10);
}

/** Clears the way for a start: ends a PostgreSQL whose server was killed, and a pid file a crash left. */
export async function clearOrphan(cluster: Cluster, say: (line: string) => void): Promise<void> {
  const file = readPostmasterFile(cluster.folder);
  if (file === undefined) return;
  if (isPostmasterOf(file.pid, cluster)) {
    say(`A database that an earlier server left running (process ${file.pid}) is being stopped first.`);
    await endProcess(file.pid);
  }
  // PostgreSQL mistakes any living process of this number for itself; we have just seen that it is not.
  rmSync(join(cluster.folder, 'postmaster.pid'), { force: true });
}

/** Reads postmaster.pid of a data folder, if there is one. */
export function readPostmasterFile(folder: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const ready = (lines[7] ?? '').trim() === 'ready';
    return { pid: Number(lines[0]), port: Number(lines[3]), ready };
  } catch {
    return undefined;
  }
}

/** Whether a process is a living PostgreSQL on this folder: process numbers are used again. */
export function isPostmasterOf(pid: number, cluster: Pick<Cluster, 'folder'>): boolean {
  return commandLine(pid).includes(cluster.folder) && commandLine(pid).includes('postgres');
}

/** Whether a process lives, ours or not. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isDefunct(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The uid and gid to spawn with, when we are root. */
export function identity(user: SystemUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

function postgresArguments(cluster: Cluster, port: number): string[] {
  const settings = { ...cluster.settings, port: String(port) };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster.folder, ...pairs];
}

async function endProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  const deadline = performance.now() + 10_000;
  while (isAlive(pid) && performance.now() < deadline) await sleep(20);
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
  while (isAlive(pid)) await sleep(20);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function openLog(cluster: Cluster): number {
  const log = openSync(logFile(cluster), 'a', 0o600);
  if (cluster.user !== undefined) fchownSync(log, cluster.user.uid, cluster.user.gid);
  if (fstatSync(log).size > logBytesMax) ftruncateSync(log);
  return log;
}

function logFile(cluster: Cluster): string {
  return join(dirname(cluster.folder), 'postgresql.log');
}

function endOfLog(cluster: Cluster, from: number): string {
  if (!existsSync(logFile(cluster))) return '';
  return readFileSync(logFile(cluster))
    .subarray(from)
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(-8)
    .join('\n');
}

function isDefunct(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

function commandLine(pid: number): string {
  if (!isAlive(pid)) return '';
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

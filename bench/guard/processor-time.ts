import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Of one clock tick of the kernel; 100 a second on every Linux that Node runs on. */
const tickSeconds = 0.01;

/** Seconds of processor that a process used; of one that ended, none. */
export function secondsOf(pid: number): number {
  const stat = statOf(pid);
  if (stat === undefined) return 0;
  // After the name, which may hold anything: the 12th and 13th are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return tickSeconds * (Number(fields[11]) + Number(fields[12]));
}

function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // A worker that tidied up and ended meanwhile.
    return undefined;
  }
}

/** Processes of the PostgreSQL that works in a folder. */
export function postgresIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isIn(pid, folder));
}

function isIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    // It ended meanwhile, or is somebody else's.
    return false;
  }
}

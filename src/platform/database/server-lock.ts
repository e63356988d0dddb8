import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postmaster.ts';

/** Takes a data folder for this process, or says who has it. A lock whose owner died is taken over. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'server.lock');
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return () => release(file, mine);
    } catch (error) {
      if (!isCode(error, 'EEXIST') || attempt >= 3) throw error;
    }
    const holder = liveHolder(file);
    if (holder !== undefined) {
      const todo = 'Stop it, or give this one another VIGIE_DATA_FOLDER or a VIGIE_DATABASE_URL.';
      throw new Error(`Another server (process ${holder}) uses the data folder ${folder}. ${todo}`);
    }
    rmSync(file, { force: true });
  }
}

/** The process that holds the lock, unless it died; a number used again has another start time. */
function liveHolder(file: string): number | undefined {
  const [pid, started] = readText(file).split(' ');
  const holder = Number(pid);
  return isAlive(holder) && startOf(holder) === started ? holder : undefined;
}

function release(file: string, mine: string): void {
  if (readText(file) === mine) rmSync(file, { force: true });
}

function startOf(pid: number): string {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).replaceAll(
        /\s+/g,
        '_',
      );
    }
    // The 22nd field, counted after the program's name, which may itself hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return fields?.[19] ?? '';
  } catch {
    return '';
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this process may make a disk of a given size. */
export function canMount(): boolean {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false;
  try {
    unmountDisk(mountDisk('1m'));
    return true;
  } catch {
    return false;
  }
}

/** A small disk in memory, on a new folder; its path. */
export function mountDisk(size: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  chmodSync(folder, 0o755);
  return folder;
}

/** Takes the disk and its folder away. */
export function unmountDisk(folder: string): void {
  execFileSync('umount', [folder]);
  rmdirSync(folder);
}

/** Fills a disk to its last byte with one file; its path. */
export function fillDisk(disk: string): string {
  const path = join(disk, 'filler');
  const file = openSync(path, 'w');
  for (const size of [1 << 20, 4096]) {
    const bytes = Buffer.alloc(size, 1);
    try {
      for (;;) writeSync(file, bytes);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
  closeSync(file);
  return path;
}

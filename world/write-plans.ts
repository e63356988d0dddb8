import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { insurers } from './insurers.ts';
import { plansOf } from './plans.ts';

/** Writes each insurer's plans in a folder of its own, such as `plans-99500011/aubepine-confort.yaml`. */
export async function writePlans(folder: string): Promise<void> {
  for (const insurer of insurers) {
    const own = join(folder, `plans-${insurer.amcCode}`);
    await mkdir(own);
    for (const { name, document } of plansOf(insurer)) {
      await writeFile(join(own, `${fileNameOf(name)}.yaml`), document, { flag: 'wx' });
    }
  }
}

function fileNameOf(name: string): string {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, '-');
}

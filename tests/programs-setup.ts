import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';
import type { TestProject } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What tests start as a process of its own, often dozens of times, to kill it. */
const programs = ['src/main.ts', 'src/cli/main.ts', 'tests/simulation/backup-process.ts'] as const;

export type Program = (typeof programs)[number];

declare module 'vitest' {
  export interface ProvidedContext {
    programs: Readonly<Record<Program, string>>;
  }
}

/**
 * Bundles the programs once for all tests. From its sources the server starts with 2.7 s of processor, most
 * of it for reading hundreds of files of TypeScript again; from the bundle with 0.7 s. Packages stay outside.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-programs-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: [...programs],
    absWorkingDir: root,
    outdir: folder,
    outbase: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    packages: 'external',
    logLevel: 'warning',
    plugins: [ownAddress],
  });
  await stop();
  const started = programs.map((program) => [program, join(folder, program.replace(/ts$/, 'mjs'))]);
  project.provide('programs', Object.fromEntries(started));
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A bundled file still finds what lies beside its source: migrations, pages, the files of threads. */
const ownAddress: Plugin = {
  name: 'own address',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

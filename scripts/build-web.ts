import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Builds the pages into web/dist. Without Vite, which only who builds needs, it says so and stops. */
const root = fileURLToPath(new URL('../web', import.meta.url));
const tools = await Promise.all([import('vite'), import('@vitejs/plugin-react')]).catch(() => undefined);
if (tools === undefined) console.log('Vite is not installed: web/dist is left as it is.');
else {
  const [{ build }, { default: react }] = tools;
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: 'dist',
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
      manifest: 'manifest.json',
    },
  });
  writeCardWorker();
  console.log('The pages are in web/dist.');
}

type Chunk = {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
};

/** The worker that keeps the page which verifies cards, with the files that page is made of. */
function writeCardWorker(): void {
  const manifestFile = `${root}/dist/manifest.json`;
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, Chunk>;
  rmSync(manifestFile);
  const page = readFileSync(`${root}/dist/index.html`, 'utf8');
  const files = new Set(page.match(/\/assets\/[\w.-]+/g));
  const seen = new Set<string>();
  const add = (name: string, withLazy: boolean) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`no chunk ${name}`);
    if (seen.has(name)) return;
    seen.add(name);
    // Of the font, the letters of French and English.
    const own = (chunk.assets ?? []).filter((file) => !file.endsWith('.woff2') || /-latin-wght/.test(file));
    for (const file of [chunk.file, ...(chunk.css ?? []), ...own]) files.add(`/${file}`);
    for (const next of chunk.imports ?? []) add(next, withLazy);
    if (withLazy) for (const next of chunk.dynamicImports ?? []) add(next, true);
  };
  add('index.html', false);
  add('src/card/CardCheck.tsx', true);
  const list = JSON.stringify([...files].sort());
  const build = createHash('sha256').update(list).digest('hex').slice(0, 12);
  const worker = readFileSync(`${root}/card-worker.js`, 'utf8');
  writeFileSync(
    `${root}/dist/card-worker.js`,
    `const build = '${build}';\nconst files = ${list};\n${worker}`,
  );
}

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
    },
  });
  console.log('The pages are in web/dist.');
}

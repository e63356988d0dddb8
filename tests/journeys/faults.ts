import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** Wide, at 400 %, and dark. */
const looks = [
  [1200, 'light'],
  [320, 'light'],
  [1200, 'dark'],
] as const;

/** A walk over many pages, three looks each: half a minute alone, more beside other tests. */
export const axeTimeoutMs = 180_000;

/**
 * Waits until the page wears the look and nothing fades any more: half-way between two looks a text has the
 * contrast of neither.
 */
const settle = (scheme: string) => `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  // Pages that the server writes follow the browser by themselves.
  const worn = () => document.documentElement.dataset.mantineColorScheme ?? '${scheme}';
  while (worn() !== '${scheme}') await frame();
  await frame();
  const fades = document.getAnimations().filter((each) => each instanceof CSSTransition);
  await Promise.allSettled(fades.map((each) => each.finished));
})()`;

/** What axe finds on the page as it stands, wide, narrow and dark, and where it must be moved sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(settle(colorScheme));
    // Once a document: what the browser has compiled for one look serves the next.
    if (await page.evaluate('window.axe === undefined')) await page.evaluate(axe);
    const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(rules)})`)) as {
      violations: { id: string; nodes: { html: string }[] }[];
    };
    const at = `${width} ${colorScheme}`;
    found.push(...violations.map(({ id, nodes }) => `${at}: ${id} ${nodes[0]?.html.slice(0, 160)}`));
    const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
    if (wide > width) found.push(`${at}: ${wide} points wide`);
  }
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

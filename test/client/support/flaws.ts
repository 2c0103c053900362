import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Everything wrong with what is on the screen: axe, sideways scrolling, targets too small for a finger. */
export async function flaws(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, options: object): Promise<Found> };
    };
    interface Found {
      violations: { id: string; nodes: { target: string[] }[] }[];
    }
    const { violations } = await axe.run(document, { runOnly: tags });
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`scrolls sideways: ${root.scrollWidth}`);
    const targets = 'button, select, summary, label:has(input), .field input, form input';
    for (const target of document.querySelectorAll(targets)) {
      const { width, height } = target.getBoundingClientRect();
      if (width > 0 && Math.min(width, height) < 43.5)
        found.push(`too small: ${target.outerHTML.slice(0, 80)}`);
    }
    return found;
  });
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LEAST_HEIGHT = 740;
/** Higher windows are slow to draw. */
const MOST_HEIGHT = 8_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const run = `axe.run(document, ${JSON.stringify({ runOnly: TAGS, resultTypes: ['violations'] })})`;

/** Violations that axe-core finds on the page as it stands, each with its first elements. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(run);
  return results.violations.map(({ id, nodes }) => {
    const places = nodes
      .slice(0, 3)
      .map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`);
    return `${id}: ${places.join(' | ').replace(/\s+/g, ' ')}`;
  });
}

/** Makes the window as high as the page, so that nothing lies under bars that stay while the page scrolls. */
export async function showWhole(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: LEAST_HEIGHT });
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.min(Math.max(height, LEAST_HEIGHT), MOST_HEIGHT) });
}

/** How much wider the content is than the window, in CSS pixels. */
export async function overflow(page: Page): Promise<string[]> {
  const wide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return wide > 0 ? [`scrolls sideways by ${wide} px`] : [];
}

/** What is pressed, by its row where a label belongs to it, and is smaller than `least` CSS pixels. */
export async function smallTargets(page: Page, least: number): Promise<string[]> {
  const targets = page.locator(
    'button, a[href], select, summary, label:has(input), input:not([type=radio], [type=checkbox])',
  );
  return targets.evaluateAll((elements, least) => {
    const boxes = elements
      .filter((element) => element.checkVisibility())
      .map((element) => ({ element, box: element.getBoundingClientRect() }));
    return boxes
      .filter(({ box }) => box.right > 0 && box.bottom > 0 && Math.min(box.width, box.height) < least - 0.5)
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} is ${box.width} × ${box.height}`);
  }, least);
}

/**
 * Tabs through the main content of a candidate's screen on a small phone.
 * Gives what has the focus and lies wholly under a bar that stays while the page scrolls (WCAG 2.4.11).
 */
export async function hiddenFocus(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.locator('h1').focus();
  const last = page.locator('.moves .primary');
  const hidden: string[] = [];
  while ((await last.and(page.locator(':focus')).count()) === 0) {
    await page.keyboard.press('Tab');
    const found = await page.locator('main :focus').evaluateAll((elements) =>
      elements
        .map((element) => ({ element, box: element.getBoundingClientRect(), page: element.ownerDocument }))
        .filter(({ box, page }) => {
          const top = page.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0;
          const bottom = page.querySelector('.moves')?.getBoundingClientRect().top ?? Infinity;
          return box.bottom <= top || box.top >= bottom;
        })
        .map(({ element }) => `the focus is out of sight at ${element.outerHTML.slice(0, 80)}`),
    );
    hidden.push(...found);
  }
  return hidden;
}

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { overflow, showWhole, violations } from './accessibility.ts';
import type { WatchedPage } from './browser.ts';
import { tempDir } from './temp-dir.ts';

/**
 * What is wrong with the page as it stands: in both languages and colour schemes, wide and on a phone. Complaints are
 * taken before axe-core runs: it adds a style element of its own to read the sheets of a shadow tree.
 */
export async function inspect({ page, complaints }: WatchedPage): Promise<string[]> {
  const found = complaints.splice(0);
  const look = async (name: string) =>
    found.push(...[...(await violations(page)), ...(await overflow(page))].map((text) => `${name}: ${text}`));
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await showWhole(page, 1280);
  await look('vi light 1280');
  await press('English');
  await look('en light 1280');
  await showWhole(page, 360);
  await press('Dark');
  await look('en dark 360');
  await press('Tiếng Việt');
  await look('vi dark 360');
  await press('Nền sáng');
  await page.setViewportSize({ width: 1280, height: 800 });
  const later = complaints.splice(0).filter((complaint) => !complaint.includes('Applying inline style'));
  return [...found, ...later];
}

/** Picks an option of a list by the label of the list. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Presses a button that saves a file; gives the path of the file. */
export async function savedBy(page: Page, button: string): Promise<string> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await started;
  const file = join(tempDir(), download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

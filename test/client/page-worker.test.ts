import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { fakeExam, isBuilt } from './support/fake-exam.ts';

const WAIT = { timeout: 20_000 };

let exam: Awaited<ReturnType<typeof fakeExam>>;
let context: BrowserContext;
let page: Page;

beforeEach(async (test) => {
  needBrowser(test);
  if (!isBuilt) test.skip('dist/client is not built: run "npm run build"');
  exam = await fakeExam();
  ({ page } = await openPage(await openBrowser()));
  context = page.context();
});
afterEach(async () => {
  await context?.close();
  await exam?.stop();
});

describe('the service worker of the candidate page', () => {
  it('keeps the page and its files and nothing else, not one answer of the interface', async () => {
    await enter();
    exam.say({ state: 'running', endsAt: Date.now() + 2_700_000 });
    await page.waitForSelector('.bar');
    const kept = (await keptPaths()).flat();
    expect(kept).toContain('/thi');
    expect(kept.filter((path) => path !== '/thi' && !path.startsWith('/candidate/assets/'))).toEqual([]);
    expect(kept.filter((path) => path.endsWith('.js')).length).toBeGreaterThanOrEqual(6);
  });

  it('gives the page of a new build at once while there is a server, and later without one', async () => {
    await enter();
    exam.deployed.next('two');
    await page.reload();
    expect(await build()).toBe('two');
    await page.waitForSelector('.ready');
    await builds(2);
    exam.fail(true);
    await page.reload();
    expect(await build()).toBe('two');
    await page.getByText('Chưa kết nối được máy chủ').first().waitFor();
    exam.fail(false);
    await page.waitForSelector('.ready');
  });

  it('still has the files of the build before for a page that stayed open, and drops what is older', async () => {
    await enter();
    const first = exam.deployed.name;
    exam.deployed.next('two');
    expect(await newWorker()).toBe('activated');
    expect([await statusOf(first), await statusOf('keys-two.js')]).toEqual([200, 200]);
    exam.deployed.next('three');
    expect(await newWorker()).toBe('activated');
    const files = [first, 'keys-two.js', 'keys-three.js'];
    expect(await Promise.all(files.map(statusOf))).toEqual([404, 200, 200]);
    expect(await keptPaths()).toHaveLength(2);
  });

  it('of another build than the page that is served is not taken', async () => {
    await enter();
    const { html } = exam.deployed;
    exam.deployed.next('two');
    exam.deployed.html = html;
    expect(await newWorker()).toBe('redundant');
    expect(await keptPaths()).toHaveLength(1);
    exam.fail(true);
    await page.reload();
    await page.getByText('Chưa kết nối được máy chủ').first().waitFor();
  });
});

/** Signs in and waits until the page is kept. */
async function enter(): Promise<void> {
  await page.goto(exam.url);
  await page.fill('#number', '110042');
  await page.fill('#code', 'DUNG');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.ready');
  await builds(1);
}

/** The paths in each cache, the oldest first. */
function keptPaths(): Promise<string[][]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    return Promise.all(
      names.map(async (name) => {
        const requests = await (await caches.open(name)).keys();
        return requests.map(({ url }) => new URL(url).pathname);
      }),
    );
  });
}

/** Resolves when this many builds are kept whole, each with its page, which comes last. */
async function builds(count: number): Promise<void> {
  const whole = async () => (await keptPaths()).filter((paths) => paths.includes('/thi')).length;
  await expect.poll(whole, WAIT).toBe(count);
}

/** Looks for a new worker; what has become of it. */
function newWorker(): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const fate = new Promise<string>((resolve) => {
      registration.addEventListener('updatefound', () => {
        const worker = registration.installing;
        worker?.addEventListener('statechange', () => {
          if (worker.state === 'activated' || worker.state === 'redundant') resolve(worker.state);
        });
      });
    });
    await registration.update();
    return fate;
  });
}

/** What the open page says of its build. */
async function build(): Promise<string> {
  const last = await page.evaluate(() => document.lastChild?.nodeValue);
  return last?.trim() ?? '';
}

function statusOf(file: string): Promise<number> {
  return page.evaluate(async (file) => (await fetch(`/candidate/assets/${file}`)).status, file);
}

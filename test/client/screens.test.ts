import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { fakeExam, isBuilt } from './support/fake-exam.ts';
import { flaws } from './support/flaws.ts';

const LOOKS = [
  { name: 'a phone, light, Vietnamese', width: 360, height: 740, theme: 'light', language: 'vi' },
  { name: 'a desk, dark, English', width: 1280, height: 800, theme: 'dark', language: 'en' },
  {
    name: 'a phone, high contrast, large text',
    width: 360,
    height: 740,
    theme: 'contrast',
    language: 'vi',
    size: 3,
  },
  { name: 'a page zoomed in four times', width: 320, height: 256, theme: 'light', language: 'vi' },
];

let exam: Awaited<ReturnType<typeof fakeExam>>;
beforeEach(async (context) => {
  needBrowser(context);
  if (!isBuilt) context.skip('dist/client is not built: run "npm run build"');
  exam = await fakeExam();
});
afterEach(() => exam?.stop());

describe('the candidate page on a bad line', () => {
  it('waits for the parts of the page that do not come, and says so', async () => {
    const { page } = await openPage(await openBrowser());
    let isLineUp = false;
    await page.route(/assets\/exam-/, (route) => (isLineUp ? route.continue() : route.abort()));
    await page.goto(exam.url);
    await page.getByText('Chưa kết nối được máy chủ').waitFor();
    isLineUp = true;
    await page.waitForSelector('form');
    expect(await page.innerText('h1')).toBe('Vào phòng thi');
    await page.context().close();
  });
});

describe('a typed answer', () => {
  it('stays when it is typed in the moment in which its question appears', async () => {
    const { page } = await openPage(await openBrowser());
    await page.goto(exam.url);
    await page.fill('#number', '110042');
    await page.fill('#code', 'DUNG');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.ready');
    exam.say({ state: 'running', endsAt: Date.now() + 2_700_000 });
    await page.waitForSelector('#heading:focus');
    while ((await page.locator('.field input').count()) === 0) await page.click('.moves .primary');
    await page.evaluate(`new Promise((resolve) => {
      const before = document.querySelector('.field input');
      new MutationObserver((_, observer) => {
        const field = document.querySelector('.field input');
        if (!field || field === before) return;
        observer.disconnect();
        field.focus();
        field.value = '7';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }).observe(document.body, { childList: true, subtree: true });
      document.querySelector('.moves .primary').click();
    })`);
    await expect.poll(() => exam.answers().at(-1)?.response).toEqual({ x: '7' });
    expect(await page.inputValue('.field input')).toBe('7');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await page.context().close();
  });
});

describe.each(LOOKS)('the candidate page on $name', ({ width, height, theme, language, size = 0 }) => {
  it('has no flaw on any screen, and nothing that its policy forbids', async () => {
    const { page, complaints } = await openPage(await openBrowser(), { viewport: { width, height } });
    const look = JSON.stringify({ theme, language, size });
    await page.addInitScript(`localStorage.setItem('niem-view', ${JSON.stringify(look)})`);
    const seen: Record<string, string[]> = {};
    const look_at = async (screen: string) => {
      seen[screen] = await flaws(page);
    };

    await page.goto(exam.url);
    await page.fill('#number', '110042');
    await page.fill('#code', 'SAI');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#problem:not([hidden])');
    await look_at('sign-in');
    await page.fill('#code', 'DUNG');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.ready');
    exam.say({ state: 'waiting', startsAt: Date.now() + 600_000 });
    await page.waitForSelector('.start .big');
    await look_at('waiting room');

    exam.say({ state: 'running', endsAt: Date.now() + 2_700_000 });
    await page.waitForSelector('#heading:focus');
    exam.say({ state: 'paused', left: 2_699_000 });
    await page.waitForSelector('.card .big');
    await look_at('clock stopped');
    exam.say({ state: 'running', endsAt: Date.now() + 2_700_000 });
    for (let slot = 0; slot < 7; slot++) {
      await page.waitForSelector('#heading:focus');
      if (slot === 0) await page.locator('.option label').nth(1).click();
      if (slot === 3) await page.locator('.row label').first().click();
      if (slot === 4) await page.fill('.field input', '-1.25');
      await look_at(`question ${slot}`);
      if (slot === 0) {
        await page.click('.bar .menu');
        await page.waitForSelector('dialog');
        await look_at('tools');
        await page.keyboard.press('Escape');
        await page.waitForSelector('dialog', { state: 'detached' });
      }
      await page.click('.moves .primary');
    }
    await page.waitForSelector('.counts');
    exam.say({ state: 'running', endsAt: Date.now() + 3_300_000 });
    await page.waitForSelector('.news');
    await look_at('review, time added');
    await page.click('.actions .primary');
    await page.waitForSelector('.counts', { state: 'detached' });
    await look_at('hand-in');
    exam.supersede();
    await page.waitForSelector('.alarm');
    await look_at('open elsewhere');
    await page.click('.alarm button');
    await page.waitForSelector('.alarm', { state: 'detached' });
    await page.click('.actions .primary');
    await page.waitForSelector('.card .big');
    await look_at('receipt');
    exam.release();
    await page.click('.actions .primary');
    await page.waitForSelector('.marks');
    await look_at('result');

    expect(Object.entries(seen).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(complaints.filter((complaint) => !/401/.test(complaint))).toEqual([]);
    await page.context().close();
  });
});

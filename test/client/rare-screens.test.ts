import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMarkup } from '#bank/item';
import { needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { PICTURE } from '../support/picture.ts';
import { fakeExam, isBuilt, type FakeItem } from './support/fake-exam.ts';
import { flaws } from './support/flaws.ts';

const option = (id: string, markup: string) => ({ id, text: parseMarkup(markup) });

const ITEMS: FakeItem[] = [
  [
    {
      kind: 'ordering',
      stem: parseMarkup('Sắp xếp các bước sóng $\\lambda_1 < \\lambda_2$ tăng dần'),
      parts: [option('a', 'Tia X'), option('b', 'Ánh sáng $\\frac{1}{2}$'), option('c', 'Sóng vô tuyến')],
    },
    0,
  ],
  [
    {
      kind: 'cloze',
      stem: parseMarkup(
        'Điền vào chỗ trống.\nMột dao động toàn phần kéo dài một [[a]] với đơn vị trong hệ đo lường quốc tế là [[b]].',
      ),
      gaps: [
        { id: 'a' },
        {
          id: 'b',
          options: [
            { id: 'ba', text: 'giây' },
            { id: 'bb', text: 'héc, tức là một phần giây, tên gọi dài để thử bề ngang' },
          ],
        },
      ],
    },
    0,
  ],
  [
    {
      kind: 'gapMatch',
      stem: parseMarkup('Chọn từ.\nHai điện tích cùng dấu thì [[1]], trái dấu thì [[2]].'),
      choices: [option('a', 'đẩy nhau'), option('b', 'hút nhau'), option('c', '$F=0$')],
    },
    1,
  ],
  [
    {
      kind: 'hotText',
      stem: parseMarkup('Chọn cụm từ sai.\nKhi tắt dần, [[biên độ giảm dần]] và [[cơ năng $W$ tăng dần]].'),
    },
    1,
  ],
  [{ kind: 'hotspot', stem: [...parseMarkup('Chỉ chỗ.'), [PICTURE]], points: 2 }, 2],
];

const LOOKS = [
  { name: 'a phone, Vietnamese', width: 360, height: 740, theme: 'light', language: 'vi' },
  { name: 'a desk, English', width: 1280, height: 800, theme: 'dark', language: 'en' },
  { name: 'a page zoomed in four times', width: 320, height: 256, theme: 'contrast', language: 'vi' },
];

let exam: Awaited<ReturnType<typeof fakeExam>>;
beforeEach(async (context) => {
  needBrowser(context);
  if (!isBuilt) context.skip('dist/client is not built: run "npm run build"');
  exam = await fakeExam(1, ITEMS);
});
afterEach(() => exam?.stop());

async function enter(page: Page): Promise<void> {
  await page.goto(exam.url);
  await page.fill('#number', '110042');
  await page.fill('#code', 'DUNG');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.ready');
  exam.say({ state: 'running', endsAt: Date.now() + 2_700_000 });
  await page.waitForSelector('#heading:focus');
}

/** What shows that the field of a question has come, in the order of the paper. */
const FIELDS = ['.order li', '.gap-text input', '.gap-text select', '.hot-text label', '.hotspot img'];

describe.each(LOOKS)('rare kinds on $name', ({ width, height, theme, language }) => {
  it('have no flaw, and nothing that the policy of the page forbids', async () => {
    const { page, complaints } = await openPage(await openBrowser(), { viewport: { width, height } });
    const look = JSON.stringify({ theme, language, size: 0 });
    await page.addInitScript(`localStorage.setItem('niem-view', ${JSON.stringify(look)})`);
    await enter(page);
    const seen: Record<string, string[]> = {};
    for (const field of FIELDS) {
      await page.locator(field).first().waitFor();
      if (field === '.hotspot img') await page.locator('.hotspot').click();
      seen[field] = await flaws(page);
      await page.click('.moves .primary');
    }
    expect(seen).toEqual(Object.fromEntries(FIELDS.map((field) => [field, []])));
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('rare kinds by keyboard alone', () => {
  it('are answered without dragging anything', async () => {
    const { page } = await openPage(await openBrowser());
    await enter(page);
    const given = () => exam.answers().at(-1)?.response as Record<string, unknown> | null | undefined;
    const next = () => page.locator('.moves .primary').press('Enter');

    await page.locator('.order li').first().waitFor();
    const second = await page.locator('.order .text').nth(1).innerText();
    await page.locator('.order li').nth(1).locator('button').first().press('Enter');
    await expect.poll(() => (given()?.['o'] as string[] | undefined)?.length).toBe(3);
    expect(await page.locator('.order .text').first().innerText()).toBe(second);
    await next();

    await page.locator('.gap-text input').pressSequentially('chu kì');
    await page.locator('.gap-text select').press('g');
    await expect
      .poll(() => Object.values(given()?.['g'] ?? {}))
      .toEqual([{ x: 'chu kì' }, { c: expect.any(String) }]);
    await next();

    await page.locator('.gap-text select').first().press('B');
    await expect.poll(() => Object.keys(given()?.['p'] ?? {}).length).toBe(1);
    await page.locator('.gap-text select').nth(1).press('B');
    await expect.poll(() => page.locator('.gap-text select').first().inputValue()).toBe('');
    await next();

    await page.locator('.hot-text input').nth(1).press('Space');
    await expect.poll(() => (given()?.['m'] as string[] | undefined)?.length).toBe(1);
    await next();

    await page.locator('.hotspot').press('ArrowRight');
    await page.locator('.hotspot').press('Enter');
    await expect.poll(() => given()).toEqual({ h: [[13, 12]] });
    await page.context().close();
  });
});

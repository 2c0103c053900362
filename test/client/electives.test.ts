import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseMarkup } from '#bank/item';
import type { Electives } from '#bank/protocol';
import { needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { fakeExam, isBuilt, type FakeItem } from './support/fake-exam.ts';
import { flaws } from './support/flaws.ts';

const question = (name: string, part: number): FakeItem => [
  {
    kind: 'choice',
    shuffle: false,
    stem: parseMarkup(`Câu hỏi ${name}`),
    options: ['a', 'b'].map((id) => ({ id, text: parseMarkup(`Phương án ${id}`) })),
  },
  part,
];

/** One for everybody, two of three, and two of a branch. */
const ITEMS: FakeItem[] = [
  question('chung', 0),
  ...['m', 'n', 'p'].map((name) => question(name, 1)),
  ...['cs1', 'cs2', 'ict1', 'ict2'].map((name) => question(name, 2)),
];
const ELECTIVES: Electives = {
  branches: [
    { id: 'cs', title: 'Khoa học máy tính (CS)', slots: [4, 5] },
    { id: 'ict', title: 'Tin học ứng dụng (ICT)', slots: [6, 7] },
  ],
  groups: [{ answer: 2, slots: [1, 2, 3] }],
};
const CHOICE = ITEMS.length;

const LOOKS = [
  { name: 'a phone, Vietnamese', width: 360, height: 740, theme: 'light', language: 'vi' },
  { name: 'a desk, English', width: 1280, height: 800, theme: 'dark', language: 'en' },
  { name: 'a page zoomed in four times', width: 320, height: 256, theme: 'contrast', language: 'vi' },
];

let exam: Awaited<ReturnType<typeof fakeExam>>;
beforeEach(async (context) => {
  needBrowser(context);
  if (!isBuilt) context.skip('dist/client is not built: run "npm run build"');
  exam = await fakeExam(1, ITEMS, ELECTIVES);
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

const next = (page: Page) => page.click('.moves .primary');
const pick = (page: Page) => page.locator('.option label').first().click();
const saved = (page: Page) => page.locator('.save[data-status=saved]').waitFor();
const choice = () =>
  exam
    .answers()
    .filter(({ slot }) => slot === CHOICE)
    .at(-1)?.response;

describe('a paper with something to choose', () => {
  it('says which questions count when more are answered than asked for', async () => {
    const { page, complaints } = await openPage(await openBrowser(), {
      viewport: { width: 1280, height: 800 },
    });
    await enter(page);
    expect(await page.locator('.choosing').count()).toBe(0);
    await next(page);
    const note = page.locator('#app > .choosing');
    await note.getByText('Câu 2, 3, 4: làm 2 trong 3 câu.').waitFor();
    await note.getByText('Đã làm 0/2 câu phải chọn.').waitFor();
    expect(await page.locator('[data-out=true]').count()).toBe(0);
    for (let at = 0; at < 2; at++) {
      await pick(page);
      await next(page);
    }
    await note.getByText('Đã làm 2/2 câu phải chọn.').waitFor();
    await pick(page);
    await note.getByText('chỉ tính 2 câu đầu theo thứ tự trong đề, là câu 2, 3.').waitFor();
    await note.getByText('Câu này không được tính.').waitFor();
    const fourth = page.locator('aside .palette button', { hasText: '4' });
    expect(await fourth.getAttribute('data-out')).toBe('true');
    expect(await fourth.getAttribute('aria-label')).toContain('không tính điểm');
    await page.locator('aside .palette button', { hasText: '2' }).click();
    await page.locator('main .plain').click();
    await note.getByText('Đã làm 2/2 câu phải chọn.').waitFor();
    expect(await fourth.getAttribute('data-out')).toBe('false');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('asks for a branch before its first question, and keeps what is answered in another', async () => {
    const { page, complaints } = await openPage(await openBrowser(), {
      viewport: { width: 1280, height: 800 },
    });
    await enter(page);
    await page.locator('aside .palette button', { hasText: '5' }).click();
    const dialog = page.getByRole('dialog', { name: 'Phần tự chọn' });
    await dialog.getByText('Em làm nhánh nào?').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const note = page.locator('#app > .choosing');
    await note.getByText('Nếu không chọn, máy tính nhánh Khoa học máy tính (CS).').waitFor();
    await pick(page);
    await page.locator('aside .palette button', { hasText: '1' }).click();
    await page.locator('aside .palette button', { hasText: '7' }).click();
    await dialog.getByRole('button', { name: 'Tin học ứng dụng (ICT)' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(choice).toEqual({ b: 'ict' });
    await note.getByText('Tính điểm nhánh: Tin học ứng dụng (ICT).').waitFor();
    await pick(page);
    await page.locator('aside .palette button', { hasText: '5' }).click();
    await note.getByText('Câu này thuộc nhánh khác nên không tính điểm.').waitFor();
    expect(await page.locator('.option input').first().isChecked()).toBe(true);
    await note.getByRole('button', { name: 'Khoa học máy tính (CS)' }).click();
    await expect.poll(choice).toEqual({ b: 'cs' });
    await note.getByText('Tính điểm nhánh: Khoa học máy tính (CS).').waitFor();
    await saved(page);
    await page.reload();
    await saved(page);
    const again = note.getByRole('button', { name: 'Khoa học máy tính (CS)' });
    await again.waitFor();
    expect(await again.getAttribute('aria-pressed')).toBe('true');
    await page.locator('aside .palette button', { hasText: '7' }).click();
    expect(await page.locator('.option input').first().isChecked()).toBe(true);
    await page.locator('aside .wide').click();
    // of nine printed ones five count, and one of them is answered
    await page.locator('.counts dd', { hasText: '1/5' }).waitFor();
    expect(await page.locator('.counts dd').nth(1).innerText()).toBe('4');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.each(LOOKS)('what there is to choose on $name', ({ width, height, theme, language }) => {
  it('has no flaw on any screen, and nothing that the policy of the page forbids', async () => {
    const { page, complaints } = await openPage(await openBrowser(), { viewport: { width, height } });
    const look = JSON.stringify({ theme, language, size: 0 });
    await page.addInitScript(`localStorage.setItem('niem-view', ${JSON.stringify(look)})`);
    await enter(page);
    const seen: Record<string, string[]> = {};
    const lookAt = async (screen: string) => {
      seen[screen] = await flaws(page);
    };
    for (let at = 1; at < 4; at++) {
      await next(page);
      await pick(page);
    }
    await page.locator('#app > .choosing .care').first().waitFor();
    await lookAt('one answered too many');
    await next(page);
    await page.locator('dialog fieldset').waitFor();
    await lookAt('asked for a branch');
    await page.locator('dialog fieldset button').nth(1).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await lookAt('a question of another branch');
    for (let at = 4; at < 8; at++) await next(page);
    await page.locator('.counts').waitFor();
    await lookAt('review');
    await page.click('.actions .primary');
    await page.locator('.counts').waitFor({ state: 'detached' });
    await lookAt('hand-in');
    await page.click('.actions .primary');
    await page.waitForSelector('.card .big');
    await lookAt('receipt');
    exam.release();
    await page.click('.actions .primary');
    await page.waitForSelector('.marks');
    await lookAt('result');
    expect(Object.entries(seen).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { fakeExam, isBuilt } from './support/fake-exam.ts';
import { flaws } from './support/flaws.ts';

beforeEach((context) => {
  needBrowser(context);
  if (!isBuilt) context.skip('dist/client is not built: run "npm run build"');
});

const MINUTE = 60_000;
const LOOKS = [
  {
    name: 'a phone, Vietnamese',
    width: 360,
    language: 'vi',
    leave: 'Kết thúc phần này',
    noWayBack: 'không quay lại phần này được nữa',
    second: 'Phần 2/3 bắt đầu',
    over: 'Hết giờ phần này',
    heading: /^Câu 3\/3\s+· Phần II\/III$/,
    handIn: 'Nộp bài',
  },
  {
    name: 'a desk, English',
    width: 1280,
    language: 'en',
    leave: 'Finish this section',
    noWayBack: 'no way back to this section',
    second: 'Section 2 of 3 begins',
    over: 'The time of this section is up',
    heading: /^Question 3\/3\s+· Part II\/III$/,
    handIn: 'Hand in',
  },
];

describe.each(LOOKS)('an exam with sections on $name', (look) => {
  it('shows one section after the other, says that there is no way back, and has no flaw', async () => {
    const exam = await fakeExam(3);
    const { page, complaints } = await openPage(await openBrowser(), {
      viewport: { width: look.width, height: 740 },
    });
    await page.addInitScript(
      `localStorage.setItem('niem-view', ${JSON.stringify(JSON.stringify({ language: look.language }))})`,
    );
    const seen: Record<string, string[]> = {};
    const lookAt = async (screen: string) => {
      seen[screen] = await flaws(page);
    };
    const heading = () => page.innerText('#heading');
    await page.goto(exam.url);
    await page.fill('#number', '110042');
    await page.fill('#code', 'DUNG');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.ready');
    const endsAt = Date.now() + 45 * MINUTE;
    exam.say({ state: 'running', endsAt, section: { number: 0, count: 3, endsAt: endsAt - 30 * MINUTE } });

    await page.waitForSelector('#heading:focus');
    expect(await page.innerText('#clock')).toMatch(/^1[1-5]:/);
    await page.locator('.option label').nth(1).click();
    await lookAt('first section');
    await page.click('.moves .primary');
    await page.click('.moves .primary');
    await page.waitForSelector('.counts');
    expect(await page.locator('.palette button').count()).toBe(1);
    expect(await page.innerText('.actions .primary')).toBe(look.leave);
    await lookAt('review of a section');
    await page.click('.actions .primary');
    await page.getByText(look.noWayBack).waitFor();
    expect(await heading()).toBe(`${look.leave}?`);
    await lookAt('leaving a section');
    await page.click('.actions .primary');

    await page.locator('#urgent', { hasText: look.second }).waitFor({ state: 'attached' });
    await page.locator('#heading', { hasText: / II\/III/ }).waitFor();
    await page.click('.moves .primary');
    expect(await heading()).toMatch(look.heading);
    expect(await page.innerText('#clock')).toMatch(/^(10|0?\d):/);
    await lookAt('second section');
    exam.say({ state: 'running', endsAt, section: { number: 1, count: 3, endsAt: Date.now() - 1 } });
    await page.getByText(look.over).first().waitFor();
    await lookAt('section over');
    exam.nextSection();
    await page.locator('#heading', { hasText: 'III/III' }).waitFor();
    for (let moves = 0; moves < 3; moves++) await page.click('.moves .primary');
    await page.waitForSelector('.counts');
    expect(await page.innerText('.actions .primary')).toBe(look.handIn);

    expect(Object.entries(seen).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(complaints.filter((complaint) => !/401/.test(complaint))).toEqual([]);
    await page.context().close();
    await exam.stop();
  });
});

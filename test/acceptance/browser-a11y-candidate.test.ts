import type { Browser, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cell, ExamTimes, ItemList, JobView } from '#bank/protocol';
import { QUESTION_FILE, TOPICS } from '../../scripts/demo/content.ts';
import { freePort } from '../../scripts/process/free-port.ts';
import type { ApiClient } from '../../scripts/steps/api-client.ts';
import { importQuestions, reviewAll, sharedBank } from '../../scripts/steps/bank.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { plausibleAnswer } from '../../scripts/steps/plausible-answer.ts';
import { hiddenFocus, overflow, showWhole, smallTargets, violations } from '../support/accessibility.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { sealedExam, type SealedExam } from '../support/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

/** Of the demo's bank: a picture with long formulas, then every other kind, one of them with a reading. */
const CODES = ['DD-20', 'DD-21', 'DD-25', 'DD-39', 'DT-33', 'DD-35', 'DT-35'];
const SLOTS = CODES.length + 1;
const PUPILS = [
  { number: '110042', name: 'Nguyễn Thị Ánh Nguyệt' },
  { number: '110043', name: 'Trần Đỗ Khánh Uyên' },
];
const WIDTHS = [360, 1280] as const;
const THEMES = ['light', 'dark', 'contrast'] as const;
const TARGET = 44;
const HEADER = 48;
const SHORT_SECONDS = 10;
const LONG_SECONDS = 1_800;
const TEST_MS = 120_000;

interface Visitor extends WatchedPage {
  language: 'vi' | 'en';
}

let stage: RunningSchool;
let long: SealedExam;
let short: SealedExam;
let visitors: Visitor[];

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const { teacher, reviewer } = stage.school;
  const bank = await sharedBank(teacher.api, reviewer.api, 'Vật lí 11', TOPICS);
  await importQuestions(teacher.api, bank.id, QUESTION_FILE);
  await reviewAll(teacher.api, reviewer.api, bank.id);
  const setting = { bank: bank.id, cells: await cellsOf(teacher.api, bank.id), pupils: PUPILS };
  long = await sealedExam(stage.school, { ...setting, durationSeconds: LONG_SECONDS });
  short = await sealedExam(stage.school, { ...setting, durationSeconds: SHORT_SECONDS });
  await sitAndRelease(short);
  const browser = await openBrowser();
  visitors = [await visitor(browser, 'vi'), await visitor(browser, 'en')];
}, TEST_MS);

describe('a candidate in both languages, three themes and two widths', { timeout: TEST_MS }, () => {
  screen('sign-in', ({ page, language }) => openSignIn(page, long, language));

  screen('sign-in that is refused', async ({ page }) => {
    await signIn(page, { number: '110042', code: 'WRONG123' });
    await page.locator('#problem').filter({ hasText: /./ }).waitFor();
  });

  screen('waiting room', async (visitor) => {
    await signIn(visitor.page, slipOf(long, visitor));
    await visitor.page.locator('.ready').waitFor();
    await visitor.page.locator('.settings summary').click();
  });

  it('the start opens the paper', async () => {
    await stage.school.proctor.api.post<ExamTimes>(`/exams/${long.exam.id}/start`);
    for (const { page } of visitors) await page.locator('.bar').waitFor();
    expect(visitors.map(({ complaints }) => complaints)).toEqual([[], []]);
  });

  for (let slot = 0; slot < SLOTS; slot++) {
    screen(`screen ${slot + 1} of the paper`, async ({ page }) => {
      if (slot > 0) await goOn(page);
      await useAids(page);
      await answerInPart(page, 1);
      if (slot === 1) await page.locator('.moves [aria-pressed]').click();
      await page.locator('.save[data-status=saved]').waitFor();
      return hiddenFocus(page);
    });
  }

  screen('list of questions', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator('.moves #list').click();
    await page.locator('dialog .palette').first().waitFor();
  });

  screen('tools', async ({ page }) => {
    await closeDialog(page);
    await page.locator('.bar .menu').click();
    await page.locator('dialog fieldset').first().waitFor();
  });

  screen('a paper that is open in another tab', async ({ page }) => {
    await closeDialog(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await page.locator('.alarm').waitFor();
    await other.close();
  });

  it('the paper taken back, and the server gone', async () => {
    for (const { page } of visitors) {
      await page.locator('.alarm button').click();
      await page.locator('.save[data-status=saved]').waitFor();
    }
    for (const visitor of visitors) visitor.isServerAway = true;
    await stage.server.kill();
    expect(visitors.map(({ complaints }) => complaints)).toEqual([[], []]);
  });

  screen('no line', async ({ page }) => {
    await page.locator('.save[data-status=offline]').waitFor();
    await answerInPart(page, 2);
    await page.locator('.palette [data-unsent=true]').first().waitFor({ state: 'attached' });
  });

  it('the server back', async () => {
    await stage.server.start();
    for (const visitor of visitors) {
      await visitor.page.locator('.save[data-status=saved]').waitFor();
      visitor.isServerAway = false;
    }
    expect(visitors.map(({ complaints }) => complaints)).toEqual([[], []]);
  });

  screen('review', async ({ page }) => {
    await page.locator('aside .wide').click();
    await page.locator('.counts').waitFor();
  });

  screen('hand-in', async ({ page }) => {
    await page.locator('.actions .primary').click();
    await page.locator('.counts').waitFor({ state: 'detached' });
  });

  screen('receipt', async ({ page }) => {
    await page.locator('.actions .primary').click();
    await page.locator('.card .big').waitFor();
  });

  screen('a result that is not released', async ({ page }) => {
    await page.locator('.actions .primary').click();
    await page.locator('output.hint').filter({ hasText: /./ }).waitFor();
  });

  screen('receipt after the deadline', async (visitor) => {
    const { page, language } = visitor;
    await page.locator('.actions button:not(.primary)').click();
    await page.locator('form').waitFor();
    await openSignIn(page, short, language);
    await signIn(page, slipOf(short, visitor));
    await page.locator('.card .big').waitFor();
  });

  screen('result', async ({ page }) => {
    await page.locator('.actions .primary').click();
    await page.locator('.marks').waitFor();
  });

  it('nothing in the console', () => {
    expect(visitors.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});

/** One test: brings each visitor to a screen, which may tell of faults already, and looks at it. */
function screen(name: string, arrive: (visitor: Visitor) => Promise<string[] | void>): void {
  it(`shows no fault: ${name}`, async () => {
    const found: string[] = [];
    for (const visitor of visitors) {
      found.push(...((await arrive(visitor)) ?? []), ...(await inspect(visitor)));
    }
    expect(found).toEqual([]);
  });
}

/** What is wrong with the screen as it stands; the window is wide afterwards. */
async function inspect({ page, language }: Visitor): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await showWhole(page, width);
    const tell = (theme: string, list: string[]) =>
      found.push(...list.map((text) => `${language} ${width} ${theme}: ${text}`));
    for (const theme of THEMES) {
      await page.locator('html').evaluate((html, theme) => (html.dataset['theme'] = theme), theme);
      tell(theme, await violations(page));
    }
    tell('', [...(await overflow(page)), ...(await smallTargets(page, TARGET)), ...(await tallHeader(page))]);
  }
  return found;
}

async function tallHeader(page: Page): Promise<string[]> {
  const bar = page.locator('.bar');
  if ((await bar.count()) === 0) return [];
  const height = (await bar.boundingBox())?.height ?? 0;
  return height > HEADER + 1 ? [`the header takes ${height} px`] : [];
}

async function visitor(browser: Browser, language: 'vi' | 'en'): Promise<Visitor> {
  return Object.assign(await openPage(browser), { language });
}

async function openSignIn(page: Page, { slips }: SealedExam, language: 'vi' | 'en'): Promise<void> {
  await page.goto(`${stage.url}/thi/${slips.exam}`);
  await page.locator('.settings summary').click();
  await page.getByRole('button', { name: language === 'en' ? 'English' : 'Tiếng Việt' }).click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

async function signIn(page: Page, { number, code }: { number: string; code: string }): Promise<void> {
  await page.locator('#number').fill(number);
  await page.locator('#code').fill(code);
  await page.keyboard.press('Enter');
}

function slipOf({ slips }: SealedExam, { language }: Visitor) {
  const slip = slips.slips[language === 'vi' ? 0 : 1];
  if (!slip) throw new Error('There is no slip.');
  return slip;
}

async function goOn(page: Page): Promise<void> {
  const before = await page.locator('h1').innerText();
  await page.locator('.moves .primary').click();
  await page.locator('h1').filter({ hasNotText: before }).waitFor();
}

/** Opens the reading and crosses an option out, where the question has such things. */
async function useAids(page: Page): Promise<void> {
  for (const aid of ['.reading:not([open]) summary', '.option:nth-child(2) .strike']) {
    const found = page.locator(`main ${aid}`);
    if ((await found.count()) > 0) await found.click();
  }
}

/** Gives the question here its nth possible answer, or a part of one. A reading takes none. */
async function answerInPart(page: Page, nth: number): Promise<void> {
  const main = page.locator('main');
  const labels = main.locator('.option label, .row label');
  if ((await labels.count()) > 0) await labels.nth(nth - 1).click();
  else if ((await main.locator('select').count()) > 0) {
    await main.locator('select').first().selectOption({ index: nth });
  } else if ((await main.locator('.field input').count()) > 0) {
    await main.locator('.field input').fill(`${nth},5`);
  }
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** A cell for each of the questions. */
async function cellsOf(teacher: ApiClient, bank: string): Promise<Cell[]> {
  const { items } = await teacher.get<ItemList>(`/banks/${bank}/items?limit=200`);
  return CODES.map((code, i) => {
    const item = items.find((item) => item.code === code);
    if (!item) throw new Error(`The demo's bank has no ${code}.`);
    return { id: `c${i + 1}`, count: 1, points: 100, items: [item.id] };
  });
}

/** Everybody answers every question by chance and leaves the end to the deadline. */
async function sitAndRelease({ exam, slips }: SealedExam): Promise<void> {
  const { teacher, proctor } = stage.school;
  const candidates = await gather(stage.url, slips);
  await proctor.api.post<ExamTimes>(`/exams/${exam.id}/start`);
  for (const candidate of candidates) {
    await candidate.opened();
    for (const { slot, view } of candidate.paper) {
      if (view.kind !== 'description') await candidate.answer(slot, plausibleAnswer(view));
    }
  }
  await reached(teacher.api, exam.id, 'closed');
  for (const candidate of candidates) candidate.close();
  await teacher.api.finished(await teacher.api.post<JobView>(`/exams/${exam.id}/grade`));
  await teacher.api.post(`/exams/${exam.id}/release`);
}

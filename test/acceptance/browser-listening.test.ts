import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { ItemList } from '#bank/protocol';
import { overflow, violations } from '../support/accessibility.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { listeningExam, type ListeningExam } from '../support/listening.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { signInByForm, signStaffIn } from '../support/sign-in.ts';
import { wavOf } from '../support/sound.ts';
import { inspect } from '../support/staff-page.ts';
import { tempDir } from '../support/temp-dir.ts';

const TEST_MS = 180_000;
const PUPIL = { number: '110041', name: 'Nguyễn Thị Ánh Nguyệt' };

let stage: RunningSchool;
let exam: ListeningExam;
let candidate: WatchedPage;

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool();
  exam = await listeningExam(stage.school, { sound: wavOf(1.5), seconds: 300, pupils: [PUPIL], plays: 2 });
  candidate = await openPage(await openBrowser(), { viewport: { width: 360, height: 800 } });
}, TEST_MS);

const player = (page: Page) => page.locator('.media-play');
const left = (page: Page, words: string) => page.locator('.media-left', { hasText: words }).waitFor();

it(
  'a candidate hears a recording twice, goes on with other questions meanwhile, and is refused the third time',
  { timeout: TEST_MS },
  async () => {
    const { page } = candidate;
    const [slip] = exam.slips.slips;
    await page.goto(`${stage.url}/thi/${exam.slips.exam}`);
    await signInByForm(page, slip);
    await page.locator('.ready').waitFor();
    await stage.school.proctor.api.post(`/exams/${exam.exam.id}/start`);
    await page.getByText('Bài nghe 1').waitFor();
    await left(page, 'còn 2 lần nghe');
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toEqual([]);
    candidate.complaints.splice(0);
    await page.getByRole('button', { name: 'Nghe: Bài nghe 1' }).press('Enter');
    await left(page, 'đang phát');
    await page.locator('.moves .primary').click();
    await page.getByText('Câu hỏi N-').waitFor();
    await page.locator('.reading summary').click();
    await left(page, 'còn 1 lần nghe');
    await page.getByRole('button', { name: 'Nghe lại: Bài nghe 1' }).click();
    await left(page, 'đang phát');
    await left(page, 'đã hết lượt nghe');
    expect(await player(page).getAttribute('aria-disabled')).toBe('true');
    await page.reload();
    await page.locator('.reading summary').click();
    await left(page, 'đã hết lượt nghe');
    const media = (await page.locator('.media-left').first().getAttribute('id'))?.replace('left-', '');
    const third = await page.request.post(`${stage.url}/api/v1/candidate/play`, {
      headers: { 'x-niem': '1', origin: stage.url },
      data: { epoch: 1, media, play: 'A'.repeat(22) },
    });
    expect(await third.json()).toMatchObject({ ok: false, code: 'plays-used' });
    expect(candidate.complaints).toEqual([]);
  },
);

it(
  'a play that a reload breaks off goes on where it would be, and is not counted again',
  { timeout: TEST_MS },
  async () => {
    const { teacher, reviewer, proctor } = stage.school;
    const long = await listeningExam(
      { ...stage.school, teacher, reviewer },
      { sound: wavOf(60), seconds: 300, pupils: [PUPIL], plays: 1 },
    );
    const watched = await openPage(await openBrowser());
    const { page } = watched;
    await page.goto(`${stage.url}/thi/${long.slips.exam}`);
    await signInByForm(page, long.slips.slips[0]);
    await page.locator('.ready').waitFor();
    await proctor.api.post(`/exams/${long.exam.id}/start`);
    await player(page).click();
    await left(page, 'đang phát');
    await page.reload();
    await page.getByRole('button', { name: 'Nghe tiếp: Bài nghe 1' }).click();
    await left(page, 'đang phát');
    expect(await page.locator('.media-note').count()).toBe(0);
    expect(watched.complaints).toEqual([]);
  },
);

it(
  'an author uploads a recording, sets its plays and tries it out, on a phone and in English too',
  { timeout: TEST_MS },
  async () => {
    const watched = await openPage(await openBrowser(), {
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    const { page } = watched;
    const file = join(tempDir(), 'hoi-thoai.wav');
    writeFileSync(file, wavOf(0.5, 300));
    const wrong = join(tempDir(), 'giả.mp3');
    writeFileSync(wrong, 'không phải âm thanh');
    await page.goto(`${stage.url}/staff/#/banks/${exam.bank.id}/write`);
    await signStaffIn(page, stage.school.teacher);
    const chooser = page.locator('input[type=file][accept^="audio"]');
    await chooser.setInputFiles(wrong);
    await page.getByText('không phải âm thanh hay video dùng được').waitFor();
    await chooser.setInputFiles(file);
    await page.getByLabel('Số lần được nghe, xem').fill('2');
    expect(await page.getByLabel('Tên', { exact: false }).first().isVisible()).toBe(true);
    const tried = page.getByRole('button', { name: 'Nghe: hoi-thoai' });
    await tried.click();
    await left(page, 'còn 1 lần nghe');
    expect(await inspect(watched)).toEqual([]);
    await page.getByLabel('Mã câu').fill('N-9');
    await page.getByLabel('Phần dẫn', { exact: true }).fill('Người nói ở đâu?');
    for (const [place, text] of ['Ở nhà', 'Ở trường', 'Ở chợ', 'Ở ga'].entries())
      await page.getByRole('textbox', { name: `Phương án ${'ABCD'.charAt(place)}`, exact: true }).fill(text);
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
    await page.getByRole('button', { name: 'Nghe: hoi-thoai' }).waitFor();
    const { items } = await stage.school.teacher.api.get<ItemList>(
      `/banks/${exam.bank.id}/items?excerpts=true`,
    );
    expect(items.find(({ code }) => code === 'N-9')?.excerpt).toBe('hoi-thoai Người nói ở đâu?');
    expect(watched.complaints).toEqual([]);
  },
);

import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { ExamTimes, GradeSummary, JobView } from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { violations } from '../support/accessibility.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { filledBank, sealedExam, type SealedExam } from '../support/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { inspect } from '../support/staff-page.ts';
import { signInByForm, signStaffIn } from '../support/sign-in.ts';

const TEST_MS = 180_000;
const TOPIC = 'Nghị luận';
const SENTENCE = 'Sông Cửu Long 4417 chảy ra biển, ếch 𠀋 “kêu” râm ran.\n';
/** 100 KB as UTF-8. */
const TEXT = SENTENCE.repeat(Math.ceil(102_400 / Buffer.byteLength(SENTENCE)));
const COMMENT = 'Bài viết giàu hình ảnh.';
const PUPIL = { number: '110041', name: 'Nguyễn Thị Ánh Nguyệt' };

let stage: RunningSchool;
let sealed: SealedExam;
let candidate: WatchedPage;

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const row = {
    'Mã câu': 'TL-1',
    'Dạng câu': 'Tự luận',
    'Chủ đề': TOPIC,
    'Mức độ': 'Biết',
    'Nội dung': 'Tả một dòng sông.',
    'Phương án A': 'Nội dung\n1,00: đủ ý\n0,50: thiếu ý\n# chấp nhận mọi dòng sông',
    'Phương án B': 'Diễn đạt\n1,00: mạch lạc',
    'Đáp án': '300-600 từ; 12 dòng; hiện tiêu chí',
  };
  sealed = await sealedExam(stage.school, {
    bank: await filledBank(stage.school, [TOPIC], [row]),
    durationSeconds: 120,
    cells: [{ id: 'c1', count: 1, points: 1000, topic: TOPIC, level: 'KNOW', kind: 'essay' }],
    pupils: [PUPIL],
  });
  candidate = await openPage(await openBrowser(), { viewport: { width: 360, height: 800 } });
}, TEST_MS);

it(
  'an essay of 100 KB outlives a reload and a crash of the server, and is handed in',
  { timeout: TEST_MS },
  async () => {
    const { page } = candidate;
    const [slip] = sealed.slips.slips;
    await page.goto(`${stage.url}/thi/${sealed.slips.exam}`);
    await signInByForm(page, slip);
    await page.locator('.ready').waitFor();
    await stage.school.proctor.api.post<ExamTimes>(`/exams/${sealed.exam.id}/start`);
    const field = page.getByLabel('Bài làm');
    expect(await field.getAttribute('lang')).toBe('vi');
    await page.getByText('Nội dung · 1 điểm').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('chấp nhận mọi dòng sông');
    expect(await violations(page)).toEqual([]);
    candidate.complaints.splice(0);
    await field.fill(TEXT);
    await page.getByText(/^\d+\.\d+ từ · Yêu cầu 300–600 từ$/).waitFor();
    await field.blur();
    await page.locator('.save[data-status=saved]').waitFor();
    await page.reload();
    await page.locator('.save[data-status=saved]').waitFor();
    expect((await page.getByLabel('Bài làm').inputValue()) === TEXT).toBe(true);
    candidate.isServerAway = true;
    await stage.server.kill();
    await page.locator('.save[data-status=offline]').waitFor();
    await page.getByLabel('Bài làm').fill(`${TEXT}Hết.`);
    await page.getByLabel('Bài làm').blur();
    await stage.server.start();
    await page.locator('.save[data-status=saved]').waitFor();
    candidate.isServerAway = false;
    await page.locator('.moves .primary').click();
    await page.locator('.actions .primary').click();
    await page.locator('.counts').waitFor({ state: 'detached' });
    await page.locator('.actions .primary').click();
    await page.locator('.card .big').waitFor();
    expect(candidate.complaints).toEqual([]);
  },
);

it(
  'is marked without its name, and the result shows what each criterion gave',
  { timeout: TEST_MS },
  async () => {
    const { teacher } = stage.school;
    await reached(teacher.api, sealed.exam.id, 'closed');
    const watched = await openPage(await openBrowser(), {
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    const { page } = watched;
    await page.goto(`${stage.url}/staff/#/exams/${sealed.exam.id}`);
    await signStaffIn(page, teacher);
    await page.getByRole('link', { name: 'Chấm tự luận' }).click();
    await page.getByText('Đã chấm 0/1 bài').waitFor();
    await page.getByText('chấp nhận mọi dòng sông').waitFor();
    expect((await page.locator('.essay-text').textContent()) === `${TEXT}Hết.`).toBe(true);
    expect(await page.locator('main').innerText()).not.toMatch(new RegExp(`${PUPIL.name}|${PUPIL.number}`));
    expect(await inspect(watched)).toEqual([]);
    await mark(page, 'Nội dung', '1,5');
    await page.getByText('Nhập số điểm từ 0 đến 1,00').waitFor();
    await mark(page, 'Nội dung', '0,5');
    await mark(page, 'Diễn đạt', '1');
    await page.getByLabel('Nhận xét cho thí sinh').fill(COMMENT);
    await page.getByRole('button', { name: 'Lưu điểm' }).click();
    await page.getByText('Đã chấm 1/1 bài').waitFor();
    await teacher.api.finished<GradeSummary>(
      await teacher.api.post<JobView>(`/exams/${sealed.exam.id}/grade`),
    );
    await teacher.api.post(`/exams/${sealed.exam.id}/release`);
    await candidate.page.getByRole('button', { name: 'Xem kết quả' }).click();
    await candidate.page.getByText('Nội dung: 0,5').waitFor();
    await candidate.page.getByText(COMMENT).waitFor();
    expect([...watched.complaints, ...candidate.complaints]).toEqual([]);
  },
);

async function mark(page: Page, criterion: string, points: string): Promise<void> {
  await page.getByLabel(new RegExp(`^${criterion} \\(`)).fill(points);
}

import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { GradeSummary, JobView, ResultTable } from '#bank/protocol';
import { gather } from '../../scripts/steps/gather.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { filledBank, sealedExam } from '../support/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { inspect } from '../support/staff-page.ts';
import { signStaffIn } from '../support/sign-in.ts';

const PUPILS = [
  { number: '1001', name: 'Nguyễn Văn Bình' },
  { number: '1002', name: 'Trần Thị Lan' },
];
const TEST_MS = 120_000;

let stage: RunningSchool;
let watched: WatchedPage;
let exam: string;

beforeEach(needBrowser);

/** An exam that has closed, with a late answer of each candidate, the first without a line at the end, on the page of its proctor. */
beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool();
  const { school, url } = stage;
  const rows = ['A', 'B'].map((letter) => ({
    'Mã câu': `S${letter}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${letter}: một cộng một bằng bao nhiêu?`,
    'Đáp án': '2',
  }));
  const sealed = await sealedExam(school, {
    bank: await filledBank(school, ['Sóng'], rows),
    durationSeconds: 10,
    cells: [{ id: 'c1', count: 1, points: 1000, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
    pupils: PUPILS,
  });
  exam = sealed.exam.id;
  const candidates = await gather(url, sealed.slips);
  await school.proctor.api.post(`/exams/${exam}/start`);
  await Promise.all(candidates.map((candidate) => candidate.opened()));
  const [cutOff] = candidates;
  cutOff?.close();
  await reached(school.teacher.api, exam, 'closed');
  await cutOff?.connect();
  for (const candidate of candidates) {
    await candidate.answer(0, { x: '2' }).catch(() => undefined);
    candidate.close();
  }
  watched = await openPage(await openBrowser(), {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const { page } = watched;
  await page.goto(`${url}/staff/#/exams/${exam}`);
  await signStaffIn(page, school.proctor);
}, TEST_MS);

it('late answers stand on the page of their exam, and keep to its rules', { timeout: TEST_MS }, async () => {
  const { page } = watched;
  await page.getByRole('heading', { name: 'Câu trả lời đến muộn' }).waitFor();
  const items = page.getByRole('listitem').filter({ hasText: 'đến sau giờ làm bài' });
  expect(await items.count()).toBe(PUPILS.length);
  expect(await inspect(watched)).toEqual([]);
});

it('are decided on by the keyboard, and leave the page one by one', { timeout: TEST_MS }, async () => {
  const { page } = watched;
  for (const [place, { name }] of PUPILS.entries()) {
    const verb = place === 0 ? 'Tính vào bài' : 'Không tính';
    await page.getByLabel(`Lí do quyết định cho ${name}`).fill('Mạng của phòng thi bị ngắt.');
    const button = page.getByRole('button', { name: `${verb}: ${name}` });
    await button.press('Enter');
    await button.waitFor({ state: 'detached' });
  }
  await page.getByRole('heading', { name: 'Câu trả lời đến muộn' }).waitFor({ state: 'detached' });
  expect(watched.complaints).toEqual([]);
  const { api } = stage.school.teacher;
  await api.finished<GradeSummary>(await api.post<JobView>(`/exams/${exam}/grade`));
  const { rows } = await api.get<ResultTable>(`/exams/${exam}/results`);
  expect(rows.map(({ marks }) => marks?.rounded)).toEqual([1000, 0]);
});

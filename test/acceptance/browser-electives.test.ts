import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { ExamView, GradeSummary, JobView } from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import { createExam, enrol, reached, seal } from '../../scripts/steps/exam.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { hasBrowser, needBrowser, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { csvOf, filledBank } from '../support/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { signStaffIn } from '../support/sign-in.ts';
import { inspect } from '../support/staff-page.ts';

const TEST_MS = 180_000;
const TOPIC = 'Sóng';
const KIND = 'Trả lời số';

let stage: RunningSchool;
let exam: ExamView;
let staff: WatchedPage;

beforeEach(needBrowser);

beforeAll(async () => {
  if (!hasBrowser) return;
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const { teacher } = stage.school;
  const rows = Array.from({ length: 20 }, (_, i) => ({
    'Mã câu': `S${i}`,
    'Dạng câu': KIND,
    'Chủ đề': TOPIC,
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${i}: một cộng một bằng bao nhiêu?`,
    'Đáp án': '2',
  }));
  const bank = await filledBank(stage.school, [TOPIC], rows);
  exam = await createExam(teacher.api, { title: 'Kiểm tra', bank, durationSeconds: 40, profile: 'P1' });
  staff = await openPage(await openBrowser(), {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  await staff.page.goto(`${stage.url}/staff/#/exams/${exam.id}/matrix`);
  await signStaffIn(staff.page, teacher);
}, TEST_MS);

/** The fields of a part, from 0. */
function field(page: Page, part: number, name: string) {
  return page.getByLabel(`${name}: ${TOPIC}, ${KIND}, Biết`).nth(part);
}

it(
  'the teacher asks for two of three, and splits the paper into branches',
  { timeout: TEST_MS },
  async () => {
    const { page } = staff;
    await page.getByRole('button', { name: 'Một phần, một dạng câu' }).click();
    for (let part = 0; part < 2; part++) await page.getByRole('button', { name: 'Thêm phần' }).click();
    for (let part = 0; part < 3; part++) {
      await page
        .getByText(KIND, { exact: true })
        .nth(2 * part)
        .click();
      await field(page, part, 'Số câu').fill('2');
      await field(page, part, 'Điểm mỗi câu').fill('2,5');
    }
    await field(page, 0, 'Số câu').fill('3');
    await field(page, 0, 'Số câu phải làm').fill('4');
    await page
      .getByText(/I\.1.*4.*3/)
      .first()
      .waitFor();
    await field(page, 0, 'Số câu phải làm').fill('2');
    await page.getByText('trong 3 câu').waitFor();
    await page.getByRole('button', { name: 'Chia nhánh tự chọn' }).click();
    await page.getByLabel('Tên nhánh 1').fill('Khoa học máy tính');
    await page.getByLabel('Tên nhánh 2').fill('Tin học ứng dụng');
    await page.getByLabel('Ai làm phần này').nth(1).selectOption('Khoa học máy tính');
    await page.getByLabel('Ai làm phần này').nth(2).selectOption('Tin học ứng dụng');
    await page.getByText('7 câu · 10,00/10,00 điểm').waitFor();
    expect(await inspect(staff)).toEqual([]);
    await page.getByRole('button', { name: 'Lưu ma trận' }).click();
    await page.getByText('Đã lưu ma trận').waitFor();
    const { blueprint } = await stage.school.teacher.api.get<ExamView>(`/exams/${exam.id}`);
    expect(blueprint).toMatchObject({
      branches: [
        { id: 'b1', title: 'Khoa học máy tính' },
        { id: 'b2', title: 'Tin học ứng dụng' },
      ],
      parts: [{ cells: [{ count: 3, answer: 2, points: 250 }] }, { branch: 'b1' }, { branch: 'b2' }],
    });
  },
);

it(
  'and reads in the results which branch was chosen and what did not count',
  { timeout: TEST_MS },
  async () => {
    const { teacher, proctor } = stage.school;
    const list = csvOf([{ 'Số báo danh': '1001', 'Họ và tên': 'Nguyễn Văn Bình', Lớp: '11A1' }]);
    const slips = await enrol(teacher.api, exam.id, { name: 'lop.csv', bytes: list });
    await seal(teacher.api, exam.id);
    const [candidate] = await gather(stage.url, slips);
    if (!candidate) throw new Error('nobody came');
    await proctor.api.post(`/exams/${exam.id}/start`);
    await candidate.opened();
    await candidate.answer(candidate.paper.length, { b: 'b2' });
    for (const { slot } of candidate.paper) await candidate.answer(slot, { x: '2' });
    await candidate.submit();
    await reached(teacher.api, exam.id, 'closed');
    candidate.close();
    await teacher.api.finished<GradeSummary>(await teacher.api.post<JobView>(`/exams/${exam.id}/grade`));
    const { page } = staff;
    await page.goto(`${stage.url}/staff/#/exams/${exam.id}/results`);
    await page.getByRole('columnheader', { name: 'Điểm' }).waitFor();
    const row = page.getByRole('row', { name: /1001/ });
    await row.getByText('Nhánh Tin học ứng dụng · 3 câu làm thêm không tính').waitFor();
    expect((await row.innerText()).split(/\s*[\t\n]\s*/)).toEqual(
      expect.arrayContaining(['5,00', '0,00', '10,00']),
    );
    expect(await inspect(staff)).toEqual([]);
  },
);

import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import type { CandidateList, ExamView, SealedPaper } from '#bank/protocol';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { enrol, setMatrix } from '../../scripts/steps/exam.ts';
import { hasBrowser, needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { csvOf, filledBank } from '../support/exam.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { signStaffIn } from '../support/sign-in.ts';
import { inspect } from '../support/staff-page.ts';

const TEST_MS = 240_000;

beforeEach(needBrowser);

type Member = RunningSchool['school']['teacher'];

async function signIn(page: Page, url: string, path: string, member: Member): Promise<void> {
  await page.goto(`${url}/staff/#${path}`);
  await signStaffIn(page, member);
}

it(
  'forms are asked for, planned in shifts, sealed, reported on one page, and a reserve paper is issued',
  { timeout: TEST_MS },
  async () => {
    if (!hasBrowser) return;
    const { school, url } = await openSchool();
    const rows = Array.from({ length: 24 }, (_, index) => ({
      'Mã câu': `S${index}`,
      'Dạng câu': 'Trả lời số',
      'Chủ đề': 'Sóng',
      'Mức độ': 'Biết',
      'Nội dung': `Câu ${index}: một cộng một bằng bao nhiêu?`,
      'Đáp án': '2',
    }));
    await filledBank(school, ['Sóng'], rows);
    const browser = await openBrowser();
    const size = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const;
    const teacher = await openPage(browser, size);
    const { page } = teacher;
    await signIn(page, url, '/exams/new', school.teacher);
    await page.getByLabel('Tên kỳ thi').fill('Kiểm tra giữa kì I, Vật lí 11');
    await page.getByRole('radio', { name: 'Nhiều mã đề' }).check();
    await page.getByLabel('Mã đề mỗi ca').fill('2');
    await page.getByText('Tính số ca thi').click();
    await page.getByLabel('Số thí sinh').fill('12');
    await page.getByLabel('Số máy').fill('8');
    await page.getByText('7 máy dùng được: 2 ca, tổng cộng 2 giờ 10 phút, chia theo buổi: 2.').waitFor();
    await page.getByRole('button', { name: 'Dùng 2 ca này' }).click();
    expect(await page.getByLabel('Tổng số mã đề').inputValue()).toBe('4');
    await page.getByLabel('Số đề dự bị').fill('2');
    expect(await inspect(teacher)).toEqual([]);
    await page.getByRole('button', { name: 'Tạo kỳ thi' }).click();
    await page.getByText('4 mã đề, 2 ca, trùng tối đa 25% giữa hai ca').waitFor();
    const id = /exams\/([\w-]{22})/.exec(page.url())?.[1] ?? '';
    const cell = { id: 'c1', count: 8, points: 125, topic: 'Sóng', level: 'KNOW', kind: 'numeric' } as const;
    await setMatrix(school.teacher.api, id, { parts: [{ title: 'Phần I', cells: [cell] }] }, 1000);
    const pupils = Array.from({ length: 12 }, (_, index) => ({
      'Số báo danh': `10${index + 10}`,
      'Họ và tên': `Nguyễn Văn ${'ABCDEFGHIKLM'[index]}`,
    }));
    const slips = await enrol(school.teacher.api, id, { name: 'lop.csv', bytes: csvOf(pupils) });
    await page.reload();
    await page.getByRole('button', { name: 'Niêm phong…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Niêm phong' }).click();
    await page.getByRole('link', { name: 'Báo cáo công bằng' }).click();
    await page.getByText('Mọi điều kiện công bằng đều đạt').waitFor();
    await page.getByText('14 đề theo các mã đề tương đương.').waitFor();
    expect(await inspect(teacher)).toEqual([]);

    const slip = { exam: slips.exam, number: '1010', code: slips.slips[0]?.code };
    const before = new ApiClient(url);
    await before.post('/candidate/sign-in', slip);
    const former = await before.get<SealedPaper>('/candidate/paper');

    const proctor = await openPage(browser, size);
    await signIn(proctor.page, url, `/exams/${id}/candidates`, school.proctor);
    await proctor.page.getByRole('button', { name: 'Cấp đề dự bị cho thí sinh 1010' }).click();
    const dialog = proctor.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Đề đang làm có lỗi' }).check();
    await dialog.getByRole('button', { name: 'Cấp đề dự bị' }).click();
    await proctor.page.getByText('0105 (dự bị)').waitFor();
    expect(await inspect(proctor)).toEqual([]);
    await expect(before.get('/candidate/paper')).rejects.toMatchObject({ problem: { status: 401 } });
    const after = new ApiClient(url);
    await after.post('/candidate/sign-in', slip);
    const { candidates } = await school.proctor.api.get<CandidateList>(`/exams/${id}/candidates`);
    const paper = await after.get<SealedPaper>('/candidate/paper');
    expect(paper.attempt).toBe(candidates[0]?.attempt);
    expect(paper.attempt).not.toBe(former.attempt);
    const exam = await school.teacher.api.get<ExamView>(`/exams/${id}`);
    expect(exam).toMatchObject({ state: 'sealed', reserve: 2, reserveIssued: 1 });
  },
);

import { beforeEach, expect, it } from 'vitest';
import type { ExamView } from '#bank/protocol';
import { createExam } from '../../scripts/steps/exam.ts';
import { hasBrowser, needBrowser, openBrowser, openPage } from '../support/browser.ts';
import { filledBank, type QuestionRow } from '../support/exam.ts';
import { openSchool } from '../support/server.ts';
import { signStaffIn } from '../support/sign-in.ts';
import { inspect } from '../support/staff-page.ts';

const TEST_MS = 240_000;
const TOPIC = 'Đọc hiểu';

beforeEach(needBrowser);

function question(code: string, level: string, passage: string): QuestionRow {
  return {
    'Mã câu': code,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': TOPIC,
    'Mức độ': level,
    'Đoạn dẫn': passage,
    'Nội dung': `Câu ${code}: đoạn văn có bao nhiêu câu?`,
    'Đáp án': '2',
  };
}

/** Passages of two questions to recall and one to understand. */
const rows: QuestionRow[] = ['A', 'B'].flatMap((name) => [
  {
    'Mã câu': name,
    'Dạng câu': 'Đoạn dẫn',
    'Chủ đề': TOPIC,
    'Mức độ': 'Biết',
    'Nội dung': `Đoạn văn ${name} kể một chuyện ngắn.`,
  },
  question(`${name}1`, 'Biết', name),
  question(`${name}2`, 'Biết', name),
  question(`${name}3`, 'Hiểu', name),
]);

it(
  'passages are asked for on the matrix page, which says how many the bank has',
  { timeout: TEST_MS },
  async () => {
    if (!hasBrowser) return;
    const { school, url } = await openSchool();
    const bank = await filledBank(school, [TOPIC], rows);
    const plan = { title: 'Kiểm tra đọc hiểu', bank, durationSeconds: 2700, profile: 'P1' as const };
    const { id } = await createExam(school.teacher.api, plan);
    const browser = await openBrowser();
    const teacher = await openPage(browser, {
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    const { page } = teacher;
    await page.goto(`${url}/staff/#/exams/${id}/matrix`);
    await signStaffIn(page, school.teacher);
    await page.getByRole('button', { name: 'Một phần, một dạng câu' }).click();
    await page.getByRole('button', { name: 'Thêm đoạn dẫn' }).click();
    await page.getByLabel('Số đoạn dẫn').fill('3');
    await page.getByLabel('Dạng câu hỏi').selectOption({ label: 'Trả lời số' });
    const levels = page.getByRole('group', { name: 'Số câu mỗi đoạn, theo mức độ' });
    for (const [level, count] of [
      ['Biết', '2'],
      ['Hiểu', '1'],
      ['Vận dụng', '0'],
    ] as const)
      await levels.getByLabel(level, { exact: true }).fill(count);
    await page.getByText('3 đoạn dẫn × 3 câu = 9 câu · cần 3 đoạn, có 2').waitFor();
    await page.getByText('Ô I.1: cần 3 đoạn dẫn, mỗi đoạn 3 câu, có 2').waitFor();
    expect(await inspect(teacher)).toEqual([]);

    await page.getByLabel('Số đoạn dẫn').fill('2');
    await page.getByText('Ngân hàng đủ câu cho ma trận này.').waitFor();
    await page.getByLabel('Tổng điểm của đề').fill('1,5');
    await page.getByRole('button', { name: 'Lưu ma trận' }).click();
    await page.getByText('Đã lưu ma trận.').waitFor();
    const { blueprint } = await school.teacher.api.get<ExamView>(`/exams/${id}`);
    expect(blueprint?.parts[0]?.cells).toEqual([
      {
        id: 'I.1',
        count: 6,
        points: 25,
        topic: TOPIC,
        kind: 'numeric',
        passage: { levels: ['KNOW', 'KNOW', 'UNDERSTAND'] },
      },
    ]);
    await page.reload();
    await page.getByText('2 đoạn dẫn × 3 câu = 6 câu').waitFor();
    expect(await inspect(teacher)).toEqual([]);
  },
);

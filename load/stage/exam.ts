import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExamTimes } from '#bank/protocol';
import { importQuestions, reviewAll, sharedBank } from '../../scripts/steps/bank.ts';
import { createExam, seal, setMatrix } from '../../scripts/steps/exam.ts';
import { foundSchool, type School } from '../../scripts/steps/school.ts';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { SLOTS } from '../devices/answers.ts';

const TOPIC = 'Sóng';
/** Enough for papers that all differ. */
const QUESTIONS = 60;
/** The longest time that an exam may last. */
const HOURS = 12;

/** A sealed exam and who may start it. */
export interface PreparedExam {
  id: string;
  /** What candidates type at sign-in. */
  code: string;
  /** Session cookie of a proctor, good on every copy of the data folder. */
  proctor: string;
}

export interface PreparedSchool {
  school: School;
  bank: string;
}

/** Members of staff and a bank of approved questions, all by the interface that the staff's pages use. */
export async function prepareSchool(
  url: string,
  setupUrl: string | null,
  folder: string,
): Promise<PreparedSchool> {
  if (setupUrl === null) throw new Error('The data folder is not fresh.');
  const school = await foundSchool(url, setupUrl);
  const { teacher, reviewer } = school;
  const bank = await sharedBank(teacher.api, reviewer.api, 'Ngân hàng', [TOPIC]);
  const file = join(folder, 'cau-hoi.csv');
  await writeFile(file, questions());
  await importQuestions(teacher.api, bank.id, file);
  await reviewAll(teacher.api, reviewer.api, bank.id);
  return { school, bank: bank.id };
}

/** Matrix, class list and sealed papers for so many candidates; no access codes yet. */
export async function prepareExam(
  { school, bank }: PreparedSchool,
  candidates: number,
): Promise<PreparedExam> {
  const { teacher, proctor } = school;
  const plan = { title: 'Kiểm tra', bank, durationSeconds: HOURS * 3600, profile: 'P1' } as const;
  const { id, code } = await createExam(teacher.api, plan);
  const cell = { id: 'c1', count: SLOTS, points: 25, topic: TOPIC, level: 'KNOW', kind: 'choice' } as const;
  await setMatrix(teacher.api, id, { parts: [{ title: 'Phần I', cells: [cell] }] }, SLOTS * cell.points);
  await teacher.api.upload(`/exams/${id}/roster`, classList(candidates), 'lop.csv');
  await seal(teacher.api, id);
  return { id, code, proctor: proctor.api.cookie };
}

/** Starts the exam as its proctor does. */
export async function startExam(url: string, { id, proctor }: PreparedExam): Promise<ExamTimes> {
  const api = new ApiClient(url);
  api.cookie = proctor;
  return api.post<ExamTimes>(`/exams/${id}/start`);
}

function questions(): Buffer {
  const header = [
    'Mã câu',
    'Dạng câu',
    'Chủ đề',
    'Mức độ',
    'Nội dung',
    'Phương án A',
    'Phương án B',
    'Phương án C',
    'Phương án D',
    'Đáp án',
  ];
  const rows = Array.from({ length: QUESTIONS }, (_, i) => [
    `S-${i}`,
    'Một lựa chọn',
    TOPIC,
    'Biết',
    `Câu hỏi ${i}: sóng có phương trình $u = ${i + 1}\\cos(20\\pi t)$ cm. Biên độ của sóng là`,
    `${i + 1} cm`,
    `${i + 2} cm`,
    `${i + 3} cm`,
    `${i + 4} cm`,
    'A',
  ]);
  return csv([header, ...rows]);
}

function classList(candidates: number): Buffer {
  const rows = Array.from({ length: candidates }, (_, i) => [`${100_001 + i}`, 'Nguyễn Văn Bình', '11A1']);
  return csv([['Số báo danh', 'Họ và tên', 'Lớp'], ...rows]);
}

function csv(rows: readonly string[][]): Buffer {
  const lines = rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);
}

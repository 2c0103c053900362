import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { totalPoints } from '#bank/blueprint';
import type { AccessSlips, Blueprint, Cell, ExamProfile, ExamView } from '#bank/protocol';
import { importQuestions, reviewAll, sharedBank } from '../../scripts/steps/bank.ts';
import { createExam, enrol, seal, setMatrix } from '../../scripts/steps/exam.ts';
import type { School } from '../../scripts/steps/school.ts';
import { tempDir } from './temp-dir.ts';

/** Cells of a question by their header. */
export type QuestionRow = Record<string, string>;

export interface Pupil {
  number: string;
  name: string;
  /** Further cells of the class list by their header. */
  more?: QuestionRow;
}

/** Rows as the CSV that Excel writes: UTF-8 with byte order mark, every cell in quotes. */
export function csvOf(rows: readonly QuestionRow[]): Buffer {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ''))];
  const quoted = lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
  return Buffer.from(`\uFEFF${quoted.join('\r\n')}\r\n`);
}

function classListOf(pupils: readonly Pupil[]): Buffer {
  return csvOf(
    pupils.map(({ number, name, more }) => ({
      'Số báo danh': number,
      'Họ và tên': name,
      Lớp: '11A1',
      ...more,
    })),
  );
}

/** A shared bank with these questions, some of a file and some written, each approved by the second person. */
export async function filledBank(
  { teacher, reviewer }: School,
  topics: string[],
  rows: readonly QuestionRow[],
  written: readonly object[] = [],
): Promise<string> {
  const bank = await sharedBank(teacher.api, reviewer.api, 'Ngân hàng', topics);
  const file = join(tempDir(), 'cau-hoi.csv');
  writeFileSync(file, csvOf(rows));
  const { refused } = await importQuestions(teacher.api, bank.id, file);
  if (refused.length > 0) throw new Error(`Rows were refused: ${JSON.stringify(refused)}`);
  for (const item of written) await teacher.api.post(`/banks/${bank.id}/items`, item);
  const approved = await reviewAll(teacher.api, reviewer.api, bank.id);
  const count = rows.length + written.length;
  if (approved !== count) throw new Error(`${approved} of ${count} questions were approved.`);
  return bank.id;
}

interface ExamSetting {
  bank: string;
  durationSeconds: number;
  blueprint: Blueprint;
  pupils: readonly Pupil[];
  /** P1 when not given. */
  profile?: ExamProfile;
}

export interface SealedExam {
  exam: ExamView;
  slips: AccessSlips;
}

/** An exam of one part with sealed papers and access codes, ready to be started. */
export function sealedExam(
  school: School,
  { cells, ...setting }: Omit<ExamSetting, 'blueprint'> & { cells: Cell[] },
): Promise<SealedExam> {
  return sealedMatrix(school, { ...setting, blueprint: { parts: [{ title: 'Phần I', cells }] } });
}

/** The same of a whole matrix. */
export async function sealedMatrix({ teacher }: School, setting: ExamSetting): Promise<SealedExam> {
  const { bank, durationSeconds, blueprint, pupils, profile = 'P1' } = setting;
  const draft = await createExam(teacher.api, { title: 'Kiểm tra', bank, durationSeconds, profile });
  await setMatrix(teacher.api, draft.id, blueprint, totalPoints(blueprint));
  const slips = await enrol(teacher.api, draft.id, { name: 'lop.csv', bytes: classListOf(pupils) });
  return { exam: await seal(teacher.api, draft.id), slips };
}

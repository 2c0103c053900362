import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  BankView,
  CandidateList,
  ExamList,
  ExamView,
  ImportRowList,
  ImportStarted,
  ItemList,
  JobView,
  RosterReport,
} from '#bank/protocol';
import type { ApiClient } from '../../scripts/steps/api-client.ts';
import { createExam } from '../../scripts/steps/exam.ts';
import { expectSentences, inLanguage, problemOf, refusalOf, sentencesOf } from '../support/refusal.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';
import { workbookOf } from '../support/workbook.ts';

const MEGABYTE = 1024 * 1024;
const QUESTION_HEADERS = ['Mã câu', 'Dạng câu', 'Chủ đề', 'Mức độ', 'Nội dung', 'Đáp án'];
const LIST_HEADERS = ['Số báo danh', 'Họ và tên', 'Lớp'];
const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n');
/** Vietnamese as it was written before Unicode (TCVN3), which no program can tell from other letters. */
const OLD_QUESTIONS = Buffer.from(
  'M· c©u,D¹ng c©u,Chñ ®Ò,Møc ®é,Néi dung,§¸p ¸n\r\nC1,Tr¶ lêi sè,Sãng,BiÕt,Mét,1',
  'latin1',
);
const OLD_LIST = Buffer.from('Sè b¸o danh,Hä vµ tªn\r\n1001,NguyÔn V¨n B×nh\r\n', 'latin1');

let stage: RunningSchool;
let teacher: ApiClient;
let bank: string;
let exam: string;

beforeAll(async () => {
  stage = await openSchool();
  teacher = stage.school.teacher.api;
  bank = (await teacher.post<BankView>('/banks', { name: 'Toán', kind: 'personal', topics: ['Sóng'] })).id;
  const plan = { title: 'Kiểm tra', bank, durationSeconds: 600, profile: 'P0' as const };
  exam = (await createExam(teacher, plan)).id;
});

describe('a question file', () => {
  it.each<[string, string, Buffer, string, string]>([
    ['of a wrong type', 'cau-hoi.xlsx', PDF, 'file-type', 'PDF'],
    ['in an old encoding', 'cau-hoi.csv', OLD_QUESTIONS, 'file-encoding', 'UTF-8'],
    ['without content', 'cau-hoi.xlsx', Buffer.alloc(0), 'file-empty', ''],
  ])('%s is refused as a whole', async (_name, name, bytes, code, named) => {
    const { code: found, vi, en } = await unreadable(name, bytes);
    expect(found).toBe(code);
    for (const text of [vi, en]) expect(text).toContain(named);
    expect(await items()).toEqual([]);
  });

  it('with merged cells, a formula and an unknown topic loses these rows only, each named by its cell', async () => {
    const bytes = await workbookOf(
      [
        QUESTION_HEADERS,
        ['C1', 'Trả lời số', 'Sóng', 'Biết', 'Một cộng một bằng bao nhiêu?', '2'],
        ['C2', 'Trả lời số', 'Sóng', 'Biết', 'Hai cộng hai bằng bao nhiêu?', { formula: '2+2', result: 4 }],
        ['C3', 'Trả lời số', 'Sóng', 'Biết', 'Ba cộng ba bằng bao nhiêu?', '6'],
        ['C4', 'Trả lời số', 'Sóng', 'Biết', 'Bốn cộng bốn bằng bao nhiêu?', '8'],
        ['C5', 'Trả lời số', 'Quang học', 'Biết', 'Năm cộng năm bằng bao nhiêu?', '10'],
      ],
      (sheet) => sheet.mergeCells('C4:C5'),
    );
    const place = await preview('cau-hoi.xlsx', bytes);
    expect(await items()).toEqual([]);
    const found = await refusedRows(place);
    expect(found.map(({ cell, code }) => `${cell} ${code}`)).toEqual([
      'F3 cell-formula',
      'C4 cell-merged',
      'C5 cell-merged',
      'C6 topic-unknown',
    ]);
    for (const { vi, en } of found) expectSentences(vi, en);
    expect(found[1]?.en).toContain('C4:C5');
    expect(found[3]?.en).toMatch(/“Quang học”.*Sóng/);
    await finish(await teacher.post<ImportStarted>(`${place}/commit`));
    expect((await items()).map(({ code }) => code)).toEqual(['C1']);
  });

  it('of 200 MB is refused before it is read, and the server does not grow with it', async () => {
    const before = memoryOf(stage.server.pid);
    const list = await items();
    for (const path of [`/banks/${bank}/imports`, `/exams/${exam}/roster`]) {
      const huge = Buffer.alloc(200 * MEGABYTE);
      const { status, code, values, vi, en } = await refusalOf(teacher, (api) =>
        api.upload(path, huge, 'lon.xlsx'),
      );
      expect({ status, code }).toEqual({ status: 413, code: 'too-large' });
      for (const text of [vi, en]) expect(text).toContain(`${values['megabytes']} MB`);
    }
    expect(await (await fetch(`${stage.url}/readyz`)).json()).toEqual({ ready: true });
    expect(await items()).toEqual(list);
    const after = memoryOf(stage.server.pid);
    expect(after - before).toBeLessThan(100 * MEGABYTE);
  });
});

describe('a class list', () => {
  it.each<[string, string, Buffer, number, string, string]>([
    ['of a wrong type', 'lop.xlsx', PDF, 415, 'file-type', 'PDF'],
    ['in an old encoding', 'lop.csv', OLD_LIST, 415, 'file-encoding', 'UTF-8'],
    [
      'without a column of names',
      'lop.csv',
      Buffer.from('SBD,Lớp\n1001,11A1\n'),
      422,
      'file-header-missing',
      'Họ và tên',
    ],
  ])('%s is refused as a whole', async (_name, name, bytes, status, code, named) => {
    const refusal = await refusalOf(teacher, (api) => api.upload(`/exams/${exam}/roster`, bytes, name));
    expect(refusal).toMatchObject({ status, code });
    for (const text of [refusal.vi, refusal.en]) expect(text).toContain(named);
    expect(await candidates()).toEqual([]);
  });

  it('loses the rows that are wrong, each named by its cell, and no other', async () => {
    const bytes = await workbookOf(
      [
        LIST_HEADERS,
        ['1001', 'Nguyễn Văn Bình', '11A1'],
        ['1001', 'Trần Thị Cúc', '11A1'],
        ['1003', 'Lê Văn Dũng, Phạm Thị Em', '11A1'],
        ['1004', 'Đỗ Thị Giang', '11A1'],
        ['1005', 'Hồ Văn Hải', '11A1'],
        ['1006', { formula: 'B2&" B"', result: 'Nguyễn Văn Bình B' }, '11A1'],
        ['1007', 'Ngô Thị Khánh', '11A1'],
      ],
      (sheet) => sheet.mergeCells('C5:C6'),
    );
    const place = `/exams/${exam}/roster`;
    const previewed = await teacher.upload<RosterReport>(`${place}/preview`, bytes, 'lop.xlsx');
    expect(await candidates()).toEqual([]);
    const { rows, added, refused } = await teacher.upload<RosterReport>(place, bytes, 'lop.xlsx');
    expect(rows.flatMap(({ problems }) => problems)).toEqual(
      previewed.rows.flatMap(({ problems }) => problems),
    );
    expect({ added, refused }).toEqual({ added: 2, refused: 5 });
    const problems = rows.flatMap((row) => row.problems);
    expect(problems.map(({ cell, code }) => `${cell} ${code}`)).toEqual([
      'A3 roster-number-repeated',
      'B4 roster-name-double',
      'C5 cell-merged',
      'C6 cell-merged',
      'B7 cell-formula',
    ]);
    const sentences = problems.map(({ code, values }) => sentencesOf(code, values));
    expect(sentences[0]?.en).toMatch(/“1001”.*A2/);
    expect(sentences[0]?.vi).toMatch(/“1001”.*A2/);
    expect(await candidates()).toEqual(['1001', '1007']);
  });
});

describe('an exam', () => {
  const cell = { id: 'c1', count: 1, topic: 'Sóng', level: 'KNOW', kind: 'numeric' };
  const settings = {
    title: 'Kiểm tra',
    durationSeconds: 600,
    markingPolicy: 'vn-thpt-2025',
    showPoints: true,
  };

  it('whose points do not sum is told both sums, and keeps its matrix', async () => {
    const before = await teacher.get<ExamView>(`/exams/${exam}`);
    const blueprint = { parts: [{ title: 'Phần I', cells: [{ ...cell, points: 975 }] }] };
    const refusal = await refusalOf(teacher, (api) =>
      api.put(`/exams/${exam}/blueprint`, { blueprint, total: 1000 }),
    );
    expect(refusal).toMatchObject({ status: 400, code: 'blueprint-points-sum' });
    expect(refusal.vi).toMatch(/9,75.*10,00/);
    expect(refusal.en).toMatch(/9\.75.*10\.00/);
    expect(await teacher.get<ExamView>(`/exams/${exam}`)).toEqual(before);
  });

  it('with a deadline in the past is not made, and not changed', async () => {
    const before = await exams();
    const deadline = Date.UTC(2020, 0, 31, 7);
    for (const act of [
      (api: ApiClient) => api.post('/exams', { ...settings, bank, profile: 'P0', deadline }),
      (api: ApiClient) => api.put(`/exams/${exam}/settings`, { ...settings, deadline }),
    ]) {
      const refusal = await refusalOf(teacher, act);
      expect(refusal).toMatchObject({ status: 400, code: 'deadline-past' });
      for (const text of [refusal.vi, refusal.en]) expect(text).toContain('2020');
    }
    expect(await exams()).toEqual(before);
  });
});

async function preview(name: string, bytes: Buffer): Promise<string> {
  const started = await teacher.upload<ImportStarted>(`/banks/${bank}/imports`, bytes, name);
  await finish(started);
  return `/banks/${bank}/imports/${started.import}`;
}

async function finish({ job }: ImportStarted): Promise<void> {
  await teacher.finished(await teacher.get<JobView>(`/jobs/${job}`));
}

/** Why a question file cannot be read; the preview is gone then. */
async function unreadable(name: string, bytes: Buffer) {
  const started = await teacher.upload<ImportStarted>(`/banks/${bank}/imports`, bytes, name);
  const { status, code, values = {} } = await problemOf(finish(started));
  expect(status).toBe(409);
  await expect(teacher.get(`/banks/${bank}/imports/${started.import}`)).rejects.toMatchObject({
    problem: { status: 404 },
  });
  return { code, ...sentencesOf(code, values) };
}

/** The faults of the refused rows, in both languages. */
async function refusedRows(place: string) {
  const read = async (language: 'vi' | 'en') => {
    const { rows } = await inLanguage(teacher, language).get<ImportRowList>(`${place}/rows?status=refused`);
    return rows.flatMap(({ problems }) => problems);
  };
  const english = await read('en');
  return (await read('vi')).map(({ cell, code, text }, at) => ({
    cell,
    code,
    vi: text,
    en: english[at]?.text ?? '',
  }));
}

async function items() {
  return (await teacher.get<ItemList>(`/banks/${bank}/items`)).items;
}

async function candidates(): Promise<string[]> {
  const list = await teacher.get<CandidateList>(`/exams/${exam}/candidates`);
  return list.candidates.map(({ number }) => number);
}

async function exams() {
  return (await teacher.get<ExamList>('/exams')).exams;
}

/** The most memory that the process has ever held, in bytes; 0 where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

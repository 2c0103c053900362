import { beforeAll, describe, expect, it } from 'vitest';
import type {
  AccessSlips,
  ExamTimes,
  GradeSummary,
  JobView,
  JoinReply,
  Joined,
  PresencePage,
  ResultTable,
  SaveEntry,
  SaveReply,
} from '#bank/protocol';
import { ApiClient } from '../../scripts/steps/api-client.ts';
import { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { filledBank, sealedExam, type QuestionRow } from '../support/exam.ts';
import { loseLine } from '../support/dial.ts';
import { decideLate, lateOf } from '../support/late.ts';
import { refusalOf, sentencesOf } from '../support/refusal.ts';
import { openSchool, type RunningSchool } from '../support/server.ts';

const QUESTIONS = 2;
const DEVICE = 'tested';
const NUMBERS = ['1001', '1002'];
const IN_TIME: SaveEntry = { seq: 1, slot: 0, response: { x: '2' } };
const LATE: SaveEntry = { seq: 2, slot: 1, response: { x: '2' } };

let stage: RunningSchool;
let bank: string;

beforeAll(async () => {
  stage = await openSchool();
  bank = await filledBank(stage.school, ['Sóng'], questions());
});

describe('a second sign-in', () => {
  it('is refused with the time of the first, which goes on', async () => {
    const { slips } = await sealed(600);
    const first = await signedIn(slips, '1001');
    const second = new ApiClient(stage.url);
    const refusal = await refusalOf(second, (api) => api.post('/candidate/sign-in', signInOf(slips, '1001')));
    expect(refusal).toMatchObject({ status: 409, code: 'second-sign-in' });
    for (const text of [refusal.vi, refusal.en]) expect(text).toContain(String(refusal.values['time']));
    expect(Date.parse(String(refusal.values['time']))).not.toBeNaN();
    expect(await second.get('/candidate/me')).toBeNull();
    expect(await first.get('/candidate/me')).toMatchObject({ number: '1001' });
  });
});

describe('an answer to a question that is not on the paper', () => {
  let exam: string;
  let slips: AccessSlips;
  let api: ApiClient;

  beforeAll(async () => {
    ({ exam, slips } = await sealed(600));
    await start(exam);
    api = await signedIn(slips, '1001');
  });

  it('is refused by its number, together with what came with it', async () => {
    const { epoch } = await join(api);
    const entries: SaveEntry[] = [
      { seq: 1, slot: 0, response: { x: '2' } },
      { seq: 2, slot: QUESTIONS, response: { x: '2' } },
    ];
    const reply = await api.post<SaveReply>('/candidate/save', { epoch, entries });
    expect(reply).toMatchObject({ ok: false, code: 'no-such-slot', values: { number: QUESTIONS + 1 } });
    expectNumber(reply, QUESTIONS + 1);
    expect(await join(api)).toMatchObject({ answers: [], watermark: 0, nextSeq: 1 });
    expect(await standing(exam, '1001')).toMatchObject({ answered: 0, held: 0 });
    const right = await api.post<SaveReply>('/candidate/save', { epoch, entries: entries.slice(0, 1) });
    expect(right).toMatchObject({ ok: true, watermark: 1 });
  });

  it('is refused over the socket alike', async () => {
    const candidate = await connected(slips, '1002');
    await expect(candidate.answer(QUESTIONS, { x: '2' })).rejects.toMatchObject({ code: 'no-such-slot' });
    candidate.close();
    expect(await standing(exam, '1002')).toMatchObject({ answered: 0, held: 0, watermark: 0 });
  });

  it('in the form of another kind is refused by its number', async () => {
    const { epoch, nextSeq, answers } = await join(api);
    const entries = [{ seq: nextSeq, slot: 1, response: { c: 'AAAAAAAA' } }];
    const reply = await api.post<SaveReply>('/candidate/save', { epoch, entries });
    expect(reply).toMatchObject({ ok: false, code: 'wrong-answer-form', values: { number: 2 } });
    expectNumber(reply, 2);
    expect((await join(api)).answers).toEqual(answers);
  });
});

describe('a save after the deadline', () => {
  let exam: string;
  let api: ApiClient;
  let overHttp: SaveReply;
  let overSocket: unknown;

  beforeAll(async () => {
    let slips: AccessSlips;
    ({ exam, slips } = await sealed(10));
    api = await signedIn(slips, '1001');
    const played = await connected(slips, '1002');
    await start(exam);
    const { epoch } = await join(api);
    await api.post<SaveReply>('/candidate/save', { epoch, entries: [IN_TIME] });
    await played.answer(0, { x: '2' });
    await loseLine(api, DEVICE);
    await reached(stage.school.teacher.api, exam, 'closed');

    overHttp = await api.post<SaveReply>('/candidate/save', { epoch, entries: [LATE] });
    overSocket = await played.answer(LATE.slot, LATE.response).catch((error: unknown) => error);
    played.close();
  });

  it('is refused and held', async () => {
    expect(overHttp).toMatchObject({ ok: false, code: 'after-deadline' });
    expect(overSocket).toMatchObject({ code: 'after-deadline' });
    sentencesOf('after-deadline', {});
    for (const number of NUMBERS) {
      expect(await standing(exam, number)).toMatchObject({
        state: 'closed',
        answered: 1,
        watermark: 1,
        held: 1,
      });
    }
    expect((await join(api)).answers).toEqual(
      [IN_TIME].map(({ slot, seq, response }) => ({ slot, seq, response })),
    );
  });

  it('keeps grading waiting until somebody has decided', async () => {
    const refusal = await refusalOf(stage.school.teacher.api, (teacher) =>
      teacher.post(`/exams/${exam}/grade`),
    );
    expect(refusal).toMatchObject({ status: 409, code: 'late-undecided', values: { count: 2 } });
    for (const text of [refusal.vi, refusal.en]) expect(text).toContain(' 2 ');
    const late = await lateOf(stage.school.proctor.api, exam);
    expect(late.map(({ number, why, slots }) => ({ number, why, slots }))).toEqual(
      NUMBERS.map((number) => ({ number, why: ['after-deadline'], slots: [LATE.slot] })),
    );
  });

  it('never counts where the server had its line all the time', async () => {
    const kept = (await lateOf(stage.school.proctor.api, exam)).filter(({ mayCount }) => !mayCount);
    expect(kept.map(({ number }) => number)).toEqual(['1002']);
    const refusal = await refusalOf(stage.school.proctor.api, (proctor) =>
      decideLate(proctor, exam, kept[0]!, 'count'),
    );
    expect(refusal).toMatchObject({ status: 409, code: 'late-no-outage' });
  });

  it('counts only where a named person has decided so', async () => {
    const { proctor, teacher } = stage.school;
    for (const late of await lateOf(proctor.api, exam)) {
      const decided =
        late.number === '1001'
          ? await decideLate(proctor.api, exam, late, 'count')
          : await decideLate(teacher.api, exam, late, 'leave-out');
      expect(decided).toMatchObject({ answers: 1, sheet: 2 });
    }
    expect(await lateOf(proctor.api, exam)).toEqual([]);
    expect(await pointsOf(exam)).toEqual([1000, 500]);
  });
});

async function sealed(durationSeconds: number): Promise<{ exam: string; slips: AccessSlips }> {
  const { exam, slips } = await sealedExam(stage.school, {
    bank,
    durationSeconds,
    cells: [{ id: 'c1', count: QUESTIONS, points: 500, topic: 'Sóng', level: 'KNOW', kind: 'numeric' }],
    pupils: NUMBERS.map((number) => ({ number, name: 'Nguyễn Văn Bình' })),
  });
  return { exam: exam.id, slips };
}

function start(exam: string): Promise<ExamTimes> {
  return stage.school.proctor.api.post<ExamTimes>(`/exams/${exam}/start`);
}

function signInOf({ exam, slips }: AccessSlips, number: string) {
  return { exam, number, code: slips.find((slip) => slip.number === number)?.code ?? '' };
}

async function signedIn(slips: AccessSlips, number: string): Promise<ApiClient> {
  const api = new ApiClient(stage.url);
  await api.post('/candidate/sign-in', signInOf(slips, number));
  return api;
}

async function connected(slips: AccessSlips, number: string): Promise<PlayedCandidate> {
  const candidate = new PlayedCandidate(stage.url, number);
  await candidate.signIn(slips.exam, signInOf(slips, number).code);
  await candidate.connect();
  return candidate;
}

async function join(api: ApiClient): Promise<Joined> {
  const reply = await api.post<JoinReply>('/candidate/join', { device: DEVICE });
  if (!reply.ok) throw new Error(`Joining was refused: ${reply.code}`);
  return reply;
}

/** How the proctor sees a candidate. */
async function standing(exam: string, number: string) {
  const { candidates } = await stage.school.proctor.api.get<PresencePage>(`/exams/${exam}/presence`);
  return candidates.find((candidate) => candidate.number === number);
}

function expectNumber(reply: SaveReply, number: number): void {
  const { vi, en } = sentencesOf(reply.ok ? '' : reply.code, reply.ok ? {} : (reply.values ?? {}));
  for (const text of [vi, en]) expect(text).toContain(` ${number}`);
}

async function pointsOf(exam: string): Promise<(number | null)[]> {
  const { api } = stage.school.teacher;
  await api.finished<GradeSummary>(await api.post<JobView>(`/exams/${exam}/grade`));
  const { rows } = await api.get<ResultTable>(`/exams/${exam}/results`);
  return rows.map(({ marks }) => marks?.total ?? null);
}

function questions(): QuestionRow[] {
  return Array.from({ length: 4 }, (_, i) => ({
    'Mã câu': `S${i}`,
    'Dạng câu': 'Trả lời số',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu ${i}: một cộng một bằng bao nhiêu?`,
    'Đáp án': '2',
  }));
}

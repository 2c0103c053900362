import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type {
  Blueprint,
  CandidateResult,
  GradeSummary,
  JobView,
  JoinReply,
  PresencePage,
  Publication,
  Response,
  ResultTable,
  SaveReply,
} from '#bank/protocol';
import { freePort } from '../../scripts/process/free-port.ts';
import type { PlayedCandidate } from '../../scripts/steps/candidate.ts';
import { reached } from '../../scripts/steps/exam.ts';
import { gather } from '../../scripts/steps/gather.ts';
import { main as verifyPapers } from '../../scripts/verify/verify-papers.ts';
import { expectReceipts } from '../support/closed-exam.ts';
import { filledBank, sealedMatrix } from '../support/exam.ts';
import { openSchool, restartTime, type RunningSchool } from '../support/server.ts';
import { tempDir } from '../support/temp-dir.ts';

const RIGHT = { x: '2' };
const WRONG = { x: '3' };
/** Two for everybody, two of three to choose, and two of the branch: ten points on each way. */
const BLUEPRINT: Blueprint = {
  branches: [
    { id: 'cs', title: 'Khoa học máy tính' },
    { id: 'ict', title: 'Tin học ứng dụng' },
  ],
  parts: [
    { title: 'I. Chung', cells: [cell('all', 2, 100)] },
    { title: 'II. Chọn', cells: [{ ...cell('some', 3, 200), answer: 2 }] },
    { title: 'III. CS', branch: 'cs', cells: [cell('cs', 2, 200)] },
    { title: 'III. ICT', branch: 'ict', cells: [cell('ict', 2, 200)] },
  ],
};
const TOPICS = ['all', 'some', 'cs', 'ict'];
/** Behind the nine slots of the paper. */
const CHOICE = 9;

let stage: RunningSchool;
let exam: string;
let cs: PlayedCandidate;
let ict: PlayedCandidate;
let unsure: PlayedCandidate;

function cell(topic: string, count: number, points: number) {
  return { id: topic, count, points, topic, level: 'KNOW' as const, kind: 'numeric' as const };
}

/** Answers the questions of a topic in the order of the paper. */
async function answer(candidate: PlayedCandidate, topic: string, ...responses: Response[]): Promise<void> {
  for (const [place, response] of responses.entries()) {
    const slot = slotsOf(candidate, topic)[place];
    if (slot === undefined) throw new Error(`The paper has no question ${place} of ${topic}.`);
    await candidate.answer(slot, response);
  }
}

function slotsOf({ paper }: PlayedCandidate, topic: string): number[] {
  return paper.flatMap(({ slot, view }) =>
    JSON.stringify(view.stem).includes(`Câu ${topic} `) ? [slot] : [],
  );
}

/** One answer over HTTP, as from a device of which the server knows nothing yet. */
async function saveFrom(
  { api }: PlayedCandidate,
  device: string,
  slot: number,
  response: unknown,
): Promise<{ joined: Extract<JoinReply, { ok: true }>; saved: SaveReply }> {
  const joined = await api.post<JoinReply>('/candidate/join', { device });
  if (!joined.ok) throw new Error(joined.code);
  const { epoch, nextSeq: seq } = joined;
  const saved = await api.post<SaveReply>('/candidate/save', { epoch, entries: [{ seq, slot, response }] });
  return { joined, saved };
}

async function verify(publication: Publication): Promise<[number, string]> {
  const file = join(tempDir(), 'publication.json');
  writeFileSync(file, JSON.stringify(publication));
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const code = await verifyPapers([file, '--json']).finally(() => spy.mockRestore());
  return [code, lines.join('')];
}

async function resultOf({ api }: PlayedCandidate): Promise<CandidateResult> {
  return api.get<CandidateResult>('/candidate/result');
}

beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const { school, server, url } = stage;
  const rows = TOPICS.flatMap((topic) =>
    Array.from({ length: 6 }, (_, i) => ({
      'Mã câu': `${topic}${i}`,
      'Dạng câu': 'Trả lời số',
      'Chủ đề': topic,
      'Mức độ': 'Biết',
      'Nội dung': `Câu ${topic} ${i}: một cộng một bằng bao nhiêu?`,
      'Đáp án': '2',
    })),
  );
  const bank = await filledBank(school, TOPICS, rows);
  const sealed = await sealedMatrix(school, {
    bank,
    durationSeconds: Math.ceil((6 * (await restartTime(server))) / 1000) + 60,
    blueprint: BLUEPRINT,
    pupils: ['1001', '1002', '1003'].map((number) => ({ number, name: 'Nguyễn Văn Bình' })),
  });
  exam = sealed.exam.id;
  [cs, ict, unsure] = (await gather(url, sealed.slips)) as [
    PlayedCandidate,
    PlayedCandidate,
    PlayedCandidate,
  ];
  await school.proctor.api.post(`/exams/${exam}/start`);
  await Promise.all([cs, ict, unsure].map((candidate) => candidate.opened()));

  await cs.answer(CHOICE, { b: 'ict' });
  await answer(cs, 'ict', RIGHT, RIGHT);
  await ict.answer(CHOICE, { b: 'ict' });
  await answer(ict, 'some', RIGHT, WRONG, RIGHT);
  await answer(unsure, 'ict', WRONG);
  await server.kill();
  await server.start();
  await cs.answer(CHOICE, { b: 'cs' });
  await answer(cs, 'all', RIGHT, RIGHT);
  await answer(cs, 'some', RIGHT, null, RIGHT);
  await answer(cs, 'cs', RIGHT, RIGHT);
  await answer(ict, 'all', RIGHT, RIGHT);
  await answer(ict, 'ict', RIGHT, WRONG);
}, 240_000);

describe('of a paper with branches, and two of three to answer', () => {
  it('everybody holds every question, and the choice of a branch is an answer like any other', async () => {
    for (const candidate of [cs, ict, unsure])
      expect(TOPICS.map((topic) => slotsOf(candidate, topic).length)).toEqual([2, 3, 2, 2]);
    const { joined } = await saveFrom(cs, 'look-back', CHOICE, { b: 'art' });
    expect(joined.answers.find(({ slot }) => slot === CHOICE)?.response).toEqual({ b: 'cs' });
    const page = await stage.school.proctor.api.get<PresencePage>(`/exams/${exam}/presence`);
    expect(page.candidates.find(({ number }) => number === '1003')).toMatchObject({ answered: 1 });
    expect(page.candidates.find(({ number }) => number === '1002')).toMatchObject({ answered: 7 });
  });

  it.each([
    [CHOICE, { b: 'art' }, 'wrong-answer-form'],
    [CHOICE, RIGHT, 'wrong-answer-form'],
    [0, { b: 'cs' }, 'wrong-answer-form'],
    [CHOICE + 1, { b: 'cs' }, 'no-such-slot'],
  ])('an answer to slot %i that is %j is refused', async (slot, response, code) => {
    expect((await saveFrom(unsure, 'stray', slot, response)).saved).toMatchObject({ ok: false, code });
  });

  it('a choice outlives a crash of the server and another device', async () => {
    const [slot] = slotsOf(unsure, 'ict').slice(1);
    const { joined, saved } = await saveFrom(unsure, 'second', slot ?? -1, RIGHT);
    expect(joined.answers).toEqual([expect.objectContaining({ response: WRONG })]);
    expect(saved).toMatchObject({ ok: true });
    const [all] = slotsOf(unsure, 'all');
    expect((await saveFrom(unsure, 'second', all ?? -1, RIGHT)).saved).toMatchObject({ ok: true });
    expect((await saveFrom(ict, 'second', CHOICE, { b: 'cs' })).saved).toMatchObject({ ok: true });
    const { joined: back, saved: again } = await saveFrom(ict, 'third', CHOICE, { b: 'ict' });
    expect(back.answers.find((one) => one.slot === CHOICE)?.response).toEqual({ b: 'cs' });
    expect(again).toMatchObject({ ok: true });
  });

  it('only what counts is marked, and the maximum is that of one way', { timeout: 300_000 }, async () => {
    const { api } = stage.school.teacher;
    await reached(api, exam, 'closed');
    for (const candidate of [cs, ict, unsure]) candidate.close();
    const job = await api.post<JobView>(`/exams/${exam}/grade`);
    expect(await api.finished<GradeSummary>(job)).toMatchObject({ graded: 3, absent: 0 });
    await api.post(`/exams/${exam}/release`);
    const table = await api.get<ResultTable>(`/exams/${exam}/results`);
    expect(table.exam.max).toBe(1000);
    expect(table.parts.map(({ max }) => max)).toEqual([200, 400, 400, 400]);
    const [one, two, three] = table.rows.map(({ marks }) => marks);
    const [csTitle, ictTitle] = BLUEPRINT.branches?.map(({ title }) => title) ?? [];
    expect(one).toEqual({
      parts: [200, 400, 400, 0],
      total: 1000,
      rounded: 1000,
      branch: csTitle,
      surplus: 2,
    });
    expect(two).toEqual({
      parts: [200, 200, 0, 200],
      total: 600,
      rounded: 600,
      branch: ictTitle,
      surplus: 1,
    });
    expect(three).toEqual({
      parts: [100, 0, 0, 200],
      total: 300,
      rounded: 300,
      branch: ictTitle,
      surplus: 0,
    });
  });

  it('each is shown why a question gave nothing, in the order of the paper', async () => {
    const result = await resultOf(ict);
    expect(result).toMatchObject({ rounded: 600, max: 1000, branch: 'Tin học ứng dụng', surplus: 1 });
    const told = (topic: string) =>
      slotsOf(ict, topic).map((slot) => result.questions?.find((one) => one.slot === slot));
    expect(told('some').map((one) => [one?.points, one?.uncounted])).toEqual([
      [200, undefined],
      [0, undefined],
      [0, 'beyond-choice'],
    ]);
    expect(told('cs').map((one) => [one?.points, one?.uncounted])).toEqual([
      [0, 'other-branch'],
      [0, 'other-branch'],
    ]);
    const { questions } = await resultOf(cs);
    const blank = questions?.find(({ slot }) => slot === slotsOf(cs, 'some')[1]);
    expect(blank).toMatchObject({ points: 0, uncounted: 'beyond-choice' });
  });

  it('the receipt stands for the choice as well', async () => {
    expect(cs.given.filter(({ slot }) => slot === CHOICE)).toHaveLength(2);
    await expectReceipts(exam, [cs]);
  });

  it('strangers derive the papers again, and see when the branches are not worth the same', async () => {
    const { api } = stage.school.teacher;
    const publication = await api.get<Publication>(`/exams/${exam}/publication`);
    expect(publication.blueprint).toEqual(BLUEPRINT);
    expect((await verify(publication))[0]).toBe(0);
    const parts = publication.blueprint.parts.map((part) =>
      part.branch === 'ict'
        ? { ...part, cells: part.cells.map((one) => ('passage' in one ? one : { ...one, answer: 1 })) }
        : part,
    );
    const [code, out] = await verify({ ...publication, blueprint: { ...publication.blueprint, parts } });
    expect(code).toBe(1);
    expect(out).toContain('its branches are worth 1000, 800 hundredths');
  });
});

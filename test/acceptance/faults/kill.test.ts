import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  CandidateResult,
  ExamTimes,
  GradeSummary,
  JobView,
  PresencePage,
  Response,
  RichTextView,
  ResultTable,
} from '#bank/protocol';
import { freePort } from '../../../scripts/process/free-port.ts';
import { niem } from '../../../scripts/process/niem.ts';
import { Refusal, type PlayedCandidate } from '../../../scripts/steps/candidate.ts';
import { reached } from '../../../scripts/steps/exam.ts';
import { gather } from '../../../scripts/steps/gather.ts';
import { countUnknown, expectReceipts, lastResponses, saveAgain } from '../../support/closed-exam.ts';
import { filledBank, sealedExam, type QuestionRow } from '../../support/exam.ts';
import { ledgerActs } from '../../support/ledger.ts';
import { openSchool, restartTime, type RunningSchool } from '../../support/server.ts';

const SAVERS = 50;
const KILLS = 20;
const QUESTIONS = 24;
const PER_PAPER = 10;
const POINTS = 100;
const RIGHT = 'đúng';

interface SavesAtKill {
  /** Given to the server and not yet acknowledged. */
  inFlight: number;
}

let stage: RunningSchool;
let exam: string;
let candidates: PlayedCandidate[];
let grading: GradeSummary;
const kills: SavesAtKill[] = [];

beforeAll(async () => {
  stage = await openSchool({ NIEM_PORT: String(await freePort()) });
  const { school, server } = stage;
  const bank = await filledBank(school, ['Sóng'], questions());
  const restart = await restartTime(server);
  const sealed = await sealedExam(school, {
    bank,
    durationSeconds: Math.ceil((KILLS * (2 * restart + 1_000)) / 1_000) + 10,
    cells: [{ id: 'c1', count: PER_PAPER, points: POINTS, topic: 'Sóng', level: 'KNOW', kind: 'choice' }],
    pupils: Array.from({ length: SAVERS }, (_, i) => ({ number: `${1001 + i}`, name: 'Nguyễn Văn Bình' })),
  });
  exam = sealed.exam.id;
  candidates = await gather(stage.url, sealed.slips);
  await school.proctor.api.post<ExamTimes>(`/exams/${exam}/start`);
  await Promise.all(candidates.map((candidate) => candidate.opened()));
  await saveUnderKills();
  await Promise.all(
    candidates.filter((_, i) => i % 2 === 0).map((candidate) => candidate.submit().catch(onlyRefusals)),
  );
  await reached(school.teacher.api, exam, 'closed');
  for (const candidate of candidates) candidate.close();
  const job = await school.teacher.api.post<JobView>(`/exams/${exam}/grade`);
  grading = await school.teacher.api.finished<GradeSummary>(job);
  await school.teacher.api.post(`/exams/${exam}/release`);
}, 400_000);

describe('a server that is killed twenty times while fifty candidates save', () => {
  it('was killed with saves in flight', () => {
    expect(kills).toHaveLength(KILLS);
    expect(kills.filter(({ inFlight }) => inFlight > 0).length).toBeGreaterThan(KILLS / 2);
    for (const candidate of candidates) {
      expect(candidate.acknowledged).toBe(candidate.given.length);
      expect(candidate.acknowledged).toBeGreaterThanOrEqual(KILLS);
    }
  });

  it('shows each candidate the last acknowledged answer of every question', async () => {
    expect(await Promise.all(candidates.map((candidate) => candidate.countLost()))).toEqual(
      candidates.map(() => 0),
    );
  });

  it('holds every acknowledged answer with its number, question and content', async () => {
    const unknown = await Promise.all(candidates.map(countUnknown));
    expect(unknown).toEqual(candidates.map(() => 0));
  });

  it('takes no other answer for a number that is used', async () => {
    const replies = await Promise.all(
      candidates.map(async (candidate) => {
        const entry = candidate.given[randomInt(candidate.given.length)]!;
        return saveAgain(candidate, [{ ...entry, response: { c: 'AAAAAAAA' } }]);
      }),
    );
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, code: 'sequence-conflict' });
  });

  it('signs the answers that count in the receipt, whether handed in or closed', async () => {
    expect(candidates).toHaveLength(SAVERS);
    await expectReceipts(exam, candidates);
  });

  it('marks from the sheets exactly what was acknowledged', async () => {
    for (const candidate of candidates) {
      const { questions: marked } = await candidate.api.get<CandidateResult>('/candidate/result');
      const last = lastResponses(candidate);
      const expected = candidate.paper.map(({ slot, view }) => {
        const right =
          view.kind === 'choice' && view.options.find(({ text }) => plain(text).startsWith(RIGHT));
        const isRight = right && JSON.stringify(last[slot]) === JSON.stringify({ c: right.token });
        return { slot, points: isRight ? POINTS : 0 };
      });
      expect(marked?.map(({ slot, points }) => ({ slot, points }))).toEqual(expected);
    }
  });

  it('doubles nothing: one attempt, one start, one end and one result for each candidate', async () => {
    const acts = ledgerActs(stage.place.data);
    const count = (action: string) => acts.filter((act) => act.action === action).length;
    const objects = (action: string) =>
      new Set(acts.filter((act) => act.action === action).map(({ object }) => object)).size;
    expect([count('attempt.start'), objects('attempt.start')]).toEqual([SAVERS, SAVERS]);
    expect([count('attempt.submit'), objects('attempt.submit')]).toEqual([SAVERS / 2, SAVERS / 2]);
    expect([count('attempt.close'), objects('attempt.close')]).toEqual([SAVERS, SAVERS]);
    for (const action of ['exam.seal', 'exam.start', 'exam.close', 'exam.grade', 'exam.release'])
      expect([action, count(action)]).toEqual([action, 1]);
    expect(grading).toMatchObject({ graded: SAVERS, absent: 0 });
    const { teacher } = stage.school;
    const { candidates: present } = await teacher.api.get<PresencePage>(`/exams/${exam}/presence`);
    const held = new Map(present.map((row) => [row.number, row]));
    for (const { number, acknowledged } of candidates) {
      expect(held.get(number)).toMatchObject({ watermark: acknowledged, devices: 1 });
    }
    const { rows } = await teacher.api.get<ResultTable>(`/exams/${exam}/results`);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(SAVERS);
    expect(rows).toHaveLength(SAVERS);
  });

  it('leaves a record that verifies offline', async () => {
    const checked = await niem(['verify-log', `${stage.place.data}/ledger`, '--json']);
    expect(checked).toMatchObject({ code: 0 });
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true });
  });
});

/** Everybody saves without pause; each time all have been acknowledged something since the restart, it is killed. */
async function saveUnderKills(): Promise<void> {
  const { server } = stage;
  const saved = new Tally(SAVERS);
  const over = new AbortController();
  const savers = candidates.map(async (candidate, index) => {
    while (!over.signal.aborted) {
      await candidate.answer(...randomAnswer(candidate));
      saved.count(index);
    }
  });
  const killing = async () => {
    while (kills.length < KILLS) {
      await saved.all(randomInt(4 * SAVERS));
      if (over.signal.aborted) return;
      await server.kill();
      kills.push({ inFlight: sum(candidates.map(({ given, acknowledged }) => given.length - acknowledged)) });
      saved.reset();
      await server.start();
    }
    await saved.all(0);
    over.abort();
  };
  const stuck = () => {
    over.abort();
    saved.giveUp();
  };
  await Promise.all([killing(), ...savers.map((saver) => saver.catch(onlyRefusals).then(stuck))]);
}

/** Where answers were lost the server waits for them until the deadline: what is missing is told by the tests. */
function onlyRefusals(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

/** Tells when everybody has been acknowledged something, and so many acknowledgements more. */
class Tally {
  readonly #everybody: number;
  #seen = new Set<number>();
  #extra = 0;
  #onCount: () => void = () => undefined;
  #hasGivenUp = false;

  constructor(everybody: number) {
    this.#everybody = everybody;
  }

  /** Keeps nobody waiting any more. */
  giveUp(): void {
    this.#hasGivenUp = true;
    this.#onCount();
  }

  reset(): void {
    this.#seen = new Set();
    this.#extra = 0;
  }

  count(index: number): void {
    if (this.#seen.has(index)) this.#extra++;
    this.#seen.add(index);
    this.#onCount();
  }

  all(extra: number): Promise<void> {
    return new Promise((resolve) => {
      this.#onCount = () => {
        const isReached = this.#seen.size === this.#everybody && this.#extra >= extra;
        if (isReached || this.#hasGivenUp) resolve();
      };
      this.#onCount();
    });
  }
}

function randomAnswer({ paper }: PlayedCandidate): [number, Response] {
  const { slot, view } = paper[randomInt(paper.length)]!;
  if (view.kind !== 'choice') throw new Error('Only choices were drawn.');
  return [slot, { c: view.options[randomInt(view.options.length)]!.token }];
}

function questions(): QuestionRow[] {
  return Array.from({ length: QUESTIONS }, (_, i) => ({
    'Mã câu': `S-${i}`,
    'Dạng câu': 'Một lựa chọn',
    'Chủ đề': 'Sóng',
    'Mức độ': 'Biết',
    'Nội dung': `Câu hỏi ${i} về sóng.`,
    'Phương án A': `${RIGHT} ${i}`,
    'Phương án B': `sai ${i}`,
    'Phương án C': `chưa chắc ${i}`,
    'Phương án D': `không rõ ${i}`,
    'Đáp án': 'A',
  }));
}

function plain(text: RichTextView): string {
  return text
    .flat()
    .map((run) => (run.t === 'text' ? run.v : ''))
    .join('');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * Scenario A: a mid-term test of 252 pupils in Physics 11, in four shifts with two forms each, over the public
 * interface. Only signing in is left out, and the clock is the test's own, so that four hours pass at once.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ItemView } from '#bank/item';
import {
  computersFor,
  planShifts,
  type BankView,
  type CandidateList,
  type CandidateMe,
  type EssayList,
  type EssayToMark,
  type ExamCertificate,
  type ExamView,
  type ItemKindName,
  type ItemSummary,
  type Joined,
  type JobView,
  type Level,
  type Problem,
  type PresencePage,
  type Publication,
  type Response,
  type ResultTable,
  type ReviewReport,
  type RichText,
  type RichTextView,
  type SealedPaper,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import { main as verifyPapers } from '../../scripts/verify/verify-papers.ts';
import { openPaper } from '../../scripts/steps/open-paper.ts';
import { ended } from '../support/ports.ts';
import { staff } from '../support/staff.ts';
import { tempDir } from '../support/temp-dir.ts';
import { openWholeApi, type WholeApi } from '../support/whole-api.ts';

const PUPILS = 252;
const MINUTES = 45;
const TURNOVER = 20;

/**
 * The table of the scenario: strand, its share of the teaching periods, and cells of one kind and level. A true/false
 * item has two statements to recall and two to understand.
 */
const STRANDS: [
  topic: string,
  periods: number,
  cells: [ItemKindName, Level, count: number, points: number][],
][] = [
  [
    'Dao động',
    50,
    [
      ['choice', 'KNOW', 4, 25],
      ['choice', 'UNDERSTAND', 2, 25],
      ['tfCluster', 'UNDERSTAND', 1, 100],
      ['numeric', 'UNDERSTAND', 1, 50],
      ['numeric', 'APPLY', 1, 50],
      ['essay', 'KNOW', 1, 100],
    ],
  ],
  [
    'Sóng',
    30,
    [
      ['choice', 'KNOW', 2, 25],
      ['choice', 'UNDERSTAND', 1, 25],
      ['tfCluster', 'UNDERSTAND', 1, 100],
      ['numeric', 'UNDERSTAND', 1, 50],
      ['essay', 'APPLY', 1, 100],
    ],
  ],
  [
    'Sóng dừng',
    20,
    [
      ['choice', 'KNOW', 2, 25],
      ['choice', 'UNDERSTAND', 1, 25],
      ['numeric', 'APPLY', 1, 50],
      ['essay', 'APPLY', 1, 100],
    ],
  ],
];

const CELLS = STRANDS.flatMap(([topic, , cells], strand) =>
  cells.map(([kind, level, count, points], at) => ({
    id: `c${strand}${at}`,
    topic,
    kind,
    level,
    count,
    points,
  })),
);

const FORMS = {
  count: 8,
  perShift: 2,
  overlap: 25,
  maxUses: 4,
  spare: 1,
  seatsPerRoom: 36,
  seatsPerRow: 6,
};

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
const text = (v: string): RichText => [[{ t: 'text', v }]];

/** A question whose right answer can be read off it. */
function question(cell: (typeof CELLS)[number], index: number) {
  const { topic, level, kind, id } = cell;
  const base = { code: `${id}-${index}`, topic, level };
  const stem = text(`Câu ${id}-${index}`);
  const parts = (words: readonly string[]) =>
    words.map((word, at) => ({ id: 'abcd'.charAt(at), text: text(`${word} ${at}`) }));
  switch (kind) {
    case 'choice':
      return {
        ...base,
        content: { kind, stem, options: parts(['đúng', 'sai', 'sai', 'sai']), shuffle: true },
        key: { correct: ['a'] },
      };
    case 'tfCluster':
      return {
        ...base,
        content: { kind, stem, statements: parts(['đúng', 'sai', 'đúng', 'sai']) },
        key: { truth: { a: true, b: false, c: true, d: false } },
      };
    case 'numeric':
      return { ...base, content: { kind, stem }, key: { value: '2,5' } };
    default:
      return {
        ...base,
        content: { kind: 'essay', stem },
        key: { criteria: [{ id: 'a', title: 'Nội dung', levels: [{ points: 100, text: 'đủ ý' }] }] },
      };
  }
}

function isRight(view: RichTextView): boolean {
  return JSON.stringify(view).includes('đúng');
}

/** The right answer; essays are left blank by most. */
function rightAnswer(view: ItemView, writesEssays: boolean): Response {
  switch (view.kind) {
    case 'choice':
      return { c: view.options.find((option) => isRight(option.text))?.token ?? '' };
    case 'tfCluster':
      return { t: Object.fromEntries(view.statements.map((one) => [one.token, isRight(one.text)])) };
    case 'numeric':
      return { x: '2,5' };
    default:
      return writesEssays ? { e: 'Dao động là chuyển động qua lại quanh một vị trí.' } : null;
  }
}

type Candidates = CandidateList['candidates'];

class Played {
  /** What has been asked for once, as by the proxy of a room. */
  private readonly asked = new Map<string, Promise<Uint8Array>>();
  readonly api: WholeApi;

  constructor(api: WholeApi) {
    this.api = api;
    for (const role of ['teacher', 'proctor'] as const) api.signedIn.set(role, staff(role));
  }

  /** Lets a candidate in with the paper that they have now. */
  signIn({ id, number, attempt }: Candidates[number], at: string): void {
    const exam = at.replace('/exams/', '');
    this.api.signedIn.set(number, { kind: 'candidate', candidate: id, exam, attempt });
  }

  async ask<T>(who: string, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.api.served.call<T>(who, method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async refusal(who: string, method: string, path: string, body?: unknown): Promise<string> {
    return (await this.api.served.call<Problem>(who, method, path, body)).body.code;
  }

  async job(started: JobView): Promise<JobView> {
    const owner = this.api.signedIn.get('teacher');
    if (owner?.kind !== 'staff') throw new Error('nobody is signed in');
    return ended(this.api.jobs, owner, started.id);
  }

  join(pupil: string): Promise<Joined> {
    return this.ask<Joined>(pupil, 'POST', '/candidate/join', { device: pupil });
  }

  private box(pupil: string, address: string): Promise<Uint8Array> {
    const asked = this.asked.get(address) ?? this.ask<Buffer>(pupil, 'GET', `/candidate/boxes/${address}`);
    this.asked.set(address, asked);
    return asked;
  }

  /** Joins, opens the paper, answers everything right and hands in. */
  async write(pupil: string, writesEssays: boolean): Promise<void> {
    const sealed = await this.ask<SealedPaper>(pupil, 'GET', '/candidate/paper');
    const boxes = await Promise.all(
      sealed.addresses.map(async (address) => [address, await this.box(pupil, address)] as const),
    );
    const joined = await this.join(pupil);
    const paper = await openPaper({ ...sealed, boxes: new Map(boxes) }, joined.sectionKey ?? '');
    const entries = paper.map(({ slot, view }) => ({
      seq: slot + 1,
      slot,
      response: rightAnswer(view, writesEssays),
    }));
    const { epoch } = joined;
    await this.ask(pupil, 'POST', '/candidate/save', { epoch, entries });
    await this.ask(pupil, 'POST', '/candidate/submit', { epoch, lastSeq: entries.length });
  }
}

test('the matrix has the totals of the scenario', () => {
  const pointsOf = (cells: readonly (typeof CELLS)[number][]) =>
    sum(cells.map((one) => one.count * one.points));
  expect(STRANDS.map(([topic]) => pointsOf(CELLS.filter((cell) => cell.topic === topic)))).toEqual([
    450, 325, 225,
  ]);
  const kinds: ItemKindName[] = ['choice', 'tfCluster', 'numeric', 'essay'];
  expect(kinds.map((kind) => pointsOf(CELLS.filter((cell) => cell.kind === kind)))).toEqual([
    300, 200, 200, 300,
  ]);
  const ofLevel = (level: Level) =>
    pointsOf(CELLS.filter((one) => one.level === level && one.kind !== 'tfCluster'));
  const clusters = pointsOf(CELLS.filter(({ kind }) => kind === 'tfCluster')) / 2;
  expect([ofLevel('KNOW') + clusters, ofLevel('UNDERSTAND') + clusters, ofLevel('APPLY')]).toEqual([
    400, 300, 300,
  ]);
  for (const [topic, periods] of STRANDS) {
    const share = pointsOf(CELLS.filter((cell) => cell.topic === topic)) / 10;
    expect(Math.abs(share - periods)).toBeLessThanOrEqual(5);
  }
});

/** A bank with four times what the cells count, so that eight forms have little in common. */
async function fillBank(play: Played): Promise<string> {
  const topics = STRANDS.map(([topic]) => topic);
  const bank = await play.ask<BankView>('teacher', 'POST', '/banks', {
    name: 'Vật lí 11',
    kind: 'personal',
    topics,
  });
  const questions = CELLS.flatMap((cell) =>
    Array.from({ length: 4 * cell.count }, (_, index) => question(cell, index)),
  );
  const items = await Promise.all(
    questions.map(async (one) => {
      const made = await play.ask<ItemSummary>('teacher', 'POST', `/banks/${bank.id}/items`, one);
      return { item: made.id, version: made.version };
    }),
  );
  await play.ask('teacher', 'POST', `/banks/${bank.id}/submit`, { items });
  const approved = await play.ask<ReviewReport>('teacher', 'POST', `/banks/${bank.id}/approve`, { items });
  expect(approved).toMatchObject({ done: 84, refused: [] });
  return bank.id;
}

/** The exam with its matrix, 252 pupils of six classes, and sealed papers; gives its address. */
async function sealExam(play: Played, bank: string): Promise<string> {
  const exam = await play.ask<ExamView>('teacher', 'POST', '/exams', {
    title: 'Kiểm tra giữa kì I, Vật lí 11',
    bank,
    durationSeconds: MINUTES * 60,
    markingPolicy: 'vn-cv7991',
    showPoints: true,
    profile: 'P0',
    assembly: { forms: FORMS },
    reserve: 10,
  });
  const at = `/exams/${exam.id}`;
  const blueprint = { parts: [{ title: 'Đề', cells: CELLS }] };
  await play.ask('teacher', 'PUT', `${at}/blueprint`, { blueprint, total: 1000 });
  const rows = Array.from({ length: PUPILS }, (_, index) => {
    const letters = 'ABCDEFGHIKLMNOPQRSTUVXY';
    const name = `${letters.charAt(index % 23)}${letters.charAt(Math.floor(index / 23)).toLowerCase()}`;
    return `${110_001 + index},Nguyễn Văn ${name},11A${(index % 6) + 1}`;
  });
  const list = Buffer.from(['SBD,Họ và tên,Lớp', ...rows].join('\n'));
  await play.ask('teacher', 'POST', `${at}/roster?name=lop.csv`, list);
  const sealing = await play.job(await play.ask<JobView>('teacher', 'POST', `${at}/seal`));
  expect(sealing).toMatchObject({ state: 'done', result: { papers: PUPILS + 10 } });
  return at;
}

/** Who sits in a later shift waits, also when everybody's clock was stopped and goes on, and then has the whole time. */
async function beginShift(play: Played, at: string, shift: number, pupils: Candidates): Promise<void> {
  await play.ask('proctor', 'POST', `${at}/pause`, { decision: newId(), reason: 'alarm' });
  await play.ask('proctor', 'POST', `${at}/resume`, { decision: newId() });
  const waiting = await play.join(pupils[0]?.number ?? '');
  expect([waiting.state, waiting.sectionKey]).toEqual(['paused', undefined]);
  const started = await play.ask('proctor', 'POST', `${at}/shifts`, { shift });
  expect(started).toEqual({ shift, started: 63 });
}

/** A paper from the reserve has the time of the shift in which it is issued. */
async function issueReserve(play: Played, at: string, pupils: Candidates): Promise<void> {
  const { id, number, place } = pupils[0]!;
  await play.ask('proctor', 'POST', `${at}/candidates/${id}/reserve`, { reason: 'paper-faulty' });
  const { candidates } = await play.ask<CandidateList>('proctor', 'GET', `${at}/candidates`);
  const now = candidates.find((one) => one.id === id)!;
  expect(now).toMatchObject({ form: '0109', hasReserve: true, place });
  play.signIn(now, at);
  const endsAt = play.api.clock.time + MINUTES * 60_000;
  expect(await play.join(number)).toMatchObject({ state: 'running', endsAt });
}

async function markEssays(play: Played, at: string): Promise<void> {
  const { essays } = await play.ask<EssayList>('teacher', 'GET', `${at}/essays`);
  expect(essays).toHaveLength(24);
  for (const { essay } of essays) {
    const { criteria, version } = await play.ask<EssayToMark>('teacher', 'GET', `${at}/essays/${essay}`);
    const points = Object.fromEntries(criteria.map(({ id }) => [id, 100]));
    await play.ask('teacher', 'POST', `${at}/essays/${essay}`, { version, points });
  }
}

/** Most questions that forms of two shifts have in common. */
function overlapOf({ forms }: Publication): number {
  const items = forms?.list.slice(0, FORMS.count).map((form) => form.items) ?? [];
  const common = items.flatMap((form, one) =>
    items
      .filter((_, two) => Math.floor(one / 2) !== Math.floor(two / 2))
      .map((other) => form.filter((item) => other.includes(item)).length),
  );
  return Math.max(...common);
}

async function verify(publication: Publication, manifest: string): Promise<unknown> {
  const file = join(tempDir(), 'publication.json');
  writeFileSync(file, JSON.stringify(publication));
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  await verifyPapers([file, '--json', '--manifest', manifest]).finally(() => spy.mockRestore());
  return JSON.parse(lines.join(''));
}

test('75 computers, 71 seats and 252 pupils make four shifts of 45 + 20 minutes: 4 h 20', () => {
  const computers = computersFor(900, 12);
  const needs = { candidates: PUPILS, computers, sparePercent: 5, turnover: TURNOVER, halfDay: 300 };
  const plan = planShifts({ ...needs, minutes: MINUTES });
  expect({ computers, ...plan }).toMatchObject({ computers: 75, seats: 71, shifts: 4, minutes: 4 * 60 + 20 });
});

test(
  '252 pupils write eight forms in four shifts, and 7.0 points are marked by themselves',
  { timeout: 300_000 },
  async () => {
    const api = await openWholeApi();
    const play = new Played(api);
    const at = await sealExam(play, await fillBank(play));

    const certificate = await play.ask<ExamCertificate>('proctor', 'GET', `${at}/certificate`);
    expect(certificate.constraints.filter(({ holds }) => !holds)).toEqual([]);
    // 12 of four options and two clusters: the floor that the scenario names, 1.36 of 10
    expect(certificate.guessing).toEqual({ least: 136_250, most: 136_250, mean: 136_250 });
    expect(certificate.forms?.map(({ code, shift }) => `${code} ${shift ?? '-'}`)).toEqual([
      '0101 1',
      '0102 1',
      '0103 2',
      '0104 2',
      '0105 3',
      '0106 3',
      '0107 4',
      '0108 4',
      '0109 -',
    ]);
    const { candidates } = await play.ask<CandidateList>('proctor', 'GET', `${at}/candidates`);
    for (const one of candidates) play.signIn(one, at);
    const page = await play.ask<CandidateMe>(candidates[70]?.number ?? '', 'GET', '/candidate/me');
    expect(page.form).toBe(candidates[70]?.form);
    const shifts = [1, 2, 3, 4].map((shift) => candidates.filter(({ place }) => place?.shift === shift));
    expect(shifts.map(({ length }) => length)).toEqual([63, 63, 63, 63]);
    /** One pupil of each form writes the essays too. */
    const writers = new Set(new Map(candidates.map((one) => [one.form, one.number])).values());
    expect(writers.size).toBe(8);

    await play.ask('proctor', 'POST', `${at}/start`);
    for (const [index, pupils] of shifts.entries()) {
      if (index > 0) await beginShift(play, at, index + 1, pupils);
      if (index === 2) await issueReserve(play, at, pupils);
      const one = await play.join(pupils[5]?.number ?? '');
      expect((one.endsAt ?? 0) - api.clock.time).toBe(MINUTES * 60_000);
      await Promise.all(pupils.map(({ number }) => play.write(number, writers.has(number))));
      api.clock.time += (MINUTES + TURNOVER) * 60_000;
      expect(await play.refusal('teacher', 'GET', `${at}/publication`)).toBe('exam-not-closed');
    }
    expect(await play.refusal('proctor', 'POST', `${at}/shifts`, { shift: 5 })).toBe('shift-order');
    await api.delivery.closeDue();

    await markEssays(play, at);
    const grading = await play.job(await play.ask<JobView>('teacher', 'POST', `${at}/grade`));
    expect(grading).toMatchObject({ state: 'done' });
    const results = await play.ask<ResultTable>('teacher', 'GET', `${at}/results?limit=500`);
    const { candidates: seated } = await play.ask<CandidateList>('proctor', 'GET', `${at}/candidates`);
    expect(results.rows.map(({ number, form, marks }) => [number, form, marks?.total])).toEqual(
      seated.map(({ number, form }) => [number, form, writers.has(number) ? 1000 : 700]),
    );
    const { candidates: watched } = await play.ask<PresencePage>('proctor', 'GET', `${at}/presence`);
    expect(watched.map(({ form }) => form)).toEqual(seated.map(({ form }) => form));

    const publication = await play.ask<Publication>('teacher', 'GET', `${at}/publication`);
    expect(overlapOf(publication) / 21).toBeLessThanOrEqual(0.25);
    expect(await verify(publication, certificate.manifestHash)).toMatchObject({
      ok: true,
      papers: 262,
      verified: 262,
      failures: [],
    });
  },
);

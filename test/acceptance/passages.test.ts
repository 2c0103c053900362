/** Papers of whole passages from the bank to the verifier, over the public interface; only signing in is left out. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ItemView } from '#bank/item';
import type {
  AssembledMatrix,
  BankView,
  BlueprintReport,
  CandidateList,
  Cell,
  ExamCertificate,
  ExamView,
  ItemSummary,
  JobView,
  Joined,
  Level,
  Problem,
  Publication,
  RichText,
  SealedPaper,
} from '#bank/protocol';
import { openPaper } from '../../scripts/steps/open-paper.ts';
import { main as traceLeak } from '../../scripts/verify/trace-leak.ts';
import { main as verifyPapers } from '../../scripts/verify/verify-papers.ts';
import { ended } from '../support/ports.ts';
import { staff } from '../support/staff.ts';
import { tempDir } from '../support/temp-dir.ts';
import { openWholeApi, type WholeApi } from '../support/whole-api.ts';

const TOPIC = 'Đọc hiểu';
const LEVELS: Level[] = ['KNOW', 'KNOW', 'UNDERSTAND', 'APPLY'];
const PUPILS = 9;

const CELLS: Cell[] = [
  { id: 'R', count: 8, points: 100, topic: TOPIC, kind: 'choice', passage: { levels: LEVELS } },
  { id: 'G', count: 2, points: 100, topic: 'Ngữ pháp', level: 'KNOW', kind: 'choice' },
];

const text = (v: string): RichText => [[{ t: 'text', v }]];

function question(code: string, topic: string, level: Level, stimulus?: string) {
  const options = ['một', 'hai', 'ba', 'bốn'].map((word, at) => ({
    id: 'abcd'.charAt(at),
    text: text(`${word} ${code}`),
  }));
  return {
    code,
    topic,
    level,
    ...(stimulus && { stimulus }),
    content: { kind: 'choice', stem: text(`Câu ${code}`), options, shuffle: true },
    key: { correct: ['a'] },
  };
}

class Exam {
  readonly api: WholeApi;

  constructor(api: WholeApi) {
    this.api = api;
    api.signedIn.set('teacher', staff('teacher'));
    api.signedIn.set('proctor', staff('proctor'));
  }

  async ask<T>(who: string, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.api.served.call<T>(who, method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async refusal(method: string, path: string, body: unknown): Promise<Problem> {
    return (await this.api.served.call<Problem>('teacher', method, path, body)).body;
  }

  async seal(at: string): Promise<JobView> {
    const owner = this.api.signedIn.get('teacher');
    const job = await this.ask<JobView>('teacher', 'POST', `${at}/seal`);
    if (owner?.kind !== 'staff') throw new Error('nobody is signed in');
    return ended(this.api.jobs, owner, job.id);
  }
}

/** A bank with so many passages of six questions each, and twelve questions of grammar; `assembly` is of descriptions. */
async function fillBank(exam: Exam, passages: number, assembly?: object): Promise<string> {
  const topics = [TOPIC, 'Ngữ pháp'];
  const bank = await exam.ask<BankView>('teacher', 'POST', '/banks', {
    name: 'Tiếng Anh',
    kind: 'personal',
    topics,
  });
  const path = `/banks/${bank.id}/items`;
  const add = (item: object) => exam.ask<ItemSummary>('teacher', 'POST', path, item);
  const made: ItemSummary[] = [];
  for (let index = 0; index < passages; index++) {
    const content = { kind: 'description', stem: text(`Đoạn văn ${index}`) };
    const fields = {
      code: `P${index}`,
      topic: TOPIC,
      level: 'KNOW',
      content,
      key: {},
      ...(assembly && { assembly }),
    };
    const description = await add(fields);
    made.push(description);
    for (const [at, level] of [...LEVELS, 'KNOW' as const, 'APPLY' as const].entries())
      made.push(await add(question(`P${index}.${at}`, TOPIC, level, description.id)));
  }
  for (let index = 0; index < 12; index++) made.push(await add(question(`G${index}`, 'Ngữ pháp', 'KNOW')));
  const items = made.map(({ id, version }) => ({ item: id, version }));
  await exam.ask('teacher', 'POST', `/banks/${bank.id}/submit`, { items });
  await exam.ask('teacher', 'POST', `/banks/${bank.id}/approve`, { items });
  return bank.id;
}

async function draft(exam: Exam, bank: string, more: object = {}): Promise<string> {
  const { id } = await exam.ask<ExamView>('teacher', 'POST', '/exams', {
    title: 'Đọc hiểu',
    bank,
    durationSeconds: 1800,
    markingPolicy: 'vn-cv7991',
    showPoints: true,
    profile: 'P0',
    ...more,
  });
  return `/exams/${id}`;
}

function blueprintOf(cells: Cell[]) {
  const total = cells.reduce((sum, { count, points }) => sum + count * points, 0);
  return { blueprint: { parts: [{ title: 'Đề', cells }] }, total };
}

/** Kind of each slot, and of a question the code of its description. */
function passagesOf(paper: { view: ItemView }[]): string[] {
  const shown = paper.map(({ view }) => JSON.stringify(view));
  return shown.map((view) => /Đoạn văn \d+/.exec(view)?.[0] ?? /Câu (P\d|G)/.exec(view)?.[1] ?? '');
}

async function run(main: (argv: string[]) => Promise<number>, argv: string[]): Promise<unknown> {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  await main(argv).finally(() => spy.mockRestore());
  return JSON.parse(lines.join(''));
}

/** Whether a photo of one passage names some attempts and not all; it is not asked where candidates share forms. */
async function isSeenBySome({ snapshot, papers, forms }: Publication, file: string): Promise<boolean> {
  if (forms) return false;
  const description = snapshot.find(({ kind }) => kind === 'description')?.item ?? '';
  const seen = await run(traceLeak, [file, '--json', `--seen=${description}`]);
  const { attempts } = seen as { attempts: string[] };
  return attempts.length > 0 && attempts.length < papers.length;
}

test('refusals name what a cell of passages lacks', { timeout: 60_000 }, async () => {
  const exam = new Exam(await openWholeApi());
  const at = await draft(exam, await fillBank(exam, 1));
  const [passages, grammar] = CELLS as [Cell, Cell];
  const odd = await exam.refusal('PUT', `${at}/blueprint`, blueprintOf([{ ...passages, count: 7 }]));
  expect(odd).toMatchObject({ code: 'blueprint-passage-count', status: 400 });
  const short = await exam.refusal('PUT', `${at}/blueprint`, blueprintOf(CELLS));
  expect(short).toMatchObject({ code: 'blueprint-passages-short', status: 409 });
  expect(short.title).toContain('Đọc hiểu × Một lựa chọn × 2 Nhận biết, 1 Thông hiểu, 1 Vận dụng');
  const report = await exam.ask<BlueprintReport>(
    'teacher',
    'POST',
    `${at}/blueprint/check`,
    blueprintOf(CELLS),
  );
  expect(report.cells[0]).toMatchObject({ perPassage: 4, need: 8, have: 4, missing: 4 });
  const lacking: [string, string][] = [
    [await fillBank(exam, 0), 'blueprint-passages-none'],
    [await fillBank(exam, 2, { embargoUntil: '2999-01-01' }), 'blueprint-held'],
  ];
  for (const [bank, code] of lacking) {
    const none = await draft(exam, bank);
    const refused = await exam.refusal('PUT', `${none}/blueprint`, blueprintOf([passages, grammar]));
    expect(refused).toMatchObject({ code, status: 409 });
  }
  const official = await draft(exam, await fillBank(exam, 2), { profile: 'P1' });
  const self = await exam.refusal('PUT', `${official}/blueprint`, blueprintOf([passages]));
  expect(self).toMatchObject({ code: 'items-not-official', values: { count: 14, list: 'R' } });
});

test.each([
  ['dealt', {}],
  ['in reserve too', { reserve: 3 }],
  [
    'as forms',
    {
      assembly: {
        forms: {
          count: 4,
          perShift: 4,
          overlap: 100,
          maxUses: 4,
          spare: 1,
          seatsPerRoom: 12,
          seatsPerRow: 4,
        },
      },
      reserve: 1,
    },
  ],
])('two passages with four questions each, %s', { timeout: 120_000 }, async (_name, setting) => {
  const exam = new Exam(await openWholeApi());
  const at = await draft(exam, await fillBank(exam, 5), setting);
  await exam.ask('teacher', 'PUT', `${at}/blueprint`, blueprintOf(CELLS));
  const rows = Array.from(
    { length: PUPILS },
    (_, index) => `${101 + index},Nguyễn Văn ${'ABCDEGHIK'[index]}`,
  );
  const list = Buffer.from(['SBD,Họ và tên', ...rows].join('\n'));
  await exam.ask('teacher', 'POST', `${at}/roster?name=lop.csv`, list);
  expect(await exam.seal(at)).toMatchObject({ state: 'done' });
  const certificate = await exam.ask<ExamCertificate>('proctor', 'GET', `${at}/certificate`);
  expect(certificate.constraints.filter(({ name, holds }) => !holds && name !== 'score')).toEqual([]);
  expect(certificate.questions).toBe(10);
  const matrix = await exam.ask<AssembledMatrix>('teacher', 'GET', `${at}/matrix`);
  expect(
    matrix.variants.map(({ responses }) =>
      responses.filter(({ topic }) => topic === TOPIC).map(({ level, count }) => `${level} ${count}`),
    ),
  ).toEqual([['APPLY 2', 'KNOW 4', 'UNDERSTAND 2']]);

  const { candidates } = await exam.ask<CandidateList>('proctor', 'GET', `${at}/candidates`);
  for (const { id, number, attempt } of candidates)
    exam.api.signedIn.set(number, {
      kind: 'candidate',
      candidate: id,
      exam: at.replace('/exams/', ''),
      attempt,
    });
  await exam.ask('proctor', 'POST', `${at}/start`);
  for (const { number } of candidates) {
    const sealed = await exam.ask<SealedPaper>(number, 'GET', '/candidate/paper');
    const boxes = new Map<string, Uint8Array>();
    for (const address of sealed.addresses)
      boxes.set(address, await exam.ask<Buffer>(number, 'GET', `/candidate/boxes/${address}`));
    const { sectionKey = '' } = await exam.ask<Joined>(number, 'POST', '/candidate/join', { device: number });
    const shown = passagesOf(await openPaper({ ...sealed, boxes }, sectionKey));
    expect(shown).toHaveLength(12);
    const heads = shown.flatMap((one, index) => (one.startsWith('Đoạn văn') ? [index] : []));
    expect(heads).toHaveLength(2);
    for (const head of heads) {
      const code = shown[head]?.replace('Đoạn văn ', 'P');
      expect(shown.slice(head + 1, head + 5)).toEqual([code, code, code, code]);
    }
  }
  exam.api.clock.time += 3_600_000;
  await exam.api.delivery.closeDue();

  const publication = await exam.ask<Publication>('teacher', 'GET', `${at}/publication`);
  const file = join(tempDir(), 'publication.json');
  writeFileSync(file, JSON.stringify(publication));
  const papers = publication.papers.length;
  expect(await run(verifyPapers, [file, '--json', '--manifest', certificate.manifestHash])).toMatchObject({
    ok: true,
    papers,
    verified: papers,
    failures: [],
  });
  expect(await isSeenBySome(publication, file)).toBe(publication.forms === undefined);

  publication.blueprint.parts[0]!.cells[0] = {
    ...(CELLS[0] as Cell),
    passage: { levels: ['KNOW', 'KNOW', 'KNOW', 'APPLY'] },
  } as Cell;
  writeFileSync(file, JSON.stringify(publication));
  const forged = (await run(verifyPapers, [file, '--json'])) as { ok: boolean; verified: number };
  expect(forged.ok).toBe(false);
});

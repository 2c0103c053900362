/**
 * Bad input on the way to papers, over the public interface: each is refused by name, in sentences that say what to do,
 * and leaves nothing behind, neither in a record nor in the ledger. What is odd but right is done.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type {
  BankView,
  BlueprintReport,
  Cell,
  ExamCertificate,
  ExamView,
  ItemSummary,
  JobView,
  Problem,
  RichText,
} from '#bank/protocol';
import { eachDocument, type Documents, type Stored } from '#server/storage';
import { ended, leavesOf } from '../support/ports.ts';
import { expectSentences } from '../support/refusal.ts';
import { staff } from '../support/staff.ts';
import { openWholeApi, type WholeApi } from '../support/whole-api.ts';

const KEPT = [
  'bankMembers',
  'banks',
  'candidates',
  'exams',
  'items',
  'itemVersions',
  'keys',
  'papers',
  'pools',
  'reservePapers',
  'viewBoxes',
] as const satisfies readonly (keyof Documents)[];

const text = (v: string): RichText => [[{ t: 'text', v }]];
const CELL = {
  id: 'c1',
  count: 2,
  points: 500,
  topic: 'Sóng',
  level: 'KNOW',
  kind: 'choice',
} as const satisfies Cell;
const HELD = { ...CELL, id: 'c2', count: 1, topic: 'Dao động' } as const;

let api: WholeApi;
const teacher = staff('teacher');
let bank: string;
let exam: string;

beforeEach(async () => {
  api = await openWholeApi();
  api.signedIn.set('teacher', teacher);
  bank = await newBank();
  await addItems([
    ...[1, 2, 3, 4].map((index) => ({ code: `S${index}`, topic: 'Sóng' })),
    { code: 'D1', topic: 'Dao động', assembly: { embargoUntil: '2027-01-01' } },
    { code: 'D2', topic: 'Dao động', assembly: { embargoUntil: '2028-06-30' } },
  ]);
  exam = await newExam(bank);
});

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await api.served.call<T>('teacher', method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function newBank(): Promise<string> {
  const topics = ['Sóng', 'Dao động'];
  return (await ask<BankView>('POST', '/banks', { name: 'Vật lí', kind: 'personal', topics })).id;
}

function itemInput(changes: { code: string; topic: string; [more: string]: unknown }): object {
  const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: text(`phương án ${id}`) }));
  return {
    level: 'KNOW',
    content: { kind: 'choice', stem: text(`Câu ${changes.code}`), options, shuffle: true },
    key: { correct: ['a'] },
    ...changes,
  };
}

/** Adds approved items; gives their ids. */
async function addItems(inputs: readonly Parameters<typeof itemInput>[0][]): Promise<string[]> {
  const made = await Promise.all(
    inputs.map((input) => ask<ItemSummary>('POST', `/banks/${bank}/items`, itemInput(input))),
  );
  const items = made.map(({ id, version }) => ({ item: id, version }));
  await ask('POST', `/banks/${bank}/submit`, { items });
  await ask('POST', `/banks/${bank}/approve`, { items });
  return made.map(({ id }) => id);
}

async function newExam(from: string): Promise<string> {
  const settings = { title: 'Kiểm tra', durationSeconds: 600, markingPolicy: 'vn-thpt-2025' };
  const input = { ...settings, showPoints: true, profile: 'P0', bank: from };
  return (await ask<ExamView>('POST', '/exams', input)).id;
}

function setMatrix(blueprint: object, total = 1000): [string, string, unknown] {
  return ['PUT', `/exams/${exam}/blueprint`, { blueprint, total }];
}

const parts = (...cells: object[]) => ({ parts: [{ title: 'Phần I', cells }] });

function classList(count: number): Buffer {
  const rows = Array.from({ length: count }, (_, index) => `${100_001 + index},Nguyễn Văn An`);
  return Buffer.from(['Số báo danh,Họ và tên', ...rows].join('\n'));
}

/** Every document and every leaf, so that the least trace of a refused act shows. */
async function everything(): Promise<unknown> {
  const documents: Record<string, unknown[]> = {};
  for (const name of KEPT) {
    const found: unknown[] = [];
    for await (const doc of eachDocument(api.store, name, { index: '_id' })) found.push(doc);
    documents[name] = found;
  }
  return { documents, leaves: await leavesOf(api.audit) };
}

type Act = () => [method: string, path: string, body: unknown] | Promise<[string, string, unknown]>;

/** What has to stand in both sentences, besides that they are sentences. */
type Named = string[];

const BAD: [name: string, code: string, act: Act, Named][] = [
  [
    'two rows for one topic',
    'blueprint-row-repeated',
    () =>
      setMatrix({
        ...parts(CELL),
        rows: [
          { topic: 'Sóng', periods: 3 },
          { topic: 'Sóng', periods: 5 },
        ],
      }),
    ['Sóng'],
  ],
  [
    'two cells for the same questions',
    'blueprint-stratum-repeated',
    () => setMatrix(parts({ ...CELL, count: 1 }, { ...CELL, id: 'c9', count: 1 })),
    ['c9'],
  ],
  ['points that do not sum', 'blueprint-points-sum', () => setMatrix(parts(CELL), 900), ['10', '9']],
  [
    'an unknown level',
    'invalid-input',
    () => setMatrix(parts({ ...CELL, level: 'EXPERT' })),
    ['/blueprint/parts/0/cells/0'],
  ],
  [
    'a level in two columns of the scale',
    'blueprint-scale-level',
    () =>
      setMatrix({
        ...parts(CELL),
        scale: [
          { name: 'Biết', levels: ['KNOW', 'UNDERSTAND'] },
          { name: 'Hiểu', levels: ['UNDERSTAND', 'APPLY', 'APPLY_HIGH'] },
        ],
      }),
    [],
  ],
  [
    'a question that is its own enemy',
    'item-enemy-circular',
    () => [
      'POST',
      `/banks/${bank}/items`,
      itemInput({ code: 'S9', topic: 'Sóng', assembly: { enemies: ['s9'] } }),
    ],
    ['S9'],
  ],
  [
    'questions under embargo only',
    'blueprint-held',
    () => setMatrix(parts({ ...CELL, count: 1 }, HELD)),
    ['c2', '2027-01-01', '2028-06-30'],
  ],
  [
    'a question that is free before its description',
    'item-embargo-overlap',
    async () => {
      const description = { kind: 'description', stem: text('Đọc đoạn sau') };
      const base = { topic: 'Sóng', content: description, key: {} };
      const held = { code: 'DOC', ...base, assembly: { embargoUntil: '2028-01-01' } };
      const [stimulus] = await addItems([held]);
      const early = { code: 'S9', topic: 'Sóng', assembly: { embargoUntil: '2027-01-01' } };
      return ['POST', `/banks/${bank}/items`, itemInput({ ...early, stimulus })];
    },
    ['DOC', '2028'],
  ],
  [
    'a bank without questions',
    'blueprint-infeasible',
    async () => {
      exam = await newExam(await newBank());
      return setMatrix(parts(CELL));
    },
    ['c1', '0/2'],
  ],
  ['papers without a matrix', 'blueprint-missing', () => ['POST', `/exams/${exam}/seal`, undefined], []],
  [
    'papers for nobody',
    'roster-empty',
    async () => {
      await ask(...setMatrix(parts(CELL)));
      return ['POST', `/exams/${exam}/seal`, undefined];
    },
    [],
  ],
  [
    '100,000 candidates',
    'file-too-many-rows',
    () => ['POST', `/exams/${exam}/roster?name=lop.csv`, classList(100_000)],
    ['100', '20'],
  ],
  [
    'more candidates than an exam may have, in two lists',
    'roster-too-large',
    async () => {
      await ask('POST', `/exams/${exam}/roster?name=lop.csv`, classList(3));
      const rows = Array.from({ length: 19_998 }, (_, index) => `${200_001 + index},Lê Thị Bình`);
      const list = Buffer.from(['Số báo danh,Họ và tên', ...rows].join('\n'));
      return ['POST', `/exams/${exam}/roster?name=lop.csv`, list];
    },
    ['20'],
  ],
  [
    'a formula that divides by zero',
    'parametric-division',
    () => [
      'POST',
      `/banks/${bank}/variants`,
      {
        code: 'V',
        topic: 'Sóng',
        level: 'KNOW',
        item: {
          kind: 'numeric',
          stem: text('Chia cho @{a}'),
          parameters: [{ name: 'a', from: '0', to: '3', step: '1' }],
          derived: [],
          constraints: [],
          key: '1/a',
          distractors: [],
        },
      },
    ],
    ['1/a'],
  ],
];

describe('bad input for papers', () => {
  it.each(BAD)('%s: %s', async (_name, code, act, named) => {
    const [method, path, body] = await act();
    const before = await everything();
    const refused = async (language: string) =>
      api.served.call<Problem>('teacher', method, path, body, { 'accept-language': language });
    const [vi, en] = [await refused('vi'), await refused('en')];
    expect([vi.body.code, en.body.code, en.status]).toEqual([code, code, vi.status]);
    expect(vi.status).toBeGreaterThanOrEqual(400);
    expect(vi.status).toBeLessThan(500);
    expectSentences(vi.body.title, en.body.title);
    // two sentences at least: what is wrong, and what to do
    for (const { title } of [vi.body, en.body]) {
      expect(title.match(/[.!?](?= |$)/g)?.length).toBeGreaterThanOrEqual(2);
      for (const word of named) expect(title).toContain(word);
    }
    expect(await everything()).toEqual(before);
  });

  it('names the cell that embargoes empty while the matrix is edited, too', async () => {
    const [, , body] = setMatrix(parts({ ...CELL, count: 1 }, HELD));
    const before = await everything();
    const report = await ask<BlueprintReport>('POST', `/exams/${exam}/blueprint/check`, body);
    expect(report.feasible).toBe(false);
    expect(report.cells.find(({ cell }) => cell === 'c2')).toMatchObject({
      need: 1,
      have: 0,
      missing: 1,
      blocked: { embargo: 2 },
    });
    expect(await everything()).toEqual(before);
  });
});

describe('what is odd but right', () => {
  async function seal(): Promise<JobView> {
    const started = await ask<JobView>('POST', `/exams/${exam}/seal`);
    return ended(api.jobs, teacher, started.id);
  }

  async function sealed() {
    const of = { index: 'by_exam', equals: [exam] };
    const [papers, viewBoxes] = [[], []] as [Stored<'papers'>[], Stored<'viewBoxes'>[]];
    for await (const paper of eachDocument(api.store, 'papers', of)) papers.push(paper);
    for await (const box of eachDocument(api.store, 'viewBoxes', of)) viewBoxes.push(box);
    return { papers, viewBoxes };
  }

  it('one candidate gets a paper, and a certificate without neighbours', async () => {
    await ask(...setMatrix(parts(CELL)));
    await ask('POST', `/exams/${exam}/roster?name=lop.csv`, classList(1));
    expect(await seal()).toMatchObject({ state: 'done', result: { papers: 1 } });
    const certificate = await ask<ExamCertificate>('GET', `/exams/${exam}/certificate`);
    expect(certificate).toMatchObject({ papers: 1, neighbours: { pairs: 0, most: 0, mean: 0 } });
    expect(certificate.constraints.every(({ holds }) => holds)).toBe(true);
  });

  it('a bank that is emptied while papers are drawn from it gives all of them or none', async () => {
    await ask(...setMatrix(parts(CELL)));
    await ask('POST', `/exams/${exam}/roster?name=lop.csv`, classList(3));
    const { items } = await ask<{ items: ItemSummary[] }>('GET', `/banks/${bank}/items`);
    const sealing = seal();
    await Promise.all(items.map(({ id }) => ask('POST', `/banks/${bank}/items/${id}/retire`)));
    const { state } = await sealing;
    const { papers, viewBoxes } = await sealed();
    const boxes = new Set(viewBoxes.map(({ _id }) => _id));
    const found = {
      job: state,
      exam: (await ask<ExamView>('GET', `/exams/${exam}`)).state,
      papers: papers.map(({ kinds }) => kinds.join()),
      areWhole: papers.every(({ addresses }) => addresses.every((one) => boxes.has(one))),
    };
    expect([
      {
        job: 'done',
        exam: 'sealed',
        papers: Array.from({ length: 3 }, () => 'choice,choice'),
        areWhole: true,
      },
      { job: 'failed', exam: 'draft', papers: [], areWhole: true },
    ]).toContainEqual(found);
  });
});

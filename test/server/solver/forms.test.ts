import { beforeAll, describe, expect, it } from 'vitest';
import type { FormSeries, FormTask, Placed } from '#bank/assembly';
import { LEVELS, type PoolItem } from '#bank/protocol';
import { assembleForms, solveLp } from '#server/solver';
import { syntheticBank } from '../../../load/assembly/bank.ts';

let pool: PoolItem[];

beforeAll(() => {
  pool = syntheticBank(300, 'forms').pool.map((item, index) => ({
    ...item,
    ...(index % 10 === 0 && { stimulus: `passage${index % 50}` }),
    ...(index % 2 === 1 && { enemies: [`E${index % 30}`] }),
  }));
});

type Asked = Omit<FormTask, 'earlier' | 'costs'>;

/** Three formats as cells; topics and levels as margins across them. */
function interlocking(changes: Partial<Asked> = {}): Asked {
  return {
    pool,
    cells: [
      { id: 'I', count: 12, points: 25, kind: 'choice' },
      { id: 'II', count: 4, points: 100, kind: 'tfCluster' },
      { id: 'III', count: 6, points: 50, kind: 'numeric' },
    ],
    quotas: [
      ...LEVELS.slice(0, 3).map((level) => ({ id: level, level, least: 6, most: 9 })),
      ...Array.from({ length: 8 }, (_, at) => ({ id: `T${at + 1}`, topic: `T${at + 1}`, least: 2, most: 4 })),
    ],
    bands: [
      { measure: 'score', least: 480_000, most: 540_000 },
      { measure: 'time', least: 2700, most: 3300 },
    ],
    passages: { passages: { least: 2, most: 2 }, questions: { least: 2, most: 3 } },
    ...changes,
  };
}

/** So many forms of it, in which nothing is left to chance. */
function seriesOf(asked: Asked, forms: number, changes: Partial<FormSeries> = {}): FormSeries {
  const { bands = [], ...task } = asked;
  return {
    task,
    forms,
    limitOf: () => 6,
    maxUses: forms,
    bandsAt: () => [...bands],
    *costsOf() {
      for (;;) yield new Map(asked.pool.map(({ item }) => [item, 0]));
    },
    costOfUse: 0,
    ...changes,
  };
}

const SECONDS = 60;
const make = (asked: Asked, forms: number, changes: Partial<FormSeries> = {}) =>
  assembleForms(seriesOf(asked, forms, changes), SECONDS);

const idsOf = (form: readonly Placed[]) => form.map(({ item }) => item.item);
const count = (form: readonly Placed[], holds: (item: PoolItem) => boolean) =>
  form.filter(({ item }) => holds(item)).length;

/** Everything that a task asks, counted over the form. */
function expectKept(form: readonly Placed[], { cells, quotas = [], bands = [], passages }: FormTask): void {
  for (const { id, count: wanted, kind } of cells) {
    const mine = form.filter(({ cell }) => cell.id === id);
    expect(mine).toHaveLength(wanted);
    expect(mine.every(({ item }) => item.kind === kind)).toBe(true);
  }
  for (const { topic, level, least, most } of quotas) {
    const held = count(
      form,
      (item) => item.topic === (topic ?? item.topic) && item.level === (level ?? item.level),
    );
    expect(held).toBeGreaterThanOrEqual(least);
    expect(held).toBeLessThanOrEqual(most);
  }
  const sums = {
    score: form.reduce((sum, { item, cell }) => sum + cell.points * (item.facility ?? 0), 0),
    time: form.reduce((sum, { item }) => sum + (item.seconds ?? 0), 0),
  };
  for (const { measure, least, most } of bands) {
    if (typeof measure === 'number') continue;
    expect(sums[measure]).toBeGreaterThanOrEqual(least);
    expect(sums[measure]).toBeLessThanOrEqual(most);
  }
  const sets = form.flatMap(({ item }) => item.enemies ?? []);
  expect(new Set(sets).size).toBe(sets.length);
  expect(new Set(idsOf(form)).size).toBe(form.length);
  const stimuli = form.flatMap(({ item }) => item.stimulus ?? []);
  expect(new Set(stimuli).size).toBe(passages?.passages.most);
  for (const one of stimuli) {
    const questions = stimuli.filter((other) => other === one).length;
    expect(questions).toBeGreaterThanOrEqual(passages?.questions.least ?? 0);
    expect(questions).toBeLessThanOrEqual(passages?.questions.most ?? 0);
  }
}

describe('forms of an interlocking blueprint', () => {
  it('keep every margin, band, enemy, description and overlap, and come out the same again', async () => {
    const asked = interlocking();
    const { forms, doublings } = await make(asked, 3);
    expect(forms).toHaveLength(3);
    expect(doublings).toBe(0);
    for (const form of forms) expectKept(form, asked);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const first = new Set(idsOf(forms[a] ?? []));
      expect(idsOf(forms[b] ?? []).filter((id) => first.has(id)).length).toBeLessThanOrEqual(6);
    }
    expect((await make(asked, 3)).forms.map(idsOf)).toEqual(forms.map(idsOf));
  });

  it('are the most informative where that is asked for', async () => {
    const cells = [{ id: 'I', count: 5, points: 25, kind: 'choice' as const }];
    const asked = {
      pool: pool.map(({ enemies: _none, ...item }) => item),
      cells,
      mostInformationAt: 1 as const,
    };
    const [form = []] = (await make(asked, 1)).forms;
    const informationOf = ({ information = [] }: PoolItem) => information[1] ?? 0;
    const best = pool
      .filter(({ kind }) => kind === 'choice')
      .map(informationOf)
      .sort((a, b) => b - a)
      .slice(0, 5);
    expect(form.map(({ item }) => informationOf(item)).sort((a, b) => b - a)).toEqual(best);
  });

  it('are refused with the reason: what is short, or what binds', async () => {
    const short = interlocking({ quotas: [{ id: 'T9', topic: 'T9', least: 2, most: 3 }] });
    await expect(make(short, 1)).rejects.toMatchObject({
      code: 'form-shortage',
      values: { missing: 2, where: 'T9', form: 1 },
    });
    const bound = interlocking({ bands: [{ measure: 'time', least: 1, most: 60 }] });
    const shortest = await make(bound, 1).catch((error: unknown) => error);
    expect(shortest).toMatchObject({
      code: 'form-bound',
      values: {
        form: 1,
        list: expect.stringMatching(/^thời gian dự kiến \(giây\): nhiều nhất 60, phải nâng \d+$/),
      },
    });
  });
});

/** A pool of ten easy and ten hard questions, of which a form takes six. */
describe('a series of forms', () => {
  const ten = (id: string, facility: number): PoolItem[] =>
    Array.from({ length: 10 }, (_, index) => ({
      item: `${id}${index}`,
      version: 1,
      topic: 'T1',
      level: 'KNOW',
      kind: 'choice',
      parts: [],
      pinned: [],
      facility,
    }));
  const task = (): Asked => ({
    pool: [...ten('e', 900), ...ten('h', 100)],
    cells: [{ id: 'I', count: 6, points: 100, topic: 'T1' }],
  });

  it('uses no question on more forms than it may, and says where they run out', async () => {
    const even = { maxUses: 2, limitOf: () => Infinity, costOfUse: 1 };
    const { forms } = await make(task(), 6, even);
    const uses = new Map<string, number>();
    for (const id of forms.flatMap(idsOf)) uses.set(id, (uses.get(id) ?? 0) + 1);
    expect(Math.max(...uses.values())).toBeLessThanOrEqual(2);
    await expect(make(task(), 7, even)).rejects.toMatchObject({
      code: 'form-shortage',
      values: { form: 7, missing: 2, where: 'I' },
    });
  });

  it('doubles its bands as often as it must, and not once more', async () => {
    const bandsAt = (doublings: number) => [
      { measure: 'score' as const, least: 300_000, most: 300_000 + 1000 * 2 ** doublings },
    ];
    const odd = { ...task(), cells: [{ id: 'I', count: 5, points: 100, topic: 'T1' }] };
    // five questions sum up to 50,000 and 80,000 for each easy one: 370,000 is the first above 300,000
    const { forms, doublings } = await make(odd, 2, { bandsAt });
    expect(doublings).toBe(7);
    for (const form of forms)
      expect(form.reduce((sum, { item }) => sum + 100 * (item.facility ?? 0), 0)).toBe(370_000);
  });

  it('keeps apart only the forms that are limited', async () => {
    const limitOf = (one: number, other: number) => (one + other === 1 ? 0 : 6);
    const apart = { limitOf: () => 1 };
    await expect(make(task(), 4, apart)).rejects.toMatchObject({
      code: 'form-bound',
      values: {
        list: expect.stringMatching(/số câu trùng với đề thứ \d: nhiều nhất 1, phải nâng 1/),
        listEn: expect.stringMatching(/questions in common with form \d: at most 1, to be raised by 1/),
      },
    });
    const { forms } = await make(task(), 3, { limitOf });
    const first = new Set(idsOf(forms[0] ?? []));
    expect(idsOf(forms[1] ?? []).some((id) => first.has(id))).toBe(false);
  });
});

describe('a search', () => {
  it('tells how far it is, and ends with its signal', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const series = seriesOf(interlocking({ mostInformationAt: 0 }), 200, { limitOf: () => 5 });
    const ended = assembleForms(series, 300, {
      signal: stop.signal,
      progress: ({ nodes }) => {
        seen.push(nodes);
        stop.abort(new Error('enough'));
      },
    });
    await expect(ended).rejects.toThrow('enough');
    expect(seen.length).toBeGreaterThan(0);
  });

  it('says so when nothing can satisfy a model', async () => {
    const lp = 'Minimize\n cost: x\nSubject To\n a: x >= 2\nBounds\n 0 <= x <= 1\nGeneral\n x\nEnd\n';
    expect(await solveLp(lp, 10)).toEqual({ type: 'infeasible' });
  });
});

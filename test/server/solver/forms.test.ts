import { beforeAll, describe, expect, it } from 'vitest';
import type { FormTask, Placed } from '#bank/assembly';
import { LEVELS, type PoolItem } from '#bank/protocol';
import { assembleForms, solveLp, type FormSearch } from '#server/solver';
import { syntheticBank } from '../../../load/assembly/bank.ts';

let pool: PoolItem[];

beforeAll(() => {
  pool = syntheticBank(300, 'forms').pool.map((item, index) => ({
    ...item,
    ...(index % 10 === 0 && { stimulus: `passage${index % 50}` }),
    ...(index % 2 === 1 && { enemies: [`E${index % 30}`] }),
  }));
});

/** Three formats as cells; topics and levels as margins across them. */
function interlocking(changes: Partial<FormSearch> = {}): FormSearch {
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
    forms: 3,
    overlap: 6,
    secondsEach: 60,
    ...changes,
  };
}

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
    const search = interlocking();
    const forms = await assembleForms(search);
    expect(forms).toHaveLength(3);
    for (const form of forms) expectKept(form, search);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const first = new Set(idsOf(forms[a] ?? []));
      expect(idsOf(forms[b] ?? []).filter((id) => first.has(id)).length).toBeLessThanOrEqual(6);
    }
    expect((await assembleForms(search)).map(idsOf)).toEqual(forms.map(idsOf));
  });

  it('are the most informative where that is asked for', async () => {
    const cells = [{ id: 'I', count: 5, points: 25, kind: 'choice' as const }];
    const [form = []] = await assembleForms({
      pool: pool.map(({ enemies: _none, ...item }) => item),
      cells,
      mostInformationAt: 1,
      forms: 1,
      overlap: 0,
      secondsEach: 30,
    });
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
    await expect(assembleForms(short)).rejects.toMatchObject({
      code: 'form-shortage',
      values: { missing: 2, where: 'T9' },
    });
    const bound = interlocking({ bands: [{ measure: 'time', least: 1, most: 60 }] });
    await expect(assembleForms(bound)).rejects.toMatchObject({ code: 'form-bound', values: { form: 1 } });
    const alike = interlocking({
      cells: [{ id: 'I', count: 1, points: 25, items: [pool[0]?.item ?? ''] }],
      quotas: [],
      bands: [],
      passages: { passages: { least: 0, most: 9 }, questions: { least: 1, most: 9 } },
      overlap: 0,
    });
    await expect(assembleForms(alike)).rejects.toMatchObject({ code: 'form-bound', values: { form: 2 } });
  });
});

describe('a search', () => {
  it('tells how far it is, and ends with its signal', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const search = interlocking({ forms: 200, overlap: 5, mostInformationAt: 0, secondsEach: 300 });
    const ended = assembleForms(search, {
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

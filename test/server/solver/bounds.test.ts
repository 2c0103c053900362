import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formModel, satisfies, type FormTask } from '#bank/assembly';
import type { PoolItem, Relaxation } from '#bank/protocol';
import { findBounds } from '#server/solver';
import { sentencesOf } from '../../support/refusal.ts';

const item = (id: string, facility: number, changes: Partial<PoolItem> = {}): PoolItem => ({
  item: id,
  version: 1,
  topic: 'Sóng',
  level: 'KNOW',
  kind: 'numeric',
  parts: [],
  pinned: [],
  facility,
  ...changes,
});

const POINTS = 10;

/** A form of a few items, held to a score and to what it has in common with an earlier one. */
const tasks: fc.Arbitrary<FormTask> = fc
  .record({
    facilities: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 6 }),
    count: fc.integer({ min: 1, max: 3 }),
    least: fc.integer({ min: 0, max: 300 }),
    width: fc.integer({ min: 0, max: 40 }),
    known: fc.integer({ min: 0, max: 6 }),
    most: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ facilities, count, least, width, known, most }) => {
    const pool = facilities.map((facility, at) => item(`i${at}`, facility));
    const items = pool.slice(0, known).map((one) => one.item);
    return {
      pool,
      cells: [{ id: 'a', count, points: POINTS }],
      bands: [{ measure: 'score' as const, least, most: least + width }],
      earlier: [{ form: 1, items, most }],
    };
  });

/** Halves of the band's width, and questions, by which the best of all forms misses its bounds. */
function leastByTrying({ pool, cells: [cell], bands: [band] = [], earlier: [first] = [] }: FormTask): number {
  const unit = Math.max(1, ((band?.most ?? 0) - (band?.least ?? 0)) / 2);
  let least = Infinity;
  const tryFrom = (at: number, chosen: readonly PoolItem[]): void => {
    if (chosen.length === cell?.count) {
      const score = chosen.reduce((sum, { facility = 0 }) => sum + POINTS * facility, 0);
      const off = Math.max(0, score - (band?.most ?? 0), (band?.least ?? 0) - score);
      const common = chosen.filter((one) => first?.items.includes(one.item)).length;
      least = Math.min(least, off / unit + Math.max(0, common - (first?.most ?? 0)));
      return;
    }
    for (let next = at; next < pool.length; next++) {
      const one = pool[next];
      if (one) tryFrom(next + 1, [...chosen, one]);
    }
  };
  tryFrom(0, []);
  return least;
}

/** The task with its bounds moved as it was told. */
function relaxed(task: FormTask, relaxations: readonly Relaxation[]): FormTask {
  const by = (bound: Relaxation['bound'], side: Relaxation['side']): number =>
    relaxations.find((one) => one.bound === bound && one.side === side)?.by ?? 0;
  return {
    ...task,
    bands: (task.bands ?? []).map((band) => ({
      ...band,
      least: band.least - by('score', 'least'),
      most: band.most + by('score', 'most'),
    })),
    earlier: (task.earlier ?? []).map((one) => ({ ...one, most: one.most + by('overlap', 'most') })),
  };
}

/** Whether some choice of items satisfies the rows of a task, by trying all. */
function canBeMade(task: FormTask): boolean {
  const { model, places } = formModel(task);
  return Array.from({ length: 2 ** places.length }, (_, bits) =>
    places.map((_place, at) => (bits >> at) & 1),
  ).some((values) => satisfies(model, values));
}

describe('what binds a form', () => {
  it('is the least that must be moved, as trying everything finds, and moving it is enough', async () => {
    await fc.assert(
      fc.asyncProperty(tasks, async (task) => {
        const found = await findBounds(task);
        const [band] = task.bands ?? [];
        const unit = Math.max(1, ((band?.most ?? 0) - (band?.least ?? 0)) / 2);
        const cost = found.reduce((sum, { bound, by }) => sum + (bound === 'score' ? by / unit : by), 0);
        expect(cost).toBeCloseTo(leastByTrying(task), 6);
        expect(canBeMade(relaxed(task, found))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('names descriptions and their questions too', async () => {
    const pool = ['a', 'b', 'c'].map((id) => item(id, 500, { stimulus: `text ${id}` }));
    const cells = [{ id: 'I', count: 3, points: POINTS }];
    const passages = { passages: { least: 0, most: 2 }, questions: { least: 1, most: 3 } };
    expect(await findBounds({ pool, cells, passages })).toEqual([
      { bound: 'passages', side: 'most', limit: 2, by: 1 },
    ]);
    const together = pool.map((one) => ({ ...one, stimulus: 'text' }));
    const few = { passages: { least: 1, most: 1 }, questions: { least: 1, most: 2 } };
    expect(await findBounds({ pool: together, cells, passages: few })).toEqual([
      { bound: 'passage-questions', side: 'most', limit: 2, by: 1 },
    ]);
  });

  it('is told in sentences of both languages', () => {
    const { vi, en } = sentencesOf('form-bound', { form: 3, list: 'A', listEn: 'B' });
    expect(vi).toContain('đề thứ 3 không giữ được: A.');
    expect(en).toContain('form 3 cannot keep these limits: B.');
  });
});

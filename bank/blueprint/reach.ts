import type { Cell, PoolItem } from '#bank/protocol';
import { facilityOf } from './facility.ts';
import { questionsOfPassage, type Passage } from './passages.ts';

/** Lowest and highest value that papers can have. */
export interface Range {
  min: number;
  max: number;
}

/** Between which bounds every paper lies that the bank can fill the blueprint with. */
export interface Reach {
  /** Expected score in 1/100,000 of a point. */
  score: Range;
  /** Expected seconds; absent when some item of the cells does not tell its time. */
  seconds?: Range;
}

/**
 * Adds up, cell by cell, the easiest and the hardest questions, the quickest and the slowest. Cells that share items are
 * taken by themselves, and enemies not into account, so papers may not reach the bounds, but never pass them.
 *
 * @param stock the items that fit each cell
 * @param passages instead of them, of a cell of passages
 */
export function reachOf(
  cells: readonly Cell[],
  stock: readonly (readonly PoolItem[])[],
  passages: readonly (readonly Passage[] | undefined)[],
): Reach {
  const sumOf = (value: (item: PoolItem) => number, worth: (cell: Cell) => number): Range => {
    const ranges = cells.map((cell, index) => {
      const whole = passages[index];
      const { min, max } = whole
        ? passageExtremes(whole, cell.count, value)
        : extremes(Int32Array.from(stock[index] ?? [], value), cell.count);
      return { min: worth(cell) * min, max: worth(cell) * max };
    });
    return ranges.reduce((sum, one) => ({ min: sum.min + one.min, max: sum.max + one.max }), {
      min: 0,
      max: 0,
    });
  };
  const score = sumOf(facilityOf, ({ points }) => points);
  const told = [...stock, ...passages.map((whole = []) => whole.flatMap(questionsOfPassage))];
  const allTell = told.every((items) => items.every(({ seconds }) => seconds !== undefined));
  return {
    score,
    ...(allTell && {
      seconds: sumOf(
        ({ seconds = 0 }) => seconds,
        () => 1,
      ),
    }),
  };
}

/** The same of whole passages, which together have `count` questions. */
function passageExtremes(
  passages: readonly Passage[],
  count: number,
  value: (item: PoolItem) => number,
): Range {
  const ranges = passages.map(({ choices }) =>
    choices
      .map((choice) => extremes(Int32Array.from(choice.from, value), choice.count))
      .reduce((sum, one) => ({ min: sum.min + one.min, max: sum.max + one.max })),
  );
  const each = passages[0]?.choices.reduce((sum, choice) => sum + choice.count, 0) ?? 1;
  const of = (end: keyof Range): number =>
    extremes(
      Int32Array.from(ranges, (range) => range[end]),
      Math.ceil(count / each),
    )[end];
  return { min: of('min'), max: of('max') };
}

/** Sums of the `count` smallest and largest values. */
function extremes(values: Int32Array, count: number): Range {
  values.sort();
  const sum = (part: Int32Array): number => part.reduce((all, value) => all + value, 0);
  return {
    min: sum(values.subarray(0, count)),
    max: sum(values.subarray(Math.max(0, values.length - count))),
  };
}

/** What includes both. */
export function spanOf(one: Reach, other: Reach): Reach {
  const span = (a: Range, b: Range): Range => ({ min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) });
  return {
    score: span(one.score, other.score),
    ...(one.seconds && other.seconds && { seconds: span(one.seconds, other.seconds) }),
  };
}

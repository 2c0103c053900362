import { cardSize, facilityOf } from '#bank/blueprint';
import type { Cell, PoolItem } from '#bank/protocol';
import type { DrawPlan } from './plan.ts';
import { enemiesOf, questionsOf } from './units.ts';
import { aimedAt, type Aimed } from './window.ts';

/** Place of a card on every paper of a plan: which group fills it, and for which cell of which part. */
export interface Column {
  group: number;
  cell: Cell;
  part: number;
  /** Questions that a card here brings: more than one where it is a passage. */
  size: number;
}

/** Something that is summed over a paper and must come near the mean of the bank, or as near as its target allows. */
export interface Measure extends Aimed {
  name: 'score' | 'time' | 'information';
  /** Of each item, by its place in the sorted snapshot. */
  values: Int32Array;
  /** Whether a value counts times the points of its column. */
  byPoints: boolean;
  /** Of all papers of equally frequent items, rounded down. */
  mean: number;
  /** How far a paper may be from what is aimed at. */
  band: number;
  /** What one unit outside the band counts against one of the score. */
  weight: number;
}

/**
 * The integers on which fairness is decided. Items are numbered by their place in the sorted snapshot; the number of a
 * passage is that of its description, and its values are the sums over its questions.
 */
export interface Traits {
  items: readonly PoolItem[];
  /** The cells of the groups in order, a cell as many times as it takes cards. */
  columns: readonly Column[];
  /** Item numbers that each group draws from. */
  pools: readonly (readonly number[])[];
  /** Enemy sets of each card, numbered. */
  enemies: readonly (readonly number[])[];
  /** Expected score in 1/100,000 of a point; seconds; and information where it is asked for. */
  measures: readonly Measure[];
}

/** ± 0.05 of 10 points: hundredths of the whole paper × 5 in units of 1/100,000 of a point. */
const SCORE_BAND = 5;
/** ± 5 % of the expected time, ± 3.5 % of the information, in thousandths. */
const TIME_BAND = 50;
const INFORMATION_BAND = 35;

/**
 * @param plan with its passages settled, unless papers are drawn one by one
 * @param informed whether papers are also held to the information of their items. What some item of the plan does
 * not tell (time, information) decides nothing.
 */
export function traitsOf(plan: DrawPlan, informed = false): Traits {
  const items = [...plan.rank.keys()];
  const number = (item: PoolItem): number => plan.rank.get(item) ?? 0;
  const columns = plan.groups.flatMap(({ cells }, group) =>
    cells.flatMap(({ cell, part }) => {
      const size = cardSize(cell);
      return Array.from({ length: cell.count / size }, () => ({ group, cell, part, size }));
    }),
  );
  const pools = plan.groups.map(({ pool }) => pool.map(number));
  const total = columns.reduce((sum, { cell, size }) => sum + size * cell.points, 0);
  const scoreBand = total * SCORE_BAND;
  const summed = (name: Measure['name'], values: Int32Array, thousandths: number): Measure => {
    const mean = meanOf(columns, pools, values, false);
    const band = Math.max(1, Math.floor((mean * thousandths) / 1000));
    const weight = Math.max(1, Math.floor(scoreBand / band));
    const aimed = aimedAt(mean, band, name === 'time' ? plan.targets?.time : undefined);
    return { name, values, byPoints: false, mean, band, weight, ...aimed };
  };
  const facilities = valuesOf(plan, facilityOf);
  const mean = meanOf(columns, pools, facilities, true);
  const measures: Measure[] = [
    {
      name: 'score',
      values: facilities,
      byPoints: true,
      mean,
      band: scoreBand,
      weight: 1,
      ...aimedAt(mean, scoreBand, plan.targets?.score),
    },
    summed(
      'time',
      whereAllTell(plan, ({ seconds }) => seconds),
      TIME_BAND,
    ),
  ];
  for (const ability of informed ? [0, 1, 2] : []) {
    const values = whereAllTell(plan, ({ information }) => information?.[ability]);
    measures.push(summed('information', values, INFORMATION_BAND));
  }
  return { items, columns, pools, enemies: numberedSets(setsOf(plan)), measures };
}

/** Values of all items, or zeros when one that can be drawn has none. */
function whereAllTell(plan: DrawPlan, of: (item: PoolItem) => number | undefined): Int32Array {
  const known = plan.groups.every((group) =>
    group.pool.every((card) => questionsOf(group, card).every((item) => of(item) !== undefined)),
  );
  return valuesOf(plan, (item) => (known ? (of(item) ?? 0) : 0));
}

/**
 * Values of all items; of passages the sums over their questions. Where these are not fixed yet, a choice counts as much
 * as it brings on average, rounded down.
 */
function valuesOf({ groups, rank }: DrawPlan, of: (item: PoolItem) => number): Int32Array {
  const values = Int32Array.from(rank.keys(), of);
  for (const group of groups)
    for (const [card, choices] of group.passages ?? [])
      values[rank.get(card) ?? -1] = choices.reduce((sum, { count, from }) => {
        const all = from.reduce((total, item) => total + of(item), 0);
        return sum + Math.floor((count * all) / from.length);
      }, 0);
  return values;
}

/** Names of the sets of enemies of all items; of passages also those of their questions. */
function setsOf({ groups, rank }: DrawPlan): string[][] {
  const sets = [...rank.keys()].map(({ enemies = [] }) => enemies);
  for (const group of groups)
    for (const card of group.passages?.keys() ?? []) sets[rank.get(card) ?? -1] = enemiesOf(group, card);
  return sets;
}

/** Exact until it is rounded down, since the fractions are added as such. */
function meanOf(
  columns: readonly Column[],
  pools: Traits['pools'],
  values: Int32Array,
  byPoints: boolean,
): number {
  const sums = pools.map((pool) => pool.reduce((sum, item) => sum + (values[item] ?? 0), 0));
  return flooredSum(
    columns.map(({ group, cell }) => [
      (byPoints ? cell.points : 1) * (sums[group] ?? 0),
      pools[group]?.length ?? 1,
    ]),
  );
}

function numberedSets(sets: readonly string[][]): number[][] {
  const numbers = new Map<string, number>();
  return sets.map((names) =>
    names.map((name) => {
      const known = numbers.get(name) ?? numbers.size;
      numbers.set(name, known);
      return known;
    }),
  );
}

/** Sum of fractions, rounded down. */
export function flooredSum(fractions: readonly (readonly [number, number])[]): number {
  let [above, below] = [0n, 1n];
  for (const [numerator, denominator] of fractions) {
    above = above * BigInt(denominator) + BigInt(numerator) * below;
    below *= BigInt(denominator);
  }
  return Number(above / below);
}

import type { Cell, Level, PoolItem } from '#bank/protocol';
import type { DrawPlan } from './plan.ts';

/**
 * What an item of no known facility is taken for, in thousandths of its points: provisional, until it was used.
 */
const FACILITY_OF_LEVEL: Readonly<Record<Level, number>> = {
  KNOW: 800,
  UNDERSTAND: 650,
  APPLY: 450,
  APPLY_HIGH: 300,
};

/** Place of a question on every paper of a plan: which group fills it, and for which cell of which part. */
export interface Column {
  group: number;
  cell: Cell;
  part: number;
}

/** The integers on which fairness is decided. Items are numbered by their place in the sorted snapshot. */
export interface Traits {
  /** The cells of the groups in order, a cell as many times as it counts. */
  columns: readonly Column[];
  /** Item numbers that each group draws from. */
  pools: readonly (readonly number[])[];
  facility: Int32Array;
  /** All 0 where an item of the plan has no expected time: then time decides nothing. */
  seconds: Int32Array;
  /** Enemy sets of each item, numbered. */
  enemies: readonly (readonly number[])[];
}

export function traitsOf(plan: DrawPlan): Traits {
  const items = [...plan.rank.keys()];
  const number = (item: PoolItem): number => plan.rank.get(item) ?? 0;
  const drawable = new Set(plan.groups.flatMap(({ pool }) => pool));
  const timed = [...drawable].every(({ seconds }) => seconds !== undefined);
  return {
    columns: plan.groups.flatMap(({ cells }, group) =>
      cells.flatMap(({ cell, part }) => Array.from({ length: cell.count }, () => ({ group, cell, part }))),
    ),
    pools: plan.groups.map(({ pool }) => pool.map(number)),
    facility: Int32Array.from(items, facilityOf),
    seconds: Int32Array.from(items, ({ seconds }) => (timed ? (seconds ?? 0) : 0)),
    enemies: numberedSets(items),
  };
}

/** Thousandths of its points that an item is expected to bring. */
export function facilityOf({ facility, level }: PoolItem): number {
  return facility ?? FACILITY_OF_LEVEL[level];
}

function numberedSets(items: readonly PoolItem[]): number[][] {
  const numbers = new Map<string, number>();
  return items.map(({ enemies = [] }) =>
    enemies.map((name) => {
      const known = numbers.get(name) ?? numbers.size;
      numbers.set(name, known);
      return known;
    }),
  );
}

/** What every paper is held to: the mean of the pool, and how far a paper may be from it. */
export interface Window {
  /** Expected score: points × facility, so 1/100,000 of a point. */
  score: number;
  scoreBand: number;
  /** Seconds. */
  time: number;
  timeBand: number;
}

/** ± 0.05 of 10 points: hundredths of the whole paper × 5 in units of 1/100,000 of a point. */
const SCORE_BAND = 5;
/** ± 5 % of the expected time. */
const TIME_BAND_PERCENT = 5;

/**
 * The window around the mean of all papers of equally frequent items, rounded down: exact, since the fractions are
 * added as such.
 */
export function windowOf({ columns, pools, facility, seconds }: Traits): Window {
  const total = columns.reduce((sum, { cell }) => sum + cell.points, 0);
  const mean = (of: (item: number) => number, weigh: (column: Column) => number): number =>
    flooredSum(
      columns.map((column) => {
        const pool = pools[column.group] ?? [];
        return [weigh(column) * pool.reduce((sum, item) => sum + of(item), 0), pool.length];
      }),
    );
  const time = mean(
    (item) => seconds[item] ?? 0,
    () => 1,
  );
  return {
    score: mean(
      (item) => facility[item] ?? 0,
      ({ cell }) => cell.points,
    ),
    scoreBand: total * SCORE_BAND,
    time,
    timeBand: Math.max(1, Math.floor((time * TIME_BAND_PERCENT) / 100)),
  };
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

/** How far beyond the band a value is; the lower edge is open, since the mean was rounded down. */
export function excess(value: number, mean: number, band: number): number {
  const off = value - mean;
  return off > band ? off - band : off <= -band ? -off - band + 1 : 0;
}

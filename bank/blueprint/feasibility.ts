import { DomainError, type Blueprint, type Cell, type PoolItem } from '#bank/protocol';
import { fitter, placedCells } from './cells.ts';
import { hasElectives } from './routes.ts';
import { contest, type ItemClass } from './contest.ts';

interface CellFeasibility {
  cell: string;
  part: number;
  /** Items that each paper takes from this cell. */
  need: number;
  /** Items of the pool that fit this cell, whether or not another cell wants them too. */
  have: number;
  /** Items that this cell cannot get, each item being used once on a paper. */
  missing: number;
  /** Cells that compete for the same items and together have too few; empty where the cell alone is short. */
  rivals: string[];
}

interface Feasibility {
  feasible: boolean;
  cells: CellFeasibility[];
  /**
   * How many different choices of questions the pool allows, as a decimal number of any length. Where cells share
   * items it is an upper bound and `exact` is false.
   */
  selections: string;
  exact: boolean;
}

/**
 * Whether a pool can fill a blueprint, counted exactly: simple-form cells and matrix cells may want the same
 * items, and an item stands on a paper at most once.
 */
export function feasibility(blueprint: Blueprint, pool: readonly PoolItem[]): Feasibility {
  const placed = placedCells(blueprint);
  const cells = placed.map(({ cell }) => cell);
  const classes = itemClasses(cells, pool);
  const shortages = contest(
    cells.map(({ count }) => count),
    classes,
  );
  const report = placed.map(({ cell, part }, index) => ({
    cell: cell.id,
    part,
    need: cell.count,
    have: classes.reduce((sum, { cells, size }) => sum + (cells.includes(index) ? size : 0), 0),
    missing: shortages[index]?.missing ?? 0,
    rivals: (shortages[index]?.rivals ?? []).map((rival) => cells[rival]?.id ?? ''),
  }));
  const feasible = report.every(({ missing }) => missing === 0);
  const counted = countSelections(cells, classes);
  return {
    feasible,
    cells: report,
    selections: feasible ? String(counted.selections) : '0',
    exact: feasible ? counted.exact : true,
  };
}

/**
 * The same, refusing a blueprint that the pool cannot fill. The error names the first short cell with `cell`,
 * `need` and `have` (what is left for it after the cells it competes with), and all of them in `list` as
 * `cell have/need`; `short` is their number.
 *
 * @throws DomainError `blueprint-infeasible`, `electives-not-delivered`
 */
export function requireFeasible(blueprint: Blueprint, pool: readonly PoolItem[]): Feasibility {
  if (hasElectives(blueprint)) throw new DomainError('electives-not-delivered', 409);
  const report = feasibility(blueprint, pool);
  const short = report.cells.filter(({ missing }) => missing > 0);
  const [first] = short;
  if (!first) return report;
  throw new DomainError('blueprint-infeasible', 409, {
    cell: first.cell,
    need: first.need,
    have: first.need - first.missing,
    missing: first.missing,
    short: short.length,
    list: short.map(({ cell, need, missing }) => `${cell} ${need - missing}/${need}`).join(', '),
  });
}

/** True when the pool allows that many papers of which no two have the same questions. */
export function allowsDistinct(report: Feasibility, papers: number): boolean {
  return BigInt(report.selections) >= BigInt(papers);
}

function itemClasses(cells: readonly Cell[], pool: readonly PoolItem[]): ItemClass[] {
  const fitters = cells.map(fitter);
  const classes = new Map<string, { cells: number[]; size: number }>();
  for (const item of pool) {
    const wanted = [...fitters.keys()].filter((index) => fitters[index]?.(item));
    if (wanted.length === 0) continue;
    const key = wanted.join();
    const known = classes.get(key);
    if (known) known.size++;
    else classes.set(key, { cells: wanted, size: 1 });
  }
  return [...classes.values()];
}

/** Cells with one and the same item class are drawn together; any other sharing makes the product a bound. */
function countSelections(
  cells: readonly Cell[],
  classes: readonly ItemClass[],
): { selections: bigint; exact: boolean } {
  const taken = new Map<string, number>();
  let selections = 1n;
  let exact = true;
  cells.forEach((cell, index) => {
    const mine = classes.filter(({ cells }) => cells.includes(index));
    const key = mine.map(({ cells }) => cells.join()).join(';');
    const before = taken.get(key) ?? 0;
    const have = mine.reduce((sum, { size }) => sum + size, 0);
    selections *= binomial(have - before, cell.count);
    taken.set(key, before + cell.count);
    if (mine.some(({ cells: wanting }) => wanting.some((other) => !sameClasses(classes, index, other))))
      exact = false;
  });
  return { selections, exact };
}

function sameClasses(classes: readonly ItemClass[], one: number, other: number): boolean {
  return classes.every(({ cells }) => cells.includes(one) === cells.includes(other));
}

function binomial(n: number, k: number): bigint {
  if (k > n) return 0n;
  let result = 1n;
  for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1);
  return result;
}

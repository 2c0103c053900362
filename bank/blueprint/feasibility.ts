import { DomainError, type Blueprint, type Cell, type PoolItem } from '#bank/protocol';
import { indexCells, type CellsOf } from './cell-index.ts';
import { placedCells } from './cells.ts';
import { contest, type ItemClass } from './contest.ts';
import { addPassageBlocks, passageStock, passageShortage, type PassageStock } from './passage-stock.ts';
import { reachOf, spanOf, type Reach } from './reach.ts';
import { answeredPaper, routesOf } from './routes.ts';
import { usableTogether } from './usable.ts';

/**
 * Why items that the bank has may not stand on papers: not approved yet, under embargo, used too lately, on too many
 * papers already, approved by their author only.
 */
type BlockedBy = 'status' | 'embargo' | 'lastUse' | 'exposure' | 'review';
type BlockedItems = Readonly<Partial<Record<BlockedBy, readonly PoolItem[]>>>;

interface CellFeasibility {
  cell: string;
  part: number;
  /** Of passages: how many questions each brings. All counts are of questions, so multiples of it. */
  perPassage?: number;
  /** Items that each paper takes from this cell. */
  need: number;
  /** Items of the pool that fit this cell, whether or not another cell wants them too. */
  have: number;
  /** Items that this cell cannot get, each item being used once on a paper. */
  missing: number;
  /** Cells that compete for the same items and together have too few; empty where the cell alone is short. */
  rivals: string[];
  /** Items that would fit besides, and those of `have` that their enemies keep off every paper, by the reason. */
  blocked: Record<BlockedBy | 'enemies', number>;
}

interface Feasibility {
  feasible: boolean;
  cells: CellFeasibility[];
  /**
   * How many different choices of questions the pool allows, as a decimal number of any length. Where cells share
   * items it is an upper bound and `exact` is false. Of passages their choice counts, and not that of their questions,
   * since all papers of an exam may bring the same ones.
   */
  selections: string;
  exact: boolean;
  /** Papers without any common question that the pool allows at most. */
  disjointPapers: number;
  /** Bounds of the expected score and time; absent where the blueprint is not feasible. */
  reach?: Reach;
}

/**
 * Whether a pool can fill a blueprint, counted exactly: simple-form cells and matrix cells may want the same
 * items, and an item stands on a paper at most once. Of enemies only those within a cell are looked at, and of a passage
 * only cells of passages: a draw finds the others.
 */
export function feasibility(
  blueprint: Blueprint,
  pool: readonly PoolItem[],
  blocked: BlockedItems = {},
): Feasibility {
  const placed = placedCells(blueprint);
  const cells = placed.map(({ cell }) => cell);
  const cellsOf = indexCells(cells);
  const passages = passageStock(cells, pool);
  const { stock, classes } = sortOut(cells, cellsOf, pool);
  classes.push(...passages.classes);
  const demands = cells.map(({ count }, index) => Math.ceil(count / (passages.each[index] ?? 1)));
  const shortages = contest(demands, classes);
  const usable = stock.map((items, index) => passages.usable(index) ?? usableTogether(items));
  const kept = keptOff(cells, cellsOf, blocked);
  addPassageBlocks(kept, cells, pool, passages, blocked);
  const supply = stock.map((items, index) => passages.of[index]?.length ?? items.length);
  const report = placed.map(({ cell, part }, index) => {
    const each = passages.each[index] ?? 1;
    const have = (supply[index] ?? 0) * each;
    const { missing, rivals } = shortages[index] ?? { missing: 0, rivals: [] };
    return {
      cell: cell.id,
      part,
      ...(passages.of[index] && { perPassage: each }),
      need: cell.count,
      have,
      missing: missing * each,
      rivals: rivals.map((rival) => cells[rival]?.id ?? ''),
      blocked: {
        ...blockedAt(kept, index),
        enemies: have - (usable[index] ?? 0) * each,
      },
    };
  });
  const feasible = report.every(
    ({ missing, need, have, blocked: { enemies } }) => missing === 0 && have - enemies >= need,
  );
  const counted = countSelections(demands, classes);
  return {
    feasible,
    cells: report,
    selections: feasible ? String(counted.selections) : '0',
    exact: feasible ? counted.exact && !isMixed(stock, passages) : true,
    disjointPapers: feasible ? disjointPapers(demands, supply, classes) : 0,
    ...(feasible && { reach: reachOf(cells, stock, passages.of) }),
  };
}

/**
 * Between which bounds lies what one candidate answers, whichever way through the paper is chosen; undefined where the
 * pool cannot fill the blueprint.
 */
export function reachOfCandidates(blueprint: Blueprint, pool: readonly PoolItem[]): Reach | undefined {
  const reaches = routesOf(blueprint).flatMap(
    ({ blueprint: route }) => feasibility(answeredPaper(route), pool).reach ?? [],
  );
  return reaches.length > 0 ? reaches.reduce(spanOf) : undefined;
}

/**
 * The same, refusing a blueprint that the pool cannot fill. The error names the first short cell with `cell`,
 * `need` and `have` (what is left for it after the cells it competes with), and all of them in `list` as
 * `cell have/need`; `short` is their number.
 *
 * @throws DomainError `blueprint-infeasible`; `blueprint-passages-none` and `blueprint-passages-short` where the first
 * short cell asks for passages
 */
export function requireFeasible(blueprint: Blueprint, pool: readonly PoolItem[]): Feasibility {
  const report = feasibility(blueprint, pool);
  const short = report.cells.filter(({ missing }) => missing > 0);
  const [first] = short;
  if (!first) return report;
  const list = short.map(({ cell, need, missing }) => `${cell} ${need - missing}/${need}`).join(', ');
  const passages = passageShortage(blueprint, pool, first);
  if (passages) throw new DomainError(passages.code, 409, { ...passages.values, list });
  throw new DomainError('blueprint-infeasible', 409, {
    cell: first.cell,
    need: first.need,
    have: first.need - first.missing,
    missing: first.missing,
    short: short.length,
    list,
  });
}

/** True when the pool allows that many papers of which no two have the same questions. */
export function allowsDistinct(report: Feasibility, papers: number): boolean {
  return BigInt(report.selections) >= BigInt(papers);
}

/** The items of the pool that fit each cell, and the classes of those that fit the same cells. */
function sortOut(
  cells: readonly Cell[],
  cellsOf: CellsOf,
  pool: readonly PoolItem[],
): { stock: PoolItem[][]; classes: ItemClass[] } {
  const stock: PoolItem[][] = cells.map(() => []);
  const classes = new Map<string, { cells: readonly number[]; size: number }>();
  for (const item of pool) {
    const wanted = cellsOf(item);
    if (wanted.length === 0) continue;
    for (const index of wanted) stock[index]?.push(item);
    const key = wanted.join();
    const known = classes.get(key);
    if (known) known.size++;
    else classes.set(key, { cells: wanted, size: 1 });
  }
  return { stock, classes: [...classes.values()] };
}

function countsOf(cells: readonly Cell[], cellsOf: CellsOf, items: readonly PoolItem[]): number[] {
  const counts = cells.map(() => 0);
  for (const item of items) for (const index of cellsOf(item)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/** For every reason, the items of each cell that it keeps off papers. */
function keptOff(
  cells: readonly Cell[],
  cellsOf: CellsOf,
  blocked: BlockedItems,
): Record<BlockedBy, number[]> {
  const count = (reason: BlockedBy): number[] => countsOf(cells, cellsOf, blocked[reason] ?? []);
  return {
    status: count('status'),
    embargo: count('embargo'),
    lastUse: count('lastUse'),
    exposure: count('exposure'),
    review: count('review'),
  };
}

function blockedAt(kept: Record<BlockedBy, readonly number[]>, cell: number): Record<BlockedBy, number> {
  const at = (reason: BlockedBy): number => kept[reason][cell] ?? 0;
  return {
    status: at('status'),
    embargo: at('embargo'),
    lastUse: at('lastUse'),
    exposure: at('exposure'),
    review: at('review'),
  };
}

/** Whether a question may come with its passage, and by itself in another cell. */
function isMixed(stock: readonly (readonly PoolItem[])[], { descriptions }: PassageStock): boolean {
  return (
    descriptions.size > 0 &&
    stock.some((items) => items.some(({ stimulus = '' }) => descriptions.has(stimulus)))
  );
}

/** Equal for cells that may take exactly the same items. */
function signatures(cells: number, classes: readonly ItemClass[]): string[] {
  const mine: number[][] = Array.from({ length: cells }, () => []);
  classes.forEach((one, index) => one.cells.forEach((cell) => mine[cell]?.push(index)));
  return mine.map((indexes) => indexes.join());
}

/** Cells with one and the same item class are drawn together; any other sharing makes the product a bound. */
function countSelections(
  demands: readonly number[],
  classes: readonly ItemClass[],
): { selections: bigint; exact: boolean } {
  const names = signatures(demands.length, classes);
  const taken = new Map<string, number>();
  const have = demands.map(() => 0);
  for (const { cells: wanting, size } of classes)
    for (const cell of wanting) have[cell] = (have[cell] ?? 0) + size;
  let selections = 1n;
  demands.forEach((count, index) => {
    const name = names[index] ?? '';
    const before = taken.get(name) ?? 0;
    selections *= binomial((have[index] ?? 0) - before, count);
    taken.set(name, before + count);
  });
  const exact = classes.every(({ cells: wanting }) => new Set(wanting.map((cell) => names[cell])).size === 1);
  return { selections, exact };
}

/** Cells that take the same items share them; others are taken by themselves, so this is an upper bound. */
function disjointPapers(
  demands: readonly number[],
  supply: readonly number[],
  classes: readonly ItemClass[],
): number {
  const names = signatures(demands.length, classes);
  const needs = new Map<string, number>();
  demands.forEach((count, index) =>
    needs.set(names[index] ?? '', (needs.get(names[index] ?? '') ?? 0) + count),
  );
  return Math.min(
    ...demands.map((_, index) => Math.floor((supply[index] ?? 0) / (needs.get(names[index] ?? '') ?? 1))),
  );
}

function binomial(n: number, k: number): bigint {
  if (k > n) return 0n;
  let result = 1n;
  for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1);
  return result;
}

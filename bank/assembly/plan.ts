import { fitter, placedCells, requireFeasible } from '#bank/blueprint';
import { DomainError, type Blueprint, type Cell, type PoolItem } from '#bank/protocol';
import { byUtf8 } from './order.ts';
import { targetsOf, type Targets } from './window.ts';

/** Cells that may take exactly the same items; they are drawn at once and share what was drawn, in order. */
interface DrawGroup {
  /** Sorted by item id. */
  pool: PoolItem[];
  cells: { cell: Cell; part: number }[];
  /** Items that all its cells take together. */
  count: number;
}

/** A blueprint and a snapshot made ready for drawing any number of papers. */
export interface DrawPlan {
  parts: number;
  groups: DrawGroup[];
  /** Whether two groups can draw the same item. */
  overlapping: boolean;
  /** What every paper keeps within; null where nothing is wished. */
  targets: Targets | null;
  items: ReadonlyMap<string, PoolItem>;
  /** Place of each item in the snapshot sorted by item id. */
  rank: ReadonlyMap<PoolItem, number>;
}

/** The items that a blueprint can draw from a pool, with their descriptions, sorted by item id. */
export function snapshotOf(blueprint: Blueprint, pool: readonly PoolItem[]): PoolItem[] {
  const fitters = placedCells(blueprint).map(({ cell }) => fitter(cell));
  const drawable = pool.filter((item) => fitters.some((fits) => fits(item)));
  const stimuli = new Set(drawable.map(({ stimulus }) => stimulus));
  const descriptions = pool.filter(({ item, kind }) => kind === 'description' && stimuli.has(item));
  return [...drawable, ...descriptions].sort((a, b) => byUtf8(a.item, b.item));
}

/**
 * @throws DomainError `blueprint-infeasible` when the snapshot cannot fill the blueprint, `stimulus-missing` when
 * it lacks the description of an item, `blueprint-target-unknown` when it does not tell the times that a target needs
 */
export function drawPlan(blueprint: Blueprint, snapshot: readonly PoolItem[]): DrawPlan {
  requireFeasible(blueprint, snapshot);
  const sorted = [...snapshot].sort((a, b) => byUtf8(a.item, b.item));
  const items = new Map(sorted.map((item) => [item.item, item]));
  for (const { item, stimulus } of sorted) {
    if (stimulus !== undefined && items.get(stimulus)?.kind !== 'description')
      throw new DomainError('stimulus-missing', 409, { item });
  }
  const groups = drawGroups(blueprint, sorted);
  const drawable = new Set(groups.flatMap(({ pool }) => pool));
  const listed = groups.reduce((sum, { pool }) => sum + pool.length, 0);
  const rank = new Map(sorted.map((item, index) => [item, index]));
  return {
    parts: blueprint.parts.length,
    groups,
    overlapping: listed > drawable.size,
    targets: targetsOf(blueprint, drawable),
    items,
    rank,
  };
}

function drawGroups(blueprint: Blueprint, sorted: readonly PoolItem[]): DrawGroup[] {
  const groups = new Map<string, DrawGroup>();
  for (const placed of placedCells(blueprint)) {
    const pool = sorted.filter(fitter(placed.cell));
    const key = pool.map(({ item }) => item).join(' ');
    const group = groups.get(key);
    if (group) {
      group.cells.push(placed);
      group.count += placed.cell.count;
    } else groups.set(key, { pool, cells: [placed], count: placed.cell.count });
  }
  return [...groups.values()];
}

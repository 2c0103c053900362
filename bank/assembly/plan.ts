import {
  cardSize,
  fitter,
  indexPassages,
  isPassageCell,
  passagesOf,
  passageStratum,
  placedCells,
  questionsOfPassage,
  requireFeasible,
  type PassageChoice,
  type PassageIndex,
  type PlacedCell,
} from '#bank/blueprint';
import { DomainError, type Blueprint, type Cell, type PoolItem } from '#bank/protocol';
import { byUtf8 } from './order.ts';
import { questionsOf } from './units.ts';
import { targetsOf, type Targets } from './window.ts';

/** Cells that may take exactly the same items; they are drawn at once and share what was drawn, in order. */
export interface DrawGroup {
  /** Its cards: questions, or the descriptions of passages; sorted by item id. */
  pool: PoolItem[];
  cells: { cell: Cell; part: number }[];
  /** Cards that all its cells take together. */
  count: number;
  /** Of a group of passages: from which questions each of its descriptions brings how many. */
  passages?: ReadonlyMap<PoolItem, readonly PassageChoice[]>;
}

/** A blueprint and a snapshot made ready for drawing any number of papers. */
export interface DrawPlan {
  parts: number;
  groups: DrawGroup[];
  /** Whether two groups can draw the same item, or one a passage and the other a question of it. */
  overlapping: boolean;
  /** What every paper keeps within; null where nothing is wished. */
  targets: Targets | null;
  items: ReadonlyMap<string, PoolItem>;
  /** Place of each item in the snapshot sorted by item id. */
  rank: ReadonlyMap<PoolItem, number>;
}

/** The items that a blueprint can draw from a pool, with their descriptions, sorted by item id. */
export function snapshotOf(blueprint: Blueprint, pool: readonly PoolItem[]): PoolItem[] {
  const cells = placedCells(blueprint).map(({ cell }) => cell);
  const fitters = cells.filter((cell) => !isPassageCell(cell)).map(fitter);
  const index = indexPassages(pool);
  const inPassages = new Set(
    cells.filter(isPassageCell).flatMap((cell) => passagesOf(cell, index).flatMap(questionsOfPassage)),
  );
  const drawable = pool.filter((item) => inPassages.has(item) || fitters.some((fits) => fits(item)));
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
  const rank = new Map(sorted.map((item, index) => [item, index]));
  return {
    parts: blueprint.parts.length,
    groups,
    overlapping: overlaps(groups),
    targets: targetsOf(
      blueprint,
      groups.flatMap((group) => group.pool.flatMap((card) => questionsOf(group, card))),
    ),
    items,
    rank,
  };
}

function drawGroups(blueprint: Blueprint, sorted: readonly PoolItem[]): DrawGroup[] {
  const groups = new Map<string, DrawGroup>();
  const index = indexPassages(sorted);
  for (const placed of placedCells(blueprint)) {
    const count = placed.cell.count / cardSize(placed.cell);
    const { key, ...cards } = cardsOf(placed, sorted, index);
    const group = groups.get(key);
    if (group) {
      group.cells.push(placed);
      group.count += count;
    } else groups.set(key, { ...cards, cells: [placed], count });
  }
  return [...groups.values()];
}

/** What a cell draws, under a name that is that of its group. */
function cardsOf(
  { cell }: PlacedCell,
  sorted: readonly PoolItem[],
  index: PassageIndex,
): Pick<DrawGroup, 'pool' | 'passages'> & { key: string } {
  if (!isPassageCell(cell)) {
    const pool = sorted.filter(fitter(cell));
    return { key: pool.map(({ item }) => item).join(' '), pool };
  }
  const passages = new Map(passagesOf(cell, index).map(({ description, choices }) => [description, choices]));
  return { key: passageStratum(cell), pool: [...passages.keys()], passages };
}

function overlaps(groups: readonly DrawGroup[]): boolean {
  const cards = groups.flatMap(({ pool }) => pool);
  if (new Set(cards).size < cards.length) return true;
  const single = groups.flatMap(({ pool, passages }) => (passages ? [] : pool));
  const stimuli = new Set(single.map(({ stimulus }) => stimulus));
  return cards.some(({ item, kind }) => kind === 'description' && stimuli.has(item));
}

import { LEVELS, type Blueprint, type Cell, type PassageCell, type PoolItem } from '#bank/protocol';
import { isPassageCell, placedCells } from './cells.ts';
import type { ItemClass } from './contest.ts';
import { KIND_GROUPS } from './matrix-words.ts';
import { cardSize, indexPassages, levelCounts, passagesOf, type Passage } from './passages.ts';
import type { BlueprintProblem } from './problem.ts';
import { LEVEL_SCALES } from './scales.ts';
import { usableTogether } from './usable.ts';

/** Passages of a pool for the cells that ask for them, by the number of the cell. */
export interface PassageStock {
  /** The passages that a cell may take; undefined where it asks for none. */
  of: readonly (readonly Passage[] | undefined)[];
  /** Descriptions that fit the same cells, as one class each. */
  classes: ItemClass[];
  /** Ids of all descriptions that some cell may take. */
  descriptions: ReadonlySet<string>;
  /** How many questions a card of the cell brings: 1, or those of a passage. */
  each: readonly number[];
  /** How many passages of a cell can stand on one paper at most, as `usableTogether`; undefined for other cells. */
  usable(cell: number): number | undefined;
}

export function passageStock(cells: readonly Cell[], pool: readonly PoolItem[]): PassageStock {
  const index = indexPassages(cells.some(isPassageCell) ? pool : []);
  const of = cells.map((cell) => (isPassageCell(cell) ? passagesOf(cell, index) : undefined));
  const wanting = new Map<string, number[]>();
  of.forEach((passages = [], index) => {
    for (const { description } of passages) {
      const known = wanting.get(description.item);
      if (known) known.push(index);
      else wanting.set(description.item, [index]);
    }
  });
  const classes = new Map<string, { cells: readonly number[]; size: number }>();
  for (const indexes of wanting.values()) {
    const known = classes.get(indexes.join());
    if (known) known.size++;
    else classes.set(indexes.join(), { cells: indexes, size: 1 });
  }
  return {
    of,
    classes: [...classes.values()],
    descriptions: new Set(wanting.keys()),
    each: cells.map(cardSize),
    usable: (index) => {
      const passages = of[index];
      return passages && usableTogether(passages.map(withForcedEnemies));
    },
  };
}

/** The description with the sets that it brings whichever of its questions are chosen. */
function withForcedEnemies({ description, choices }: Passage): PoolItem {
  const forced = choices.flatMap(({ count, from }) =>
    from.length === count ? from.flatMap(({ enemies = [] }) => enemies) : [],
  );
  return { ...description, enemies: [...(description.enemies ?? []), ...forced] };
}

/**
 * Adds to the questions that each cell would have besides, by the reason that keeps them off papers, those of the
 * passages that there would be without that reason.
 *
 * @param stock of the pool
 */
export function addPassageBlocks<Reason extends string>(
  kept: Readonly<Record<Reason, number[]>>,
  cells: readonly Cell[],
  pool: readonly PoolItem[],
  stock: PassageStock,
  blocked: Readonly<Partial<Record<Reason, readonly PoolItem[]>>>,
): void {
  for (const reason of Object.keys(kept) as Reason[]) {
    const off = blocked[reason] ?? [];
    if (off.length === 0 || !cells.some(isPassageCell)) continue;
    const all = indexPassages([...pool, ...off]);
    cells.forEach((cell, index) => {
      if (!isPassageCell(cell)) return;
      const more = passagesOf(cell, all).length - (stock.of[index]?.length ?? 0);
      kept[reason][index] = more * cardSize(cell);
    });
  }
}

/** How a short cell of passages is refused, by what the bank lacks; null for other cells. */
export function passageShortage(
  blueprint: Blueprint,
  pool: readonly PoolItem[],
  short: { cell: string; need: number; missing: number },
): BlueprintProblem | null {
  const cell = placedCells(blueprint).find((placed) => placed.cell.id === short.cell)?.cell;
  if (!cell || !isPassageCell(cell)) return null;
  const questions = cardSize(cell);
  const need = Math.ceil(short.need / questions);
  if (!pool.some(({ kind }) => kind === 'description'))
    return { code: 'blueprint-passages-none', values: { cell: cell.id, need } };
  const have = need - short.missing / questions;
  const values = { cell: cell.id, topic: cell.topic, need, have, questions, ...namesOf(cell) };
  return { code: 'blueprint-passages-short', values };
}

/** Kind and levels in both languages: `2 Nhận biết, 1 Vận dụng`. */
function namesOf(cell: PassageCell): Record<'kind' | 'kindEn' | 'levels' | 'levelsEn', string> {
  const kind = KIND_GROUPS.find(({ kinds }) => kinds.includes(cell.kind))?.name;
  const [, four] = LEVEL_SCALES;
  const levels = (language: 'vi' | 'en'): string =>
    levelCounts(cell)
      .map(({ level, count }) => `${count} ${four?.columns[language][LEVELS.indexOf(level)]?.name ?? level}`)
      .join(', ');
  return {
    kind: kind?.vi ?? cell.kind,
    kindEn: kind?.en ?? cell.kind,
    levels: levels('vi'),
    levelsEn: levels('en'),
  };
}

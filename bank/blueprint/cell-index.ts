import type { Cell, PoolItem } from '#bank/protocol';
import { fitter, isListCell, isPassageCell } from './cells.ts';

/** Numbers of the cells that an item may stand in by itself, not with a passage, rising. */
export type CellsOf = (item: PoolItem) => readonly number[];

const NONE: readonly number[] = [];

/**
 * Finds the cells of an item by its topic and id, so that a large bank is not asked cell by cell: only cells of its
 * topic, and lists that name it, are looked at.
 */
export function indexCells(cells: readonly Cell[]): CellsOf {
  const byTopic = new Map<string, { index: number; fits: ReturnType<typeof fitter> }[]>();
  const byItem = new Map<string, number[]>();
  cells.forEach((cell, index) => {
    if (isListCell(cell)) for (const item of cell.items) add(byItem, item, index);
    else if (!isPassageCell(cell)) add(byTopic, cell.topic, { index, fits: fitter(cell) });
  });
  return (item) => {
    if (item.kind === 'description') return NONE;
    const listed = byItem.get(item.item) ?? NONE;
    const found: number[] = [];
    for (const { index, fits } of byTopic.get(item.topic) ?? []) if (fits(item)) found.push(index);
    if (listed.length === 0) return found;
    return [...found, ...listed].sort((a, b) => a - b);
  };
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

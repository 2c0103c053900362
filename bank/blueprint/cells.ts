import type { Blueprint, Cell, ListCell, PoolItem } from '#bank/protocol';

/** A cell with the part it stands in; `part` is an index into the blueprint's parts. */
export interface PlacedCell {
  cell: Cell;
  part: number;
}

export function isListCell(cell: Cell): cell is ListCell {
  return 'items' in cell;
}

/** Every cell in the order of the blueprint. */
export function placedCells(blueprint: Blueprint): PlacedCell[] {
  return blueprint.parts.flatMap(({ cells }, part) => cells.map((cell) => ({ cell, part })));
}

/** Number of questions of a paper; descriptions come on top. */
export function questionCount(blueprint: Blueprint): number {
  return placedCells(blueprint).reduce((sum, { cell }) => sum + cell.count, 0);
}

/** Points of a paper in hundredths. */
export function totalPoints(blueprint: Blueprint): number {
  return placedCells(blueprint).reduce((sum, { cell }) => sum + cell.count * cell.points, 0);
}

/** Tells which items may stand in a cell. A description never does: it comes with its items. */
export function fitter(cell: Cell): (item: PoolItem) => boolean {
  if (!isListCell(cell)) {
    return ({ kind, topic, level }) =>
      kind !== 'description' && topic === cell.topic && level === cell.level && kind === cell.kind;
  }
  const listed = new Set(cell.items);
  return ({ kind, item }) => kind !== 'description' && listed.has(item);
}

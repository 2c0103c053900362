import type { Blueprint, Cell, Level, ListCell, MatrixCell, PassageCell, PoolItem } from '#bank/protocol';
import { routesOf } from './routes.ts';

/** A cell with the part it stands in; `part` is an index into the blueprint's parts. */
export interface PlacedCell {
  cell: Cell;
  part: number;
}

export function isListCell(cell: Cell): cell is ListCell {
  return 'items' in cell;
}

export function isPassageCell(cell: Cell): cell is PassageCell {
  return 'passage' in cell;
}

/** Every cell in the order of the blueprint. */
export function placedCells(blueprint: Blueprint): PlacedCell[] {
  return blueprint.parts.flatMap(({ cells }, part) => cells.map((cell) => ({ cell, part })));
}

/** Questions of a cell that count: fewer than it gives where a candidate answers some of them. */
export function answered({ count, answer }: Cell): number {
  return answer ?? count;
}

/** Number of questions printed on a paper; descriptions come on top. */
export function questionCount(blueprint: Blueprint): number {
  return placedCells(blueprint).reduce((sum, { cell }) => sum + cell.count, 0);
}

/** Points that a candidate can reach, in hundredths; with branches, those of the first. */
export function totalPoints(blueprint: Blueprint): number {
  const [route = blueprint] = routesOf(blueprint).map((one) => one.blueprint);
  return placedCells(route).reduce((sum, { cell }) => sum + answered(cell) * cell.points, 0);
}

/** Level of each statement of a cluster, in canonical order. */
export function levelsOf(
  { statementLevels, level }: Pick<PoolItem, 'statementLevels' | 'level'>,
  statements: number,
): Level[] {
  return statementLevels ?? Array.from({ length: statements }, () => level);
}

/** Equal for the same levels in any order. */
function profileOf(levels: readonly Level[]): string {
  return [...levels].sort().join();
}

/** Tells which items are of the level of a cell, or have its levels statement by statement. */
export function levelFitter({
  level,
  statements,
}: Pick<MatrixCell, 'level' | 'statements'>): (item: PoolItem) => boolean {
  if (!statements) return (item) => item.level === level;
  const profile = profileOf(statements);
  return (item) => profileOf(levelsOf(item, statements.length)) === profile;
}

/** Tells which questions may come with a passage of a cell: those of its stratum that belong to some description. */
function passageFitter({ topic, kind, passage }: PassageCell): (item: PoolItem) => boolean {
  return (item) =>
    item.kind !== 'description' &&
    item.stimulus !== undefined &&
    item.topic === topic &&
    item.kind === kind &&
    passage.levels.includes(item.level);
}

/** Tells which items may stand in a cell. A description never does: it comes with its items. */
export function fitter(cell: Cell): (item: PoolItem) => boolean {
  if (isPassageCell(cell)) return passageFitter(cell);
  if (!isListCell(cell)) {
    const fitsLevel = levelFitter(cell);
    return (item) =>
      item.kind !== 'description' && item.topic === cell.topic && item.kind === cell.kind && fitsLevel(item);
  }
  const listed = new Set(cell.items);
  return ({ kind, item }) => kind !== 'description' && listed.has(item);
}

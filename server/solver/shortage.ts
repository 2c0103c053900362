import { elasticModel, formCells, type CellShortage, type FormTask, type Shortage } from '#bank/assembly';
import { KIND_CHOICES, LEVEL_CHOICES } from '#bank/formats';
import { isListCell, isPassageCell, placedCells } from '#bank/blueprint';
import { DomainError, type Blueprint, type Cell, type PoolItem } from '#bank/protocol';
import { solveModel } from './solver.ts';
import type { Watch } from './thread.ts';

/** Ample: the model counts kinds of items and not items. */
const SECONDS = 20;

/**
 * What keeps a form from being made, and the smallest relaxation that would let it: cells and quotas by name, with the
 * sets of enemies and the cells that use what would fit. `total` is 0 when nothing is short.
 */
export async function findShortage(task: FormTask, watch: Watch = {}): Promise<Shortage> {
  const { model, read } = elasticModel(task);
  const solution = await solveModel(model, SECONDS, watch);
  if (typeof solution === 'string') throw new DomainError('form-time', 409, { form: 1 });
  return read(solution.values);
}

/** A refusal by its stable code with the values that its sentence names. */
interface Problem {
  code: 'blueprint-enemies' | 'blueprint-infeasible';
  values: Record<string, string | number>;
}

/**
 * What keeps a pool from filling a blueprint when enemies are taken into account, which a count of items alone does not
 * tell: `blueprint-enemies` naming a short cell by its stratum and the sets in its way, `blueprint-infeasible` where
 * they stand in its way through other cells only. Empty when nothing does, or when no item has enemies.
 */
export async function enemyProblems(
  blueprint: Blueprint,
  pool: readonly PoolItem[],
  watch: Watch = {},
): Promise<Problem[]> {
  if (!pool.some(({ enemies = [] }) => enemies.length > 0)) return [];
  const { cells } = await findShortage({ pool, cells: formCells(blueprint) }, watch);
  const short = cells.find(({ blocked }) => blocked.length > 0) ?? cells[0];
  if (!short) return [];
  const { cell: id, need, missing, blocked } = short;
  const list = cells.map((one) => `${one.cell} ${one.need - one.missing}/${one.need}`).join(', ');
  if (blocked.length === 0)
    return [{ code: 'blueprint-infeasible', values: { cell: id, need, have: need - missing, list } }];
  const cell = placedCells(blueprint).find((placed) => placed.cell.id === id)?.cell;
  return [{ code: 'blueprint-enemies', values: { ...stratumNames(cell), ...numbersOf(short), list } }];
}

/** @throws DomainError with the first of `enemyProblems` */
export async function requireFillable(blueprint: Blueprint, pool: readonly PoolItem[]): Promise<void> {
  const [problem] = await enemyProblems(blueprint, pool);
  if (problem) throw new DomainError(problem.code, 409, problem.values);
}

function numbersOf({ cell, need, have, missing, blocked }: CellShortage) {
  return {
    cell,
    need,
    have,
    missing,
    blocked: blocked.reduce((sum, { items }) => sum + items, 0),
    sets: blocked.map(({ set }) => set).join(', '),
  };
}

/** `Sóng × Vận dụng × Trả lời số`, in both languages; a list goes by its name. */
function stratumNames(cell: Cell | undefined): { stratum: string; stratumEn: string } {
  if (!cell || isListCell(cell)) return { stratum: cell?.id ?? '', stratumEn: cell?.id ?? '' };
  const level = isPassageCell(cell) ? undefined : LEVEL_CHOICES.find((choice) => choice.level === cell.level);
  const kind = KIND_CHOICES.find((choice) => choice.kind === cell.kind);
  const named = (language: 'vi' | 'en'): string =>
    [cell.topic, ...(level ? [level[language]] : []), kind?.[language]].join(' × ');
  return { stratum: named('vi'), stratumEn: named('en') };
}

import {
  feasibility,
  fitter,
  indexPassages,
  isListCell,
  isPassageCell,
  passagesOf,
  placedCells,
  questionsOfPassage,
  requireFeasible,
} from '#bank/blueprint';
import { DomainError, type Blueprint, type Cell, type PoolItem } from '#bank/protocol';
import type { BankPoolItem } from '#server/banks';
import type { ExamRecord } from './exam-state.ts';

/** The items that may enter papers of this profile: in an official test only those that somebody else reviewed. */
export function admittedPool(profile: ExamRecord['profile'], pool: readonly BankPoolItem[]): PoolItem[] {
  return pool.filter(({ officialUse }) => profile === 'P0' || officialUse).map(withoutReview);
}

/**
 * Whether the bank can fill the blueprint for this profile.
 *
 * @throws DomainError `items-not-official` when it could if authors' own approvals counted, or when a list names
 * such an item; `blueprint-infeasible` when it cannot at all
 */
export function requirePool(
  profile: ExamRecord['profile'],
  blueprint: Blueprint,
  pool: readonly BankPoolItem[],
): void {
  const admitted = admittedPool(profile, pool);
  const short = feasibility(blueprint, admitted).cells.filter(({ missing }) => missing > 0);
  if (profile !== 'P0') {
    const selfApproved = pool.filter(({ officialUse }) => !officialUse);
    const wouldDo = short.length > 0 && feasibility(blueprint, pool).feasible;
    refuseSelfApproved(
      pool,
      placedCells(blueprint)
        .map(({ cell }) => cell)
        .filter((cell) => isListCell(cell) || (wouldDo && short.some((one) => one.cell === cell.id))),
      selfApproved,
    );
  }
  requireFeasible(blueprint, admitted);
}

/** Refuses cells that would take items which nobody but their author approved. */
function refuseSelfApproved(
  pool: readonly PoolItem[],
  cells: readonly Cell[],
  selfApproved: readonly PoolItem[],
): void {
  const takers = cells.map((cell) => ({ cell, takes: taker(cell, pool) }));
  const taking = takers.filter(({ takes }) => selfApproved.some(takes)).map(({ cell }) => cell);
  if (taking.length === 0) return;
  const count = selfApproved.filter((item) => takers.some(({ takes }) => takes(item))).length;
  throw new DomainError('items-not-official', 409, { count, list: taking.map(({ id }) => id).join(', ') });
}

/** Tells which items of a pool a cell would take; of passages also the descriptions. */
function taker(cell: Cell, pool: readonly PoolItem[]): (item: PoolItem) => boolean {
  if (!isPassageCell(cell)) return fitter(cell);
  const passages = passagesOf(cell, indexPassages(pool));
  const taken = new Set(passages.flatMap((one) => [one.description, ...questionsOfPassage(one)]));
  return (item) => taken.has(item);
}

/** The fields of a pool item and no other: this is what is hashed and published. */
function withoutReview(entry: BankPoolItem): PoolItem {
  const { item, version, topic, level, kind, statementLevels, stimulus, parts, pinned } = entry;
  const { facility, seconds, information, enemies } = entry;
  return {
    item,
    version,
    topic,
    level,
    kind,
    ...(statementLevels && { statementLevels: [...statementLevels] }),
    ...(stimulus !== undefined && { stimulus }),
    parts: [...parts],
    pinned: [...pinned],
    ...(facility !== undefined && { facility }),
    ...(seconds !== undefined && { seconds }),
    ...(information && { information: [...information] }),
    ...(enemies && { enemies: [...enemies] }),
  };
}

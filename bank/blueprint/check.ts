import { LIMITS, type Blueprint, type BLUEPRINT_ERRORS } from '#bank/protocol';
import { isListCell, placedCells, questionCount, totalPoints, type PlacedCell } from './cells.ts';

/** A mistake in a blueprint, by its stable code with the values that its sentence names. */
interface BlueprintProblem {
  code: keyof typeof BLUEPRINT_ERRORS;
  values: Record<string, string | number>;
}

/**
 * What is wrong with a blueprint whatever the bank holds; empty when sound.
 *
 * @param total points the paper is declared to have, in hundredths: 1000 for a mark out of ten
 */
export function checkBlueprint(blueprint: Blueprint, total: number): BlueprintProblem[] {
  const cells = placedCells(blueprint);
  const problems = [...repeatedIds(cells), ...repeatedStrata(cells), ...cells.flatMap(cellProblems)];
  const count = questionCount(blueprint);
  if (count > LIMITS.slotsPerPaper) {
    problems.push({ code: 'blueprint-too-many-questions', values: { count, max: LIMITS.slotsPerPaper } });
  }
  const sum = totalPoints(blueprint);
  if (sum !== total) {
    problems.push({ code: 'blueprint-points-sum', values: { sum, total } });
  }
  return problems;
}

function repeatedIds(cells: readonly PlacedCell[]): BlueprintProblem[] {
  return repeated(cells, ({ cell }) => cell.id).map(([, again]) => ({
    code: 'blueprint-cell-repeated',
    values: { cell: again.cell.id },
  }));
}

function repeatedStrata(cells: readonly PlacedCell[]): BlueprintProblem[] {
  const strata = cells.filter(({ cell }) => !isListCell(cell));
  const key = ({ cell, part }: PlacedCell): string =>
    isListCell(cell) ? '' : JSON.stringify([part, cell.topic, cell.level, cell.kind, cell.points]);
  return repeated(strata, key).map(([first, again]) => ({
    code: 'blueprint-stratum-repeated',
    values: { cell: again.cell.id, first: first.cell.id },
  }));
}

/** Pairs of a first bearer of a key and each later one. */
function repeated(
  cells: readonly PlacedCell[],
  keyOf: (cell: PlacedCell) => string,
): [PlacedCell, PlacedCell][] {
  const firsts = new Map<string, PlacedCell>();
  const pairs: [PlacedCell, PlacedCell][] = [];
  for (const placed of cells) {
    const first = firsts.get(keyOf(placed));
    if (first) pairs.push([first, placed]);
    else firsts.set(keyOf(placed), placed);
  }
  return pairs;
}

function cellProblems({ cell }: PlacedCell): BlueprintProblem[] {
  if (!isListCell(cell)) {
    return cell.kind === 'description'
      ? [{ code: 'blueprint-description-cell', values: { cell: cell.id } }]
      : [];
  }
  const have = cell.items.length;
  return have < cell.count
    ? [{ code: 'blueprint-list-too-short', values: { cell: cell.id, need: cell.count, have } }]
    : [];
}

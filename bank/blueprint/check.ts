import { LIMITS, type Blueprint } from '#bank/protocol';
import {
  isListCell,
  isPassageCell,
  placedCells,
  questionCount,
  totalPoints,
  type PlacedCell,
} from './cells.ts';
import { formatProblems } from './check-format.ts';
import { headProblems } from './check-head.ts';
import { passageStratum } from './passages.ts';
import type { BlueprintProblem } from './problem.ts';
import { routesOf } from './routes.ts';

/**
 * What is wrong with a blueprint whatever the bank holds; empty when sound.
 *
 * @param total points the paper is declared to have, in hundredths: 1000 for a mark out of ten
 */
export function checkBlueprint(blueprint: Blueprint, total: number): BlueprintProblem[] {
  const cells = placedCells(blueprint);
  const problems = [
    ...repeatedIds(cells),
    ...repeatedStrata(cells),
    ...cells.flatMap(cellProblems),
    ...headProblems(blueprint),
    ...formatProblems(blueprint),
  ];
  const count = questionCount(blueprint);
  if (count > LIMITS.slotsPerPaper) {
    problems.push({ code: 'blueprint-too-many-questions', values: { count, max: LIMITS.slotsPerPaper } });
  }
  return [...problems, ...sumProblems(blueprint, total)];
}

/** Whatever branch a candidate chooses, the paper is worth the same. */
function sumProblems(blueprint: Blueprint, total: number): BlueprintProblem[] {
  for (const { branch, blueprint: route } of routesOf(blueprint)) {
    const sum = totalPoints(route);
    if (sum === total) continue;
    if (!branch) return [{ code: 'blueprint-points-sum', values: { sum, total } }];
    return [{ code: 'blueprint-branch-sum', values: { branch: branch.title, sum, total } }];
  }
  return [];
}

function repeatedIds(cells: readonly PlacedCell[]): BlueprintProblem[] {
  return repeated(cells, ({ cell }) => cell.id).map(([, again]) => ({
    code: 'blueprint-cell-repeated',
    values: { cell: again.cell.id },
  }));
}

function repeatedStrata(cells: readonly PlacedCell[]): BlueprintProblem[] {
  const strata = cells.filter(({ cell }) => !isListCell(cell));
  return repeated(strata, stratumKey).map(([first, again]) => ({
    code: 'blueprint-stratum-repeated',
    values: { cell: again.cell.id, first: first.cell.id },
  }));
}

function stratumKey({ cell, part }: PlacedCell): string {
  if (isListCell(cell)) return '';
  if (isPassageCell(cell)) return JSON.stringify([part, passageStratum(cell), cell.points]);
  const { topic, level, kind, points, statements } = cell;
  return JSON.stringify([part, topic, level, kind, points, statements && [...statements].sort()]);
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
  const problems: BlueprintProblem[] = [];
  const add = (code: BlueprintProblem['code'], values: BlueprintProblem['values'] = {}): void => {
    problems.push({ code, values: { cell: cell.id, ...values } });
  };
  if (isListCell(cell)) {
    const have = cell.items.length;
    if (have < cell.count) add('blueprint-list-too-short', { need: cell.count, have });
  } else {
    if (cell.kind === 'description') add('blueprint-description-cell');
    if (isPassageCell(cell)) {
      const questions = cell.passage.levels.length;
      if (cell.count % questions !== 0) add('blueprint-passage-count', { count: cell.count, questions });
    } else if (cell.statements && cell.kind !== 'tfCluster') add('blueprint-statements-kind');
  }
  if (cell.answer !== undefined && cell.answer > cell.count)
    add('blueprint-answer-too-many', { answer: cell.answer, count: cell.count });
  return problems;
}

import { worthKey, type DrawPlan } from '#bank/assembly';
import { markingPolicy, type Fraction } from '#bank/marks';
import type { BankPool } from '#server/banks';
import type { ExamRecord } from './exam-state.ts';

/**
 * What guessing brings on every item that can be drawn, by item and worth; undefined where candidates choose which
 * questions count, for then no one sum is true of a paper. Keys are opened in the bank; only the figures leave it.
 */
export async function guessedOf(
  banks: BankPool,
  { bank, markingPolicy: name, blueprint }: Pick<ExamRecord, 'bank' | 'markingPolicy' | 'blueprint'>,
  { groups }: DrawPlan,
): Promise<Map<string, Fraction> | undefined> {
  const policy = markingPolicy(name);
  const cells = groups.flatMap((group) => group.cells.map(({ cell }) => cell));
  const isChosen = blueprint?.branches !== undefined || cells.some(({ answer }) => answer !== undefined);
  if (!policy || isChosen) return undefined;
  const wanted = groups.flatMap(({ pool, cells: taking }) =>
    [...new Set(taking.map(({ cell }) => cell.points))].flatMap((points) =>
      pool.map(({ item, version }) => ({ item, version, points })),
    ),
  );
  const figures = await banks.guessed(bank, wanted, policy);
  return new Map(figures.map((figure) => [worthKey(figure), figure.guessed]));
}

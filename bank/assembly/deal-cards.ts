import {
  DEAL_ALGORITHM,
  DomainError,
  DRAW_ALGORITHM,
  type Cell,
  type PaperAlgorithm,
  type PoolItem,
} from '#bank/protocol';
import { dealDecks } from './deal.ts';
import type { Chosen } from './draw.ts';
import { isOffTarget, settle, tableOf } from './exchange.ts';
import { meanIsAimedAt, targetUnmet } from './inside.ts';
import type { DrawPlan } from './plan.ts';
import { dealSeed, paperStream } from './seeds.ts';
import { flooredSum, traitsOf, type Measure, type Traits } from './traits.ts';
import { enemiesOf, questionsOf, settlePassages } from './units.ts';

/** Who gets which questions, before their order is drawn. */
export interface DealtCards {
  /** Papers row by row, a column for each question of the blueprint: places in the sorted snapshot. */
  cards: Int32Array;
  /** Near whose means all papers are, with the bands that it took. */
  measures: Pick<Measure, 'name' | 'mean' | 'band'>[];
}

/**
 * Papers are dealt wherever each item of a group can be used equally often: groups do not draw from each other's
 * items, no set of enemies is so frequent that two of it would have to meet, and the mean of the bank, which is that of
 * equally used items, lies in the targets.
 */
export function algorithmFor(plan: DrawPlan): PaperAlgorithm {
  const isDealt = !plan.overlapping && heaviestSet(plan) <= 1000 && meanIsAimedAt(plan);
  return isDealt ? DEAL_ALGORITHM : DRAW_ALGORITHM;
}

/** Thousandths of a card that a paper gets on average of the most frequent set of enemies. */
function heaviestSet({ groups }: DrawPlan): number {
  const shares = new Map<string, [number, number][]>();
  for (const group of groups)
    for (const name of group.pool.flatMap((card) => enemiesOf(group, card)))
      shares.set(name, [...(shares.get(name) ?? []), [1000 * group.count, group.pool.length]]);
  return Math.max(0, ...[...shares.values()].map(flooredSum));
}

/**
 * Questions for all papers of an exam at once: every item of a group is used equally often, give or take one; nobody
 * gets enemies; and all papers have nearly the same expected score and time. A passage brings the same questions to all.
 *
 * @param seed seed of the exam
 * @throws DomainError `blueprint-too-tight` when enemies cannot be kept apart; `target-facility-unmet`,
 * `target-seconds-unmet` when papers stay outside the targets
 */
export function dealCards(plan: DrawPlan, seed: Uint8Array, exam: string, papers: number): DealtCards {
  const settled = settlePassages(plan, seed, exam);
  return dealFrom(settled, traitsOf(settled), papers, dealSeed(seed, exam));
}

/** Deals and exchanges with the streams of a secret, which is overwritten; passages are settled. */
export function dealFrom(plan: DrawPlan, traits: Traits, papers: number, secret: Uint8Array): DealtCards {
  const dealt = dealDecks(traits, papers, paperStream(secret, 'decks'));
  const table = tableOf(dealt, traits);
  const clashing = settle(table, paperStream(secret, 'exchange'));
  secret.fill(0);
  if (clashing > 0) throw new DomainError('blueprint-too-tight', 409, { cells: cellsWithEnemies(plan) });
  if (isOffTarget(table)) throw targetUnmet(traits);
  const measures = traits.measures.map(({ name, mean, band }, at) => ({
    name,
    mean,
    band: table.bands[at] ?? band,
  }));
  return { cards: questionCards(plan, traits, dealt.cards), measures };
}

/** The questions that stand for cards, in the order of their ids: those of a passage in its place. */
export function questionCards(plan: DrawPlan, { columns, items }: Traits, cards: Int32Array): Int32Array {
  if (columns.every(({ size }) => size === 1)) return cards;
  const questions: number[] = [];
  cards.forEach((number, index) => {
    const group = plan.groups[columns[index % columns.length]?.group ?? -1];
    const card = items[number];
    if (!group || !card) return;
    const mine = questionsOf(group, card).map((item) => plan.rank.get(item) ?? -1);
    questions.push(...mine.sort((a, b) => a - b));
  });
  return Int32Array.from(questions);
}

/** Where the questions of dealt papers stand: the cells of the groups in order, a cell as many times as it counts. */
export interface QuestionColumns {
  items: readonly PoolItem[];
  columns: readonly { cell: Cell; part: number }[];
}

export function questionColumns({ groups, rank }: DrawPlan): QuestionColumns {
  const columns = groups.flatMap(({ cells }) =>
    cells.flatMap((placed) => Array.from({ length: placed.cell.count }, () => placed)),
  );
  return { items: [...rank.keys()], columns };
}

/** The questions of one paper of those that were dealt. */
export function chosenFrom({ columns, items }: QuestionColumns, cards: Int32Array, paper: number): Chosen[] {
  return columns.flatMap(({ cell, part }, column): Chosen[] => {
    const item = items[cards[paper * columns.length + column] ?? -1];
    return item ? [{ item, cell, part }] : [];
  });
}

export function cellsWithEnemies({ groups }: DrawPlan): string {
  return groups
    .filter((group) => group.pool.some((card) => enemiesOf(group, card).length > 0))
    .flatMap(({ cells }) => cells.map(({ cell }) => cell.id))
    .join(', ');
}

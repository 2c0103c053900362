import { isPassageCell, type PassageChoice } from '#bank/blueprint';
import { DomainError, type Cell, type PoolItem } from '#bank/protocol';
import { byUtf8 } from './order.ts';
import type { DrawGroup, DrawPlan } from './plan.ts';
import { take, type Rng } from './rng.ts';
import { passagesStream } from './seeds.ts';

/** So many choices of the questions of a passage are thrown away for holding enemies. */
const MAX_CHOICES = 10_000;

/** A passage on a paper: a description, by its id and sets of enemies, and the questions it brings. */
export interface TakenPassage {
  description: Pick<PoolItem, 'item' | 'enemies'>;
  questions: readonly PoolItem[];
}

/** What one group gives to a paper: single questions, or passages. */
export interface Taken {
  questions: readonly PoolItem[];
  passages: readonly TakenPassage[];
}

/**
 * Draws the cards of a group, then of each passage in this order, level after level, its questions: every choice of
 * passages is equally likely, and every choice of the questions of each.
 */
export function takeFrom({ pool, count, passages }: DrawGroup, rng: Rng): Taken {
  const cards = take(rng, pool, count);
  if (!passages) return { questions: cards, passages: [] };
  return {
    questions: [],
    passages: cards.map((description) => ({
      description,
      questions: takeQuestions(passages.get(description) ?? [], rng),
    })),
  };
}

function takeQuestions(choices: readonly PassageChoice[], rng: Rng): PoolItem[] {
  return choices.flatMap(({ count, from }) => take(rng, from, count));
}

/**
 * Each item once, of each set of enemies one at most, each passage once, and of its description no question but its
 * own.
 */
export function mayStandTogether(
  questions: readonly PoolItem[],
  passages: readonly TakenPassage[] = [],
): boolean {
  const items = [...questions, ...passages.flatMap((one) => [one.description, ...one.questions])];
  const sets = items.flatMap(({ enemies = [] }) => enemies);
  if (new Set(sets).size < sets.length || new Set(items.map(({ item }) => item)).size < items.length)
    return false;
  const taken = new Set(passages.map(({ description }) => description.item));
  return taken.size === 0 || !questions.some(({ stimulus = '' }) => taken.has(stimulus));
}

/**
 * The questions of a paper that fill no passage, and its passages.
 *
 * @param items where descriptions are found with their enemies
 */
export function sortPassages(
  chosen: readonly { item: PoolItem; cell: Cell }[],
  items?: ReadonlyMap<string, PoolItem>,
): Taken {
  const passages = new Map<string, { description: TakenPassage['description']; questions: PoolItem[] }>();
  const questions: PoolItem[] = [];
  for (const { item, cell } of chosen) {
    const id = item.stimulus ?? '';
    const known = passages.get(`${cell.id} ${id}`);
    if (!isPassageCell(cell)) questions.push(item);
    else if (known) known.questions.push(item);
    else passages.set(`${cell.id} ${id}`, { description: items?.get(id) ?? { item: id }, questions: [item] });
  }
  return { questions, passages: [...passages.values()] };
}

/**
 * The plan with the questions of every passage fixed for a whole exam, so that a passage is one card that can be dealt,
 * exchanged and counted like a single question. The same however often it is called; a plan without passages, and one
 * that was settled, stays as it is.
 *
 * @param seed seed of the exam
 * @throws DomainError `blueprint-too-tight` when the questions of a passage are nearly all enemies
 */
export function settlePassages(plan: DrawPlan, seed: Uint8Array, exam: string): DrawPlan {
  if (plan.groups.every(isSettled)) return plan;
  const rng = passagesStream(seed, exam);
  return { ...plan, groups: plan.groups.map((group) => settled(group, rng)) };
}

function isSettled({ passages }: DrawGroup): boolean {
  return [...(passages?.values() ?? [])].every((choices) =>
    choices.every(({ count, from }) => from.length === count),
  );
}

function settled(group: DrawGroup, rng: Rng): DrawGroup {
  if (!group.passages) return group;
  const passages = new Map(
    [...group.passages].map(([description, choices]) => {
      for (let round = 0; round < MAX_CHOICES; round++) {
        const fixed = choices.map(({ count, from }) => ({
          count,
          from: take(rng, from, count).sort((a, b) => byUtf8(a.item, b.item)),
        }));
        const questions = fixed.flatMap(({ from }) => from);
        if (mayStandTogether([], [{ description, questions }])) return [description, fixed];
      }
      const cells = group.cells.map(({ cell }) => cell.id).join(', ');
      throw new DomainError('blueprint-too-tight', 409, { cells });
    }),
  );
  return { ...group, passages };
}

/** The questions that a card of a group may bring: itself, or those of the passage. */
export function questionsOf({ passages }: DrawGroup, card: PoolItem): readonly PoolItem[] {
  return passages?.get(card)?.flatMap(({ from }) => from) ?? [card];
}

/** Sets of enemies that a card of a group may bring, each once. */
export function enemiesOf(group: DrawGroup, card: PoolItem): string[] {
  const items = [card, ...questionsOf(group, card)];
  return [...new Set(items.flatMap(({ enemies = [] }) => enemies))];
}

/** Whether questions of a cell make whole passages: of each description exactly one of each level asked for. */
export function arePassages(cell: Cell, questions: readonly PoolItem[]): boolean {
  if (!isPassageCell(cell)) return true;
  const levels = [...cell.passage.levels].sort().join();
  const { passages } = sortPassages(questions.map((item) => ({ item, cell })));
  return passages.every(
    (one) =>
      one.questions
        .map(({ level }) => level)
        .sort()
        .join() === levels,
  );
}

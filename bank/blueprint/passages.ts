import { LEVELS, type Cell, type Level, type PassageCell, type PoolItem } from '#bank/protocol';
import { fitter, isPassageCell } from './cells.ts';
import { usableTogether } from './usable.ts';

/** So many of these questions, all of one level and one description. */
export interface PassageChoice {
  count: number;
  from: readonly PoolItem[];
}

/** A description that can fill one passage of a cell, with its questions that fit, level after level. */
export interface Passage {
  description: PoolItem;
  choices: readonly PassageChoice[];
}

/** How many questions a card of this cell brings: 1, or those of a passage. */
export function cardSize(cell: Cell): number {
  return isPassageCell(cell) ? cell.passage.levels.length : 1;
}

/** How many passages a cell gives to a paper; a fraction where its count is no multiple of their questions. */
export function passageCount({ count, passage }: PassageCell): number {
  return count / passage.levels.length;
}

/** The levels of the questions of one passage and how many there are of each, from the lowest. */
export function levelCounts({ passage: { levels } }: PassageCell): { level: Level; count: number }[] {
  return LEVELS.flatMap((level) => {
    const count = levels.filter((one) => one === level).length;
    return count > 0 ? [{ level, count }] : [];
  });
}

/** Equal for passage cells that may take exactly the same passages. */
export function passageStratum({ topic, kind, passage: { levels } }: PassageCell): string {
  return JSON.stringify(['passages', topic, kind, [...levels].sort()]);
}

/** Descriptions of a pool in its order, and of each topic the questions that belong to one, in the order of the pool. */
export interface PassageIndex {
  descriptions: ReadonlyMap<string, { item: PoolItem; place: number }>;
  questions: ReadonlyMap<string, ReadonlyMap<string, readonly PoolItem[]>>;
}

/** Made once for all cells, so that a large bank is not gone through cell by cell. */
export function indexPassages(pool: readonly PoolItem[]): PassageIndex {
  const descriptions = new Map<string, { item: PoolItem; place: number }>();
  const questions = new Map<string, Map<string, PoolItem[]>>();
  pool.forEach((item, place) => {
    if (item.kind === 'description') descriptions.set(item.item, { item, place });
    else if (item.stimulus !== undefined) {
      const ofTopic = questions.get(item.topic) ?? new Map<string, PoolItem[]>();
      questions.set(item.topic, ofTopic);
      const known = ofTopic.get(item.stimulus);
      if (known) known.push(item);
      else ofTopic.set(item.stimulus, [item]);
    }
  });
  return { descriptions, questions };
}

/**
 * The descriptions of a pool that have enough questions for a passage of the cell, of every level, that may stand
 * together; descriptions and questions in the order of the pool.
 */
export function passagesOf(cell: PassageCell, { descriptions, questions }: PassageIndex): Passage[] {
  const counts = levelCounts(cell);
  const fits = fitter(cell);
  const found: (Passage & { place: number })[] = [];
  for (const [id, mine] of questions.get(cell.topic) ?? []) {
    const known = descriptions.get(id);
    if (!known) continue;
    const fitting = mine.filter(fits);
    const choices = counts.map(({ level, count }) => ({
      count,
      from: fitting.filter((item) => item.level === level),
    }));
    const { item: description, place } = known;
    if (isPossible(description, choices)) found.push({ description, choices, place });
  }
  return found
    .sort((a, b) => a.place - b.place)
    .map(({ description, choices }) => ({ description, choices }));
}

/** The questions that a passage may bring. */
export function questionsOfPassage({ choices }: Passage): PoolItem[] {
  return choices.flatMap(({ from }) => from);
}

function isPossible({ enemies = [] }: PoolItem, choices: readonly PassageChoice[]): boolean {
  if (choices.some(({ count, from }) => usableTogether(from) < count)) return false;
  return choices.every(({ from }) => from.every((item) => !item.enemies)) || hasPeace(choices, 0, 0, enemies);
}

/** Whether `taken` questions of a choice, and all of those before it, can be made whole without a set coming twice. */
function hasPeace(
  choices: readonly PassageChoice[],
  at: number,
  taken: number,
  sets: readonly string[],
  next = 0,
): boolean {
  const choice = choices[at];
  if (!choice) return true;
  if (taken === choice.count) return hasPeace(choices, at + 1, 0, sets);
  return choice.from
    .slice(next)
    .some(
      ({ enemies = [] }, index) =>
        !enemies.some((set) => sets.includes(set)) &&
        hasPeace(choices, at, taken + 1, [...sets, ...enemies], next + index + 1),
    );
}

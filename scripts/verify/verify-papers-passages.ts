/** Cells of whole passages: bank/assembly/README.md §14, written from that text alone. */
import type { Cell, Item } from './verify-papers-file.ts';

const LEVELS = ['KNOW', 'UNDERSTAND', 'APPLY', 'APPLY_HIGH'];

/** So many of these questions. */
interface Choice {
  wanted: number;
  among: Item[];
}

/** A description with what may come with it for one cell. */
export interface Passage {
  description: Item;
  choices: Choice[];
}

/** How many cards a cell takes: questions, or passages. */
export function cardsOf({ count, passage }: Cell): number {
  return passage ? count / passage.levels.length : count;
}

/** Equal for cells that are one group. */
export function passageGroup({ topic, kind, passage }: Cell): string {
  return JSON.stringify([topic, kind, passage?.levels.toSorted()]);
}

/** Whether a question may come with a passage of the cell. */
export function mayComeAlong({ topic, kind, passage }: Cell, item: Item): boolean {
  return (
    item.stimulus !== undefined &&
    item.topic === topic &&
    item.kind === kind &&
    (passage?.levels.includes(item.level) ?? false)
  );
}

/** Descriptions that may fill the cell, in the order of the snapshot. */
export function possiblePassages(cell: Cell, snapshot: readonly Item[]): Passage[] {
  const fitting = snapshot.filter((item) => item.kind !== 'description' && mayComeAlong(cell, item));
  return snapshot
    .filter(({ kind }) => kind === 'description')
    .map((description) => ({
      description,
      choices: LEVELS.map((level) => ({
        wanted: cell.passage?.levels.filter((one) => one === level).length ?? 0,
        among: fitting.filter((item) => item.stimulus === description.item && item.level === level),
      })).filter(({ wanted }) => wanted > 0),
    }))
    .filter(({ description, choices }) => canBeWhole(choices, new Set(description.enemies)));
}

/** Tries the questions one after the other, each taken or left. */
function canBeWhole([first, ...others]: readonly Choice[], used: ReadonlySet<string>): boolean {
  if (!first) return true;
  const { wanted, among } = first;
  if (wanted === 0) return canBeWhole(others, used);
  const [item, ...rest] = among;
  if (!item || among.length < wanted) return false;
  const sets = item.enemies ?? [];
  const taken = { wanted: wanted - 1, among: rest };
  if (!sets.some((set) => used.has(set)) && canBeWhole([taken, ...others], new Set([...used, ...sets])))
    return true;
  return canBeWhole([{ wanted, among: rest }, ...others], used);
}

/** The questions of a passage that the numbers choose. */
export function takeQuestions(
  { choices }: Passage,
  take: (list: readonly Item[], count: number) => Item[],
): Item[] {
  return choices.flatMap(({ wanted, among }) => take(among, wanted));
}

/** Whether the passage with these questions holds no two of one set. */
export function isPeaceful({ description }: Passage, questions: readonly Item[]): boolean {
  const names = [description, ...questions].flatMap(({ enemies = [] }) => enemies);
  return new Set(names).size === names.length;
}

/** A passage as one card: what it brings is the sum of what its questions bring. */
export function asCard(
  { description }: Passage,
  questions: readonly Item[],
  facility: (item: Item) => number,
): Item {
  const { facility: _own, seconds: _time, information: _known, ...fields } = description;
  const sum = (of: (item: Item) => number | undefined): number | undefined =>
    questions.every((item) => of(item) !== undefined)
      ? questions.reduce((all, item) => all + (of(item) ?? 0), 0)
      : undefined;
  const seconds = sum((item) => item.seconds);
  const information = [0, 1, 2].flatMap((ability) => sum((item) => item.information?.[ability]) ?? []);
  return {
    ...fields,
    facility: sum(facility) ?? 0,
    ...(seconds !== undefined && { seconds }),
    ...(information.length === 3 && { information }),
    enemies: [...new Set([description, ...questions].flatMap(({ enemies = [] }) => enemies))],
  };
}

/** A passage whose questions are not fixed: each choice brings its average, rounded down; its time where all tell theirs. */
export function averageCard({ description, choices }: Passage, facility: (item: Item) => number): Item {
  const { seconds: _time, information: _known, ...fields } = description;
  const sum = (of: (item: Item) => number): number =>
    choices.reduce((total, { wanted, among }) => {
      const all = among.reduce((part, item) => part + of(item), 0);
      return total + Math.floor((wanted * all) / among.length);
    }, 0);
  const isTimed = choices.every(({ among }) => among.every(({ seconds }) => seconds !== undefined));
  return {
    ...fields,
    facility: sum(facility),
    ...(isTimed && { seconds: sum(({ seconds = 0 }) => seconds) }),
  };
}

/** What is wrong with the questions of a cell of passages on one paper; `all` are the questions of the whole paper. */
export function passageFailures(cell: Cell, mine: readonly Item[], all: readonly Item[]): string[] {
  if (!cell.passage) return [];
  const wanted = cell.passage.levels.toSorted().join();
  return [...new Set(mine.map(({ stimulus }) => stimulus))].flatMap((stimulus) => {
    const levels = mine.filter((item) => item.stimulus === stimulus).map(({ level }) => level);
    const failures: string[] = [];
    if (levels.toSorted().join() !== wanted)
      failures.push(`cell ${cell.id} has a passage without the questions it needs`);
    if (all.filter((item) => item.stimulus === stimulus).length > levels.length)
      failures.push(`a question of a passage of cell ${cell.id} stands in another cell`);
    return failures;
  });
}

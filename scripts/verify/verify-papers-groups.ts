/** Which cells are drawn together, and from what: bank/assembly/README.md §5 and §14, written from that text alone. */
import type { Blueprint, Cell, Item } from './verify-papers-file.ts';
import type { Generator } from './verify-papers-generator.ts';
import {
  asCard,
  averageCard,
  isPeaceful,
  mayComeAlong,
  passageGroup,
  possiblePassages,
  takeQuestions,
  type Passage,
} from './verify-papers-passages.ts';

const MAX_CHOICES = 10_000;
const FACILITY: Record<string, number> = { KNOW: 800, UNDERSTAND: 650, APPLY: 450, APPLY_HIGH: 300 };

export interface Group {
  /** Items, or the descriptions of passages. */
  possible: Item[];
  cells: { cell: Cell; part: number }[];
  passages?: ReadonlyMap<Item, Passage>;
}

/** A group as it is dealt: a card is an item or a whole passage, with the questions that it stands for. */
export interface Deck extends Group {
  questions: ReadonlyMap<Item, readonly Item[]>;
}

/** The groups of a blueprint; `sorted` is the snapshot. */
export function findGroups({ parts }: Blueprint, sorted: readonly Item[]): Group[] {
  const groups: Group[] = [];
  parts.forEach(({ cells }, part) => {
    for (const cell of cells) {
      if (cell.passage) {
        placePassages(groups, { cell, part }, sorted);
        continue;
      }
      const possible = sorted.filter((item) => mayStandIn(cell, item));
      const same = groups.find(
        (group) =>
          !group.passages &&
          group.possible.length === possible.length &&
          group.possible.every((item, at) => item === possible[at]),
      );
      if (same) same.cells.push({ cell, part });
      else groups.push({ possible, cells: [{ cell, part }] });
    }
  });
  return groups;
}

function placePassages(groups: Group[], placed: Group['cells'][number], sorted: readonly Item[]): void {
  const name = passageGroup(placed.cell);
  const same = groups.find(
    ({ cells: [first], passages }) => passages && first && passageGroup(first.cell) === name,
  );
  if (same) {
    same.cells.push(placed);
    return;
  }
  const passages = possiblePassages(placed.cell, sorted);
  groups.push({
    possible: passages.map(({ description }) => description),
    cells: [placed],
    passages: new Map(passages.map((passage) => [passage.description, passage])),
  });
}

/** Chooses the questions of every passage once for all papers. */
export function fixPassages(groups: readonly Group[], numbers: Generator): Deck[] {
  return groups.map((group) => {
    const { passages } = group;
    if (!passages) return { ...group, questions: new Map(group.possible.map((item) => [item, [item]])) };
    const questions = new Map([...passages.values()].map((passage) => fixPassage(passage, numbers)));
    return { ...group, possible: [...questions.keys()], questions };
  });
}

/** The groups with every passage as a card that brings what its questions bring on average. */
export function averagePassages(groups: readonly Group[]): Group[] {
  return groups.map((group) => {
    const { passages } = group;
    if (!passages) return group;
    const cards = [...passages.values()].map((passage) => averageCard(passage, facilityOf));
    return { ...group, possible: cards };
  });
}

function fixPassage(passage: Passage, numbers: Generator): [Item, readonly Item[]] {
  for (let round = 0; round < MAX_CHOICES; round++) {
    const questions = takeQuestions(passage, (list, k) => numbers.take(list, k));
    if (isPeaceful(passage, questions)) return [asCard(passage, questions, facilityOf), questions];
  }
  throw new Error('the questions of a passage are nearly all enemies');
}

/** Whether an item of the snapshot may stand in a cell. */
export function mayStandIn(cell: Cell, { item, topic, level, kind, ...rest }: Item): boolean {
  if (kind === 'description') return false;
  if (cell.items) return cell.items.includes(item);
  if (cell.passage) return mayComeAlong(cell, { item, topic, level, kind, ...rest });
  if (topic !== cell.topic || kind !== cell.kind) return false;
  if (!cell.statements) return level === cell.level;
  const levels = rest.statementLevels ?? cell.statements.map(() => level);
  return levels.toSorted().join() === cell.statements.toSorted().join();
}

/** Thousandths of its points that an item is expected to bring. */
export function facilityOf(item: Item): number {
  return item.facility ?? FACILITY[item.level] ?? 0;
}

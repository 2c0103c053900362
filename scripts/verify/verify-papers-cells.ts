/** Whether a paper fills its blueprint, cell by cell. */
import type { Slot } from './verify-papers-draw.ts';
import type { Item, Publication } from './verify-papers-file.ts';
import { mayStandIn } from './verify-papers-groups.ts';
import { passageFailures } from './verify-papers-passages.ts';

export interface Failure {
  check:
    | 'seed'
    | 'snapshot'
    | 'blueprint'
    | 'roster'
    | 'reserve'
    | 'seating'
    | 'manifest'
    | 'form'
    | 'neighbours'
    | 'paper'
    | 'cell';
  /** The attempt whose paper is bad, where it is about one. */
  attempt?: string;
  message: string;
}

/** Counts the derived paper against the blueprint, cell by cell. */
export function cellFailures(
  blueprint: Publication['blueprint'],
  items: ReadonlyMap<string, Item>,
  slots: readonly Slot[],
): string[] {
  const questions = slots.filter((slot) => slot.cell !== null);
  const all = questions.flatMap(({ item }) => items.get(item) ?? []);
  const failures = blueprint.parts.flatMap(({ cells }, part) =>
    cells.flatMap((cell) => {
      const mine = questions.filter((slot) => slot.part === part && slot.cell === cell.id);
      if (mine.length !== cell.count)
        return [`cell ${cell.id} has ${mine.length} items, needs ${cell.count}`];
      const fit = mine.every((slot) => {
        const item = items.get(slot.item);
        return item !== undefined && mayStandIn(cell, item) && slot.points === cell.points;
      });
      if (!fit) return [`cell ${cell.id} holds an item that does not belong there`];
      const held = mine.flatMap(({ item }) => items.get(item) ?? []);
      return passageFailures(cell, held, all);
    }),
  );
  const wanted = blueprint.parts.flatMap(({ cells }) => cells).reduce((sum, { count }) => sum + count, 0);
  if (questions.length !== wanted) failures.push(`it has ${questions.length} questions, needs ${wanted}`);
  if (new Set(questions.map(({ item }) => item)).size !== questions.length)
    failures.push('an item stands on it twice');
  const passages = blueprint.parts.flatMap(({ cells }) =>
    cells.flatMap(({ id, passage }) => (passage ? [id] : [])),
  );
  const stimuli = questions.flatMap(({ item, cell }) =>
    cell !== null && passages.includes(cell) ? (items.get(item)?.stimulus ?? []) : [],
  );
  const descriptions = [...new Set(stimuli)].flatMap((id) => items.get(id) ?? []);
  const enemies = [...all, ...descriptions].flatMap((item) => item.enemies ?? []);
  if (new Set(enemies).size !== enemies.length) failures.push('enemies stand on it together');
  return failures;
}

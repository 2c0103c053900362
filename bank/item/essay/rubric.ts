import type { Hundredths } from '#bank/protocol';
import type { Criterion, EssayKey } from './schema.ts';

/** What a criterion is worth: its highest level, in hundredths. */
export function worthOf({ levels }: Pick<Criterion, 'levels'>): Hundredths {
  return levels.reduce((most, { points }) => Math.max(most, points), 0);
}

/** What the whole rubric is worth, in hundredths. */
export function rubricPoints({ criteria }: EssayKey): Hundredths {
  return criteria.reduce((sum, criterion) => sum + worthOf(criterion), 0);
}

/** Whether points were given for every criterion and no other, each from 0 to what the criterion is worth. */
export function isWithin({ criteria }: EssayKey, given: Readonly<Record<string, Hundredths>>): boolean {
  const isFull = Object.keys(given).length === criteria.length;
  return (
    isFull &&
    criteria.every(({ id, levels }) => (given[id] ?? -1) >= 0 && (given[id] ?? 0) <= worthOf({ levels }))
  );
}

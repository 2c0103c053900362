import type { Level } from '#bank/protocol';
import type { TfClusterContent } from './schema.ts';

/** Level of each statement in canonical order; null when none says its own, and all have that of the item. */
export function statementLevels({ statements }: TfClusterContent, ofItem: Level): Level[] | null {
  return statements.some(({ level }) => level !== undefined)
    ? statements.map(({ level }) => level ?? ofItem)
    : null;
}
